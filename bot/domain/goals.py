"""What the mentee wants to be able to do."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain.ids import GoalId, MemberId, PairId, WorkspaceId

TEXT_LIMIT = 300
STORY_LIMIT = 2000


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
    text: str
    created_at: datetime
    updated_at: datetime
    baseline: str = ""
    signs: str = ""
    horizon: date | None = None
    kind: GoalKind | None = None
    number_name: str = ""
    number_now: Decimal | None = None
    number_target: Decimal | None = None
    objective: str = ""
    state: GoalState = GoalState.OPEN
    id: GoalId = GoalId(0)
    version: int = 1
