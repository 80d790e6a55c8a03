"""What a member sets for themselves: the form of /loop settings, their days off, and its ids."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.budget import PER_WEEK, HeadsUp, Intensity
from bot.domain.digests import MENTEES, DigestWish
from bot.domain.members import WhatHelped
from bot.domain.regions import NOWHERE, parts_of, region_name, suggested_region
from bot.domain.shown import Shown
from bot.domain.working_life import CohortDayOff, DayOff, DaysOff, Weekday
from bot.slack.blocks import Message, button, note, section
from bot.slack.fields import Day, FieldList, Line, OneOf, SomeOf, Time
from bot.slack.forms import Values, form, select
from bot.slack.repository.search import SAVED
from bot.slack.rhythm import rhythms_proposing
from bot.slack.rhythm.ledger import how_much
from bot.slack.rhythm.rhythms_proposing import rhythm_lines
from bot.usecases.home.settings import Settings, SettingsForm
from bot.words import Words

SAVE = "settings.save"
REGION = "settings.region"
DAYS_OFF = "settings.days_off"
ADD_DAYS = "settings.add_days"
REMOVE_DAYS = "settings.remove_days"

LINES_LIMIT = 20  # of rhythms in one section, which holds three thousand characters
LIST_LIMIT = 40  # of days off in one form, which holds a hundred blocks


def _intensity_options(words: Words) -> list[tuple[str, Intensity]]:
    light, normal, active = (words.number(PER_WEEK[each]) for each in Intensity)
    return [
        (words.t("Light: at most {count} a week", count=light), Intensity.LIGHT),
        (words.t("Standard: at most {count} a week", count=normal), Intensity.NORMAL),
        (words.t("Active: at most {count} a week", count=active), Intensity.ACTIVE),
    ]


def _digest_options(words: Words) -> list[tuple[str, DigestWish]]:
    return [
        (words.t("By itself, from {count} mentees on", count=words.number(MENTEES)), DigestWish.AUTO),
        (words.t("Always"), DigestWish.ALWAYS),
        (words.t("Always, and everything in it"), DigestWish.EVERYTHING),
        (words.t("Never"), DigestWish.NEVER),
    ]


FORM = FieldList(
    Settings,
    (
        Line(
            "region",
            lambda w: w.t("Whose public holidays do you keep?"),
            hint=lambda w: w.t("A country, or a part of it: Germany, Bayern, DE-BY. Empty for none."),
        ),
        SomeOf(
            "working_days",
            lambda w: w.t("On which days do you work?"),
            of=Weekday,
            options=lambda w: [(w.weekday(day.number), day) for day in Weekday],
        ),
        Time("quiet_from", lambda w: w.t("From when is it quiet?")),
        Time(
            "quiet_to",
            lambda w: w.t("Until when?"),
            hint=lambda w: w.t(
                "On your own clock; the two may lie around midnight. Both empty: at all hours."
            ),
        ),
        OneOf(
            "intensity",
            lambda w: w.t("How much may come by itself?"),
            hint=lambda w: w.t(
                "Check-ins, reminders and what waits for you, one message a day at most. "
                "What your partner writes to you is never counted."
            ),
            of=Intensity,
            options=_intensity_options,
        ),
        OneOf(
            "heads_up",
            lambda w: w.t("A line the day before a check-in?"),
            of=HeadsUp,
            options=lambda w: [
                (w.t("No"), HeadsUp.NONE),
                (w.t("Yes, on the working day before, where there is room for it"), HeadsUp.DAY_BEFORE),
            ],
        ),
        OneOf(
            "what_helped",
            lambda w: w.t("What helped here, once a quarter?"),
            hint=lambda w: w.t(
                "Gathered without names and approved by an admin. It is a line in your digest, else in a check-in; "
                "nothing comes just for it."
            ),
            of=WhatHelped,
            options=lambda w: [(w.t("No"), WhatHelped.NO), (w.t("Yes"), WhatHelped.YES)],
        ),
        OneOf(
            "digest",
            lambda w: w.t("Collect into a digest?"),
            hint=lambda w: w.t(
                "Once on a working day: what waits for you, what is new, what comes. With everything in it, the "
                "questions, results and cards of your mentees come only there."
            ),
            of=DigestWish,
            options=_digest_options,
        ),
    ),
)
DAYS = FieldList(
    DaysOff,
    (
        Day("begins_on", lambda w: w.t("Off from which day?")),
        Day(
            "ends_on",
            lambda w: w.t("Until which day?"),
            hint=lambda w: w.t("The last day off. Empty for a single day."),
        ),
        Line("note", lambda w: w.t("A note to yourself (only you see this)")),
    ),
)


def settings_form(data: SettingsForm, words: Words) -> View:
    """All optional, and filled in as it stands."""
    draft = FORM.draft(data.settings, words)
    if data.suggested:
        draft["region"] = data.suggested
    guess = [note(words.t("The region is a guess by your time zone."))] if data.suggested else []
    told = words.t(
        "Check-ins and reminders come outside your quiet hours and on days on which you work. "
        "What your partner writes to you comes at once, unless you want it in a digest. "
        "Nothing of this counts as missed."
    )
    return form(
        SAVE,
        words.t("Your settings"),
        [
            section(told),
            *FORM.inputs(draft, words, only=_fields_shown(data), before={"working_days": guess}),
            section(_days_off_line(data, words), button(words.t("Days off"), DAYS_OFF)),
            *_our_rhythm(data, words),
            section(words.t("What you look for again and again."), button(words.t("Saved searches"), SAVED)),
            note(words.t("Language and time zone are those of your Slack account.")),
            note(
                words.t(
                    "Seen by: you. Your partner and your programme see only when a check-in comes, and which "
                    "public holiday moves it."
                )
            ),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
    )


def parse_settings(values: Values) -> Shown:
    return FORM.read(values)


def settings_kept(settings: Settings, words: Words) -> Message:
    """What holds from now on."""
    lines = [
        words.t(
            "You work on {days}.",
            days=words.names(words.weekday(Weekday(d).number) for d in settings.working_days),
        ),
        _quiet_line(settings, words),
        words.t("Public holidays of {region} are free.", region=settings.region)
        if settings.region
        else words.t("You keep no public holidays."),
        how_much(settings.intensity, words),
    ]
    text = words.t("Kept. What is planned follows.")
    return Message(text, [section(text), section("\n".join(lines))])


def days_off_form(days: Sequence[DayOff], words: Words) -> View:
    """The days off to come, each with the way back, and the fields for more."""
    moved = words.t(
        "A check-in on a day off moves to a working day near it, or is left out, as your cohort chose. "
        "Nothing is missed."
    )
    blocks = [
        *days_off_rows(days, REMOVE_DAYS, words), *DAYS.inputs({}, words), note(moved), note(_seen_by(words)),
    ]  # fmt: skip
    return form(ADD_DAYS, words.t("Days off"), blocks, submit=words.t("Add"), close=words.t("Close"))


def days_off_rows(days: Sequence[DayOff] | Sequence[CohortDayOff], remove: str, words: Words) -> list[Block]:
    """Days off, each with a button of this id that removes it."""
    if not days:
        return [section(words.t("Here your days off will appear."))]
    rows = [_day_off_row(day, remove, words) for day in days[:LIST_LIMIT]]
    rest = len(days) - LIST_LIMIT
    return [*rows, *([note(words.t("Later ones: {count}.", count=words.number(rest)))] if rest > 0 else [])]


def parse_days_off(values: Values) -> Shown:
    return DAYS.read(values)


def region_question(tz: str, words: Words) -> list[Block]:
    """The optional question in the welcome: the country of their zone and its parts, to choose with one tap."""
    suggested = suggested_region(tz)
    if suggested == NOWHERE:
        return []
    regions = [suggested, *parts_of(suggested)]
    options = [(region_name(region, words.locale), region) for region in regions]
    picker = select(options, action_id=REGION)
    return [
        section(words.t("Whose public holidays do you keep? On these I stay silent."), picker),
        note(words.t("Somewhere else, or other hours? /loop settings has all of it.")),
    ]


def region_kept(region: str, words: Words) -> Message:
    text = words.t(
        "Kept: on public holidays of {region} I stay silent.", region=region_name(region, words.locale)
    )
    return Message(text, [section(text), note(words.t("/loop settings changes it."))])


def _fields_shown(data: SettingsForm) -> list[str]:
    """A digest is for whoever mentors somebody, a line before check-ins for whoever has them, or has wished for it."""
    settings = data.settings
    hidden = {
        "digest": not data.mentors and settings.digest is DigestWish.AUTO,
        "what_helped": not (data.learns or data.mentors) and settings.what_helped is WhatHelped.NO,
        "heads_up": not data.learns and settings.heads_up is HeadsUp.NONE,
    }
    return [one.name for one in FORM.fields if not hidden.get(one.name)]


def _days_off_line(data: SettingsForm, words: Words) -> str:
    if not data.days_off:
        return words.t("No days off are entered.")
    return words.n("{count} entry to come.", "{count} entries to come.", data.days_off)


def _quiet_line(settings: Settings, words: Words) -> str:
    if settings.quiet_from is None or settings.quiet_to is None:
        return words.t("There are no quiet hours.")
    begin, end = words.clock(settings.quiet_from), words.clock(settings.quiet_to)
    return words.t("It is quiet from {begin} to {end}.", begin=begin, end=end)


def _our_rhythm(data: SettingsForm, words: Words) -> list[Block]:
    """When check-ins come in each pair, and the way to another rhythm; nothing for somebody in none."""
    if not data.rhythms:
        return []
    lines = rhythm_lines(data.rhythms[:LINES_LIMIT], words)
    if (rest := len(data.rhythms) - LINES_LIMIT) > 0:
        lines.append(words.n("and {count} more", "and {count} more", rest))
    return [section("\n".join(lines), button(words.t("Our rhythm"), rhythms_proposing.OPEN))]


def _day_off_row(day: DayOff | CohortDayOff, remove: str, words: Words) -> Block:
    text = words.day(day.begins_on)
    if day.ends_on != day.begins_on:
        text = words.t("{first} to {last}", first=text, last=words.day(day.ends_on))
    told = f"{text}\n{day.note}" if day.note else text
    return section(told, button(words.t("Remove"), remove, day.id))


def _seen_by(words: Words) -> str:
    return words.t("Seen by: you. Your partner and your programme see only when a check-in comes.")
