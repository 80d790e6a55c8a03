"""An aim of the organisation that goals of a cohort serve: named by whoever leads it, chosen by those who learn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.experiments import Experiment
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import CohortId, MemberId, ObjectiveId, WorkspaceId
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text

OWNER_LIMIT = 80


class ObjectiveState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # no goal is set for it any more; those that serve it go on


@dataclass(frozen=True)
class Objective:
    """What a cohort's goals are to serve; `owner` is whoever answers for it, in the lead's words."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    created_at: datetime
    name: Annotated[str, Text(TEXT_LIMIT, required=True)]
    owner: Annotated[str, Text(OWNER_LIMIT)] = ""
    until: date | None = None
    state: ObjectiveState = ObjectiveState.OPEN
    id: ObjectiveId = ObjectiveId(0)
    version: int = 1


# Whoever learns in the cohort reads it in the form of their goal.
OBJECTIVES = Stored(
    Objective, "objective", Audience.WORKSPACE, Erased.BLANKED, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


@dataclass(frozen=True)
class ObjectiveCounts:
    """How many goals serve an aim, how many of them are reached, and how many tries serve those goals."""

    goals: int
    reached: int
    tries: int


def counts_of(goals: Collection[Goal], tries: Collection[Experiment]) -> ObjectiveCounts | None:
    """None where they are of too few people or pairs to be told."""
    people, pairs = {goal.member_id for goal in goals}, {goal.pair_id for goal in goals}
    if len(people) < FEWEST_PEOPLE or len(pairs) < FEWEST_PAIRS:
        return None
    reached = sum(goal.state is GoalState.REACHED for goal in goals)
    return ObjectiveCounts(len(goals), reached, len(tries))
