"""Who is on a cohort's list, and what each of them said, as whoever leads it reads it."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.slack.blocks import actions, button, fields, header, note, section
from bot.slack.forms import panel
from bot.slack.programme.profiles import FORM
from bot.usecases.programme.profiles_reading import JoinedPage, ProfileRead
from bot.words import Words

JOINED_EARLIER = "profile.joined_earlier"
JOINED_FURTHER = "profile.joined_further"
READ = "profile.read"

PEOPLE_SHOWN = 80  # of the hundred blocks of a window
TO_READ = ("likes", "takes", "gives", "decides", "values")


def joined_view(data: JoinedPage, words: Words, page: int = 0) -> View:
    """Everybody on the list by name, each with what they said behind a button."""
    pages = max(1, -(-len(data.people) // PEOPLE_SHOWN))
    at = min(max(page, 0), pages - 1)
    shown = data.people[at * PEOPLE_SHOWN : (at + 1) * PEOPLE_SHOWN]
    rows: list[Block] = [
        section(name, button(words.t("What they said"), READ, profile)) for profile, name in shown
    ]
    if not rows:
        rows = [section(words.t("Nobody has joined yet. “Invite people” asks them."))]
    seen = words.t(
        "You see only what their form told them you would. With whom somebody would rather not be, nobody does."
    )
    turning = _joined_pages(data, at, pages, words)
    return panel(words.t("Who has joined"), [*rows, *turning, note(seen)], close=words.t("Close"))


def profile_view(data: ProfileRead, words: Words) -> View:
    """What one person said."""
    profile = data.profile
    names = [
        (label, words.names([data.competencies[one] for one in chosen if one in data.competencies]))
        for label, chosen in (
            (words.t("Would like to learn"), profile.wants),
            (words.t("Can help with"), profile.cans),
        )
    ]
    rows = [
        *names,
        (words.t("Mentees at most"), words.number(profile.capacity) if profile.cans else ""),
        (words.t("Languages"), words.names([words.language_name(one) for one in profile.languages])),
        (words.t("Reports to"), data.manager),
        *(
            (one.label(words), one.told(getattr(profile, one.name), words))
            for one in FORM.fields
            if one.name in TO_READ
        ),
    ]
    told = [(name, text) for name, text in rows if text]
    blocks: list[Block] = [
        header(data.name),
        fields(*told),
        note(
            words.t(
                "Read by: {name}, whoever leads {cohort}, and the admins.",
                name=data.name,
                cohort=data.cohort.name,
            )
        ),
    ]
    return panel(words.t("What they said"), blocks, close=words.t("Close"))


def _joined_pages(data: JoinedPage, at: int, pages: int, words: Words) -> list[Block]:
    if pages == 1:
        return []
    cohort = data.cohort.id
    back = [button(words.t("Back"), JOINED_EARLIER, f"{cohort}:{at - 1}")] if at > 0 else []
    more = [button(words.t("Further"), JOINED_FURTHER, f"{cohort}:{at + 1}")] if at + 1 < pages else []
    where = words.t("Page {page} of {pages}", page=words.number(at + 1), pages=words.number(pages))
    return [actions(*back, *more), note(where)]
