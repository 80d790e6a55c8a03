"""The next step on messages that stand there anyway: try something, say thanks, discuss next time."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ButtonElement

from bot.domain.ids import GoalId, PairId
from bot.domain.next_steps import NextTry
from bot.domain.thanks import ThanksFor
from bot.slack.blocks import button
from bot.slack.loop.experiments import REFRAME
from bot.slack.payloads import id_in
from bot.usecases.loop.thanks import Thanked
from bot.words import Words

TRY = "next_step.try"
THANKS_LINE = "thanks.line"
NO_GOAL = 0


def try_button(following: NextTry, words: Words) -> ButtonElement:
    """Another way to try what was tried, or something new that serves the same goal."""
    if following.parent_id is not None:
        return button(words.t("Try another way"), REFRAME, following.parent_id, style="primary")
    value = f"{following.pair_id}:{following.goal_id or NO_GOAL}"
    return button(words.t("Try something"), TRY, value, style="primary")


def parse_try(value: str) -> NextTry:
    """What the button carries. Raises NotOurs for what none of ours does."""
    pair, _, goal = value.partition(":")
    goal_id = id_in(goal) if goal != str(NO_GOAL) else 0
    return NextTry(PairId(id_in(pair)), GoalId(goal_id) if goal_id else None)


def thanks_button(
    thanked: Thanked, action_id: str, source: ThanksFor, subject: int, words: Words
) -> list[ButtonElement]:
    """One tap, once; then a line, for who has one."""
    if not thanked.mine:
        return [button(words.t("Say thanks"), action_id, subject)]
    text = words.t("Change my line") if thanked.line else words.t("Add a line")
    return [button(text, THANKS_LINE, f"{source}:{subject}")]


def discuss_button(discuss: str, undiscuss: str, subject: int, words: Words, *, there: bool) -> ButtonElement:
    """On the agenda of the next talk, or off it where it is `there`."""
    if there:
        return button(words.t("Take off the agenda"), undiscuss, subject)
    return button(words.t("Discuss next time"), discuss, subject)


def said_so_far(thanked: Thanked, words: Words, *, on_agenda: bool = False) -> Iterator[str]:
    """What became of the buttons, line by line."""
    if thanked.mine:
        line = thanked.line
        yield words.t("You said thanks: {line}", line=line) if line else words.t("You said thanks.")
    for name, line in thanked.lines:
        yield words.t("{name} says thanks: {line}", name=name, line=line)
    if names := [name for name in thanked.names if name not in dict(thanked.lines)]:
        yield words.n("{name} says thanks.", "{name} say thanks.", len(names), name=words.names(names))
    if on_agenda:
        yield words.t("On the agenda for your next talk.")
