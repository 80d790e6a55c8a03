"""A cohort's project calendar: its form, its line on the card, and what the lead reads when it cannot be read."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.views import View

from bot.domain.feeds import ADDRESS_LIMIT, TITLE_LIMIT, FeedTrouble
from bot.domain.ids import CohortId
from bot.slack.blocks import Message, actions, button, header, note, section
from bot.slack.forms import Values, field, form, text_box
from bot.slack.payloads import id_in
from bot.usecases.programme.feeds import FeedForm, FeedView, SetFeed
from bot.words import Words

OPEN = "feed.open"
SEND = "feed.send"

SHOWN = 3  # of the coming days, on a card


def feed_form(data: FeedForm, words: Words) -> View:
    """Two fields, both optional: without an address the cohort goes by its rhythm."""
    rule = words.t(
        "With a calendar of your project, check-ins come on the last day of each event in it, at {time} on "
        "everyone's own clock, instead of by the rhythm.",
        time=words.clock(data.cohort.at),
    )
    blocks = [
        section(rule),
        field(
            "address",
            words.t("Address of the calendar"),
            text_box(initial=data.address, limit=ADDRESS_LIMIT),
            hint=words.t(
                "An iCalendar address, often ending in .ics. Leave it empty to go by the rhythm again."
            ),
        ),
        field(
            "title",
            words.t("Events whose title contains"),
            text_box(initial=data.title, limit=TITLE_LIMIT),
            hint=words.t("“Sprint”, for example. Empty means all of them."),
        ),
        note(words.t("Seen by: whoever leads this cohort. Others see the days alone.")),
    ]
    return form(
        SEND,
        words.t("Project calendar"),
        blocks,
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id},
    )


def parse_feed(values: Values) -> SetFeed:
    cohort = CohortId(id_in(values.metadata["cohort_id"]))
    return SetFeed(cohort, values.text("address"), values.text("title"))


def feed_kept(view: FeedView | None, words: Words) -> Message:
    """The answer to whoever saved the form, as long as nothing was read yet, and for none at all."""
    if view is None:
        text = words.t("This cohort goes by its rhythm. What was planned and not yet sent follows it.")
    else:
        text = words.t("I read the calendar now. Its days stand on the cohort's card in a moment.")
    return Message(text, [section(text)])


def feed_line(view: FeedView, words: Words) -> str:
    """What is known of the calendar, in a line."""
    if view.days:
        return _days(view.days, words)
    if view.trouble:
        return trouble_in_words(view.trouble, words)
    if view.read:
        return words.t("no event to come")
    return words.t("not read yet")


def feed_rhythm(view: FeedView, words: Words) -> str:
    """The rhythm of a cohort that goes by its calendar."""
    at = words.clock(view.cohort.at)
    if view.title:
        return words.t("on the last day of each “{title}”, {time}", title=view.title, time=at)
    return words.t("on the last day of each event, {time}", time=at)


def trouble_message(view: FeedView, words: Words) -> Message:
    """What whoever leads the cohort reads, once, until it can be read again."""
    title = words.t("The calendar of {cohort} could not be read", cohort=view.cohort.name)
    what = trouble_in_words(view.trouble, words)
    stays = words.t("The days that I read before stay, and I try again every hour. You read this once.")
    change = button(words.t("Change the address"), OPEN, view.cohort.id)
    return Message(title, [header(title), section(what), actions(change), note(stays)])


def trouble_in_words(trouble: FeedTrouble, words: Words) -> str:
    """Why it could not be read; raises KeyError for a trouble that nobody put into words."""
    return {
        FeedTrouble.NONE: words.t("It was read."),
        FeedTrouble.UNREACHABLE: words.t("Its server did not answer in time."),
        FeedTrouble.PRIVATE: words.t("Its address leads into our own network, which I do not follow."),
        FeedTrouble.ELSEWHERE: words.t("Its address leads on to another one. Use the one that it leads to."),
        FeedTrouble.REFUSED: words.t("Its server does not hand it out. Is the address still the right one?"),
        FeedTrouble.HUGE: words.t("It is larger than a megabyte."),
        FeedTrouble.NO_CALENDAR: words.t("What is there is no iCalendar."),
        FeedTrouble.TOO_MUCH: words.t("It has more events than I can count."),
    }[trouble]


def _days(days: Sequence[date], words: Words) -> str:
    return " · ".join(words.day(day) for day in days[:SHOWN])
