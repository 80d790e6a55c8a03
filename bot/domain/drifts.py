"""Whether a goal is still the one that somebody works on: each sign that it may not be is named once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from bot.domain.goals import Goal
from bot.domain.ids import GoalDriftId, GoalId, MemberId, OccurrenceId, PairId, WorkspaceId
from bot.domain.indicators import Direction
from bot.domain.stored import Audience, Erased, Stored

SAID_AGAIN_AFTER = timedelta(days=14)  # its day has passed, and nobody has said what of it
UNTRIED_FOR = timedelta(days=28)
STEPS_AWAY = 3  # readings in a row that go the other way
TRIES_ELSEWHERE = 3


class Cause(StrEnum):
    """Why the question comes; of several, the first of these."""

    DAY_PASSED = "day_passed"
    DAY_PASSED_AGAIN = "day_passed_again"
    UNTRIED = "untried"
    WRONG_WAY = "wrong_way"
    ELSEWHERE = "elsewhere"


ABOUT_THE_DAY = frozenset({Cause.DAY_PASSED, Cause.DAY_PASSED_AGAIN})


@dataclass(frozen=True)
class GoalDrift:
    """One question whether this is still the goal, asked with one check-in.

    Args:
        about: the day that had passed, "" for the other causes, which come once for each goal.
        settled_at: when somebody said what of it, with its buttons or by changing the goal.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    goal_id: GoalId
    member_id: MemberId
    occurrence_id: OccurrenceId
    cause: Cause
    created_at: datetime
    about: str = ""
    settled_at: datetime | None = None
    id: GoalDriftId = GoalDriftId(0)
    version: int = 1


DRIFTS = Stored(
    GoalDrift, "goal_drift", Audience.OWNER, Erased.WITH_MEMBER, exported=False, earlier=None, found=None,
    unique=(("goal_id", "cause", "about"),), indexed=("occurrence_id",),
)  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What was done for a goal.

    Args:
        newest_try: the day on which something was last tried for it, None for never; today while a try is open.
        served: the goals that the newest tries serve, the newest first; None for a try that serves none.
        values: of its number, the oldest first.
        direction: where that number is to go.
    """

    newest_try: date | None
    served: Sequence[GoalId | None]
    values: Sequence[Decimal] = ()
    direction: Direction | None = None


def drift_of(
    goal: Goal, work: Work, said: Collection[tuple[Cause, str]], created: date, today: date
) -> tuple[Cause, str] | None:
    """Why to ask today whether this is still the goal, and about which day; None if nothing new says so."""
    found = ((cause, _day_of(cause, goal)) for cause in _causes(goal, work, created, today))
    return next((each for each in found if each not in said), None)


def _day_of(cause: Cause, goal: Goal) -> str:
    return goal.horizon.isoformat() if goal.horizon and cause in ABOUT_THE_DAY else ""


def _causes(goal: Goal, work: Work, created: date, today: date) -> Iterator[Cause]:
    if goal.horizon is not None and today > goal.horizon:
        # Its day is what there is to talk about; the rest can wait until that is settled.
        yield Cause.DAY_PASSED
        if today - goal.horizon >= SAID_AGAIN_AFTER:
            yield Cause.DAY_PASSED_AGAIN
        return
    if today - (work.newest_try or created) >= UNTRIED_FOR:
        yield Cause.UNTRIED
    if _goes_the_wrong_way(work):
        yield Cause.WRONG_WAY
    elsewhere = [other for other in work.served[:TRIES_ELSEWHERE] if other not in (None, goal.id)]
    if len(elsewhere) == TRIES_ELSEWHERE:
        yield Cause.ELSEWHERE


def _goes_the_wrong_way(work: Work) -> bool:
    """Whether each of the newest readings is further from the hope than the one before it."""
    if work.direction is None or len(work.values) <= STEPS_AWAY:
        return False
    newest = list(work.values[-STEPS_AWAY - 1 :])
    steps = pairwise(newest)
    return all(
        later < before if work.direction is Direction.UP else later > before for before, later in steps
    )
