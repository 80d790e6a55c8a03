"""The ladder of a goal: five lines from "less than today" to "best", and where each of the two sees the mentee on it.

The method is goal attainment scaling (Kiresuk and Sherman, 1968). Nobody reads what the other said before they said
theirs: a rating is its writer's alone until all are there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.ids import GoalId, LadderId, LadderRoundId, LadderScoreId, MemberId, PairId, WorkspaceId
from bot.domain.stored import Audience, Earlier, Erased, Stored
from bot.domain.texts import Text

RUNG_LIMIT = 300
NOTE_LIMIT = 300
ROUND_LASTS = timedelta(days=28)  # how long a rating waits for the other's
STANDS_FOR = timedelta(days=28)  # how long the lines stay once somebody rated by them
FAR_APART = 2


class LinesAlike(InvalidInput):
    """Two lines of a ladder say the same."""


class LadderStands(Conflict):
    """Somebody rated by these lines, so they stay until a moment."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Rung(StrEnum):
    """A line of the ladder, from the lowest."""

    LESS = "less"
    TODAY = "today"
    EXPECTED = "expected"
    BETTER = "better"
    BEST = "best"

    @property
    def value_of_scale(self) -> int:
        """From -2 to 2, where 0 is what was expected."""
        return list(Rung).index(self) - 2


@dataclass(frozen=True)
class Ladder:
    """The five lines of one goal; `changed_at` is when they were written or changed last."""

    workspace_id: WorkspaceId
    pair_id: PairId
    goal_id: GoalId
    member_id: MemberId
    today: Annotated[str, Text(RUNG_LIMIT, required=True)]
    expected: Annotated[str, Text(RUNG_LIMIT, required=True)]
    created_at: datetime
    changed_at: datetime
    less: Annotated[str, Text(RUNG_LIMIT)] = ""
    better: Annotated[str, Text(RUNG_LIMIT)] = ""
    best: Annotated[str, Text(RUNG_LIMIT)] = ""
    id: LadderId = LadderId(0)
    version: int = 1

    def line(self, rung: Rung) -> str:
        """What this rung says, "" for one that was left open."""
        lines = (self.less, self.today, self.expected, self.better, self.best)
        return dict(zip(Rung, lines, strict=True))[rung]


LADDERS = Stored(
    Ladder,
    "goal_ladder",
    Audience.PAIR,
    Erased.WITH_MEMBER,
    exported=True,
    earlier=Earlier.GOALS,
    found=None,
    unique=(("goal_id",),),
)


@dataclass(frozen=True)
class LadderRound:
    """One time that everybody says where they see the mentee; `member_id` said it first."""

    workspace_id: WorkspaceId
    pair_id: PairId
    goal_id: GoalId
    member_id: MemberId
    created_at: datetime
    told_at: datetime | None = None  # when all were there
    id: LadderRoundId = LadderRoundId(0)
    version: int = 1


LADDER_ROUNDS = Stored(
    LadderRound,
    "goal_round",
    Audience.PAIR,
    Erased.WITH_MEMBER,
    exported=False,
    earlier=Earlier.GOALS,
    found=None,
    indexed=("goal_id",),
)


@dataclass(frozen=True)
class LadderScore:
    """Where one of them sees the mentee; `line` keeps the words of that rung, which may change later."""

    workspace_id: WorkspaceId
    pair_id: PairId
    round_id: LadderRoundId
    goal_id: GoalId
    member_id: MemberId
    rung: Rung
    created_at: datetime
    line: Annotated[str, Text(RUNG_LIMIT)] = ""
    note: Annotated[str, Text(NOTE_LIMIT)] = ""
    told_at: datetime | None = None  # as in its round; until then it is its writer's alone
    id: LadderScoreId = LadderScoreId(0)
    version: int = 1


LADDER_SCORES = Stored(
    LadderScore, "goal_score", Audience.PAIR_ONCE_TOLD, Erased.WITH_MEMBER, exported=True,
    earlier=Earlier.GOALS, found=None,
    unique=(("round_id", "member_id"),),
)  # fmt: skip


def require_steps(ladder: Ladder) -> None:
    """Raise LinesAlike for the first line that says the same as one below it."""
    said: set[str] = set()
    for rung in Rung:
        line = ladder.line(rung).casefold()
        if line in said:
            raise LinesAlike(field=rung)
        said |= {line} - {""}


def require_changeable(ladder: Ladder, rated: Collection[datetime], now: datetime) -> None:
    """Raise LadderStands within a month of the last change, if somebody rated by these lines."""
    stands_until = ladder.changed_at + STANDS_FOR
    if now < stands_until and any(moment >= ladder.changed_at for moment in rated):
        raise LadderStands(stands_until)


def round_now(rounds: Sequence[LadderRound], now: datetime) -> LadderRound | None:
    """The round that a rating belongs to now; None begins a new one."""
    waiting = [one for one in rounds if one.told_at is None and now < one.created_at + ROUND_LASTS]
    return waiting[-1] if waiting else None


def is_complete(raters: Collection[MemberId], rated: Collection[MemberId]) -> bool:
    """Whether nobody is waited for any more."""
    return set(raters) <= set(rated)


def are_apart(rungs: Collection[Rung]) -> bool:
    """Whether they see it so differently that it is worth asking what each of them saw."""
    values = [rung.value_of_scale for rung in rungs]
    return bool(values) and max(values) - min(values) >= FAR_APART
