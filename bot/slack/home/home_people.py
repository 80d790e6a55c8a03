"""The people whom somebody mentors, those that wait first: on App Home, in the panel, and all of them page by page."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.attention import Need
from bot.domain.digests import DigestWish
from bot.slack.blocks import Message, actions, button, clip, header, note, section
from bot.slack.home.commands import run_button
from bot.slack.loop import responses
from bot.slack.people.pauses import partner_line
from bot.slack.rhythm import asks
from bot.slack.rhythm.talks import next_talk_text
from bot.usecases.home.home import Home, Mentored
from bot.words import Words

SHOW_ALL = "home.all"
SHOWN = 12  # people on Home and in the panel
PAGE = 20  # people in a message of their own
LINE = 100


def people_blocks(people: Sequence[Mentored], words: Words, *, suggesting: bool = False) -> list[Block]:
    """The first of them, and a button for the rest; `suggesting`, each has a way to suggest something as well."""
    if not people:
        return []
    lines = [block for line in people[:SHOWN] for block in _person(line, words, suggesting=suggesting)]
    return [header(words.t("Your people")), *lines, *_rest(people, SHOWN, words)]


def digest_line(home: Home, words: Words) -> list[Block]:
    """What the digest of whoever has one is set to."""
    if not home.has_digest:
        return []
    if home.me.digest is DigestWish.EVERYTHING:
        told = words.t("What they write comes in your digest, once on a working day.")
    else:
        told = words.t("Once on a working day your digest comes, if something is in it.")
    return [note(f"{told} {words.t('/loop settings changes it.')}")]


def everyone_message(people: Sequence[Mentored], start: int, words: Words) -> Message:
    """The people from this one on, for a list that was folded."""
    title = words.t("Your people")
    lines = [
        block for line in people[start : start + PAGE] for block in _person(line, words, suggesting=True)
    ]
    return Message(title, [header(title), *lines, *_rest(people, start + PAGE, words)])


def _rest(people: Sequence[Mentored], shown: int, words: Words) -> list[Block]:
    rest = len(people) - shown
    if rest <= 0:
        return []
    return [actions(button(words.n("Show {count} more", "Show {count} more", rest), SHOW_ALL, shown))]


def _person(line: Mentored, words: Words, *, suggesting: bool) -> list[Block]:
    names = words.names(line.membership.mentee_names)
    match line.need:
        case Need.REPLY:
            text = words.t("{name} faces something and asks you", name=names)
            action = button(words.t("Answer"), asks.ANSWER, line.ask, style="primary")
        case Need.RESULT:
            text = words.t("{name} told a result", name=names)
            action = button(words.t("Respond"), responses.OPEN, line.result, style="primary")
        case Need.SILENCE:
            text, action = words.t("It has been quiet with {name}", name=names), _brief(line, words)
        case Need.FINE:
            text, action = words.t("{name}: all is answered", name=names), _brief(line, words)
    text = "\n".join([_with_what_is_open(text, line, words), *_days_ahead(line, words)])
    if not suggesting:
        return [section(text, action)]
    suggest = run_button(words.t("Suggest a try"), f"suggest <@{line.membership.mentees[0].user_id}>")
    return [section(text), actions(action, suggest)]


def _with_what_is_open(text: str, line: Mentored, words: Words) -> str:
    if line.experiment is None:
        return text
    behaviour = clip(line.experiment.behaviour, LINE)
    return words.t("{line}. Open: “{behaviour}”.", line=text, behaviour=behaviour)


def _days_ahead(line: Mentored, words: Words) -> list[str]:
    """When the two talk next, and until when somebody is away."""
    talk = (
        [words.t("Next talk: {day}", day=next_talk_text(line.talk, words))] if line.talk is not None else []
    )
    names = words.names(line.membership.mentee_names)
    return [*talk, *([partner_line(names, line.away, words)] if line.away is not None else [])]


def _brief(line: Mentored, words: Words) -> ButtonElement:
    mentee = line.membership.mentees[0]
    return run_button(words.t("Brief"), f"brief <@{mentee.user_id}>")
