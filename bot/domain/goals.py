"""What the mentee wants to be able to do."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import AlreadySettled
from bot.domain.goals_guidance import GuidanceStage
from bot.domain.ids import GoalId, MemberId, ObjectiveId, PairId, WorkspaceId
from bot.domain.languages import language_of
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text

# A sentence that names a situation, a number or this many words says enough; nobody is bothered about it.
_WORDS_THAT_SAY_ENOUGH = 9
_SITUATION = re.compile(
    r"\d|\b(when|while|during|before|after|in|at the|with|without|so that|until|every|per|by|which"
    r"|wenn|während|bevor|nachdem|im|bei|beim|mit|ohne|vor|nach|sodass|damit|bis|jede[nrms]?|pro)\b",
    re.IGNORECASE,
)
_WISHES = {
    "en": re.compile(
        r"(i (want|would like) to |i'd like to |to )?"
        r"((be|become|get|feel) (a |an |much |even )*(better|best|more|stronger|good|great|excellent|successful"
        r"|effective|confident)\b.*"
        r"|(improve|grow|develop|enhance|strengthen|boost)( (my|myself|as)\b.*| \w+( skills)?)?"
        r"|better \w+|.*\bbetter)",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"(?i:(ich (will|möchte) )?)"
        r"((?i:(eine?[nrms]? )?(bessere?[rsnm]?|gute[rsnm]?|mehr|stärkere?[rsn]?|erfolgreiche?[rsn]?)\b.*)"
        r"|(?i:(mich|mein\w*)\b.*(verbessern|entwickeln|weiterentwickeln|stärken|steigern))"
        r"|[a-zäöü]\w+er (sein|werden)|(?i:.*\bbesser( \w+)?))"
    ),
}


class GoalKind(StrEnum):
    HABIT = "habit"
    KNOWLEDGE = "knowledge"
    PRESSURE = "pressure"  # behaviour under pressure


class GoalState(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Goal:
    """One goal of one mentee in one pair; only `text` is ever required."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    text: Annotated[str, Text(TEXT_LIMIT, required=True)]
    created_at: datetime
    updated_at: datetime
    baseline: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    signs: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    horizon: date | None = None
    kind: GoalKind | None = None
    objective: Annotated[str, Text(TEXT_LIMIT, found=True)] = ""
    objective_id: ObjectiveId | None = (
        None  # the aim of the cohort that it serves; `objective` holds its name then
    )
    stage: GuidanceStage | None = None
    state: GoalState = GoalState.OPEN
    shown_to: MemberId | None = (
        None  # who learns from its owner and may read it, where it is for themselves alone
    )
    id: GoalId = GoalId(0)
    version: int = 1


@dataclass(frozen=True)
class GoalNumber:
    """What the form of a goal asks of the number that shows it; it is kept as an indicator."""

    number_name: Annotated[str, Text(TEXT_LIMIT)] = ""
    number_now: Decimal | None = None
    number_target: Decimal | None = None


GOALS = Stored(
    Goal, "goal", Audience.PAIR_AND_SHOWN, Erased.WITH_MEMBER, exported=True, earlier=Earlier.GOALS,
    found=Found[Goal](EntryKind.GOAL, open_to=pair_access, title=lambda goal: goal.text, story=None),
    indexed=("objective_id", "shown_to"),
)  # fmt: skip


def is_vague(text: str, locale: str) -> bool:
    """Whether the sentence is a wish that could mean many things: "be a better leader", "besser kommunizieren".

    The rules know English and German, and both are tried for readers of either; for everybody else they are
    silent. They would rather miss a vague sentence than question a clear one.
    """
    sentence = " ".join(text.replace("\u2019", "'").split()).rstrip(".!")
    if language_of(locale) not in _WISHES or _SITUATION.search(sentence):
        return False
    short = len(sentence.split()) <= _WORDS_THAT_SAY_ENOUGH
    return short and any(wish.fullmatch(sentence) for wish in _WISHES.values())


def needs_change(goal: Goal, state: GoalState) -> bool:
    """Whether the goal is to be moved into this state; False if it is there already.

    Open goals are reached or let go, and either way there is a way back; AlreadySettled for anything else.
    """
    if goal.state is state:
        return False
    if GoalState.OPEN not in (goal.state, state):
        raise AlreadySettled
    return True


def require_open(goal: Goal) -> None:
    """Raise AlreadySettled for a goal that was reached or let go."""
    if goal.state is not GoalState.OPEN:
        raise AlreadySettled
