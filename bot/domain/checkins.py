"""A check-in: one answered nudge, and the commitments that carry over until they are closed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import (
    CheckInId,
    CommitmentId,
    EnergyId,
    MemberId,
    OccurrenceId,
    PairId,
    WorkspaceId,
)


class CheckInSource(StrEnum):
    FORM = "form"
    NOTHING_NEW = "nothing_new"
    SESSION = "session"


@dataclass(frozen=True)
class CheckIn:
    """What a mentee answered for one round. Energy is kept apart, because only its owner may read it."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    occurrence_id: OccurrenceId
    source: CheckInSource
    created_at: datetime
    updated_at: datetime
    went_well: str = ""
    was_hard: str = ""
    next_step: str = ""
    question: str = ""  # id of the pack's question, where one took a place in the form
    question_answer: str = ""
    id: CheckInId = CheckInId(0)
    version: int = 1


@dataclass(frozen=True)
class Energy:
    """How much energy the member had, 1 to 5. Nobody else ever reads this row."""

    workspace_id: WorkspaceId
    member_id: MemberId
    check_in_id: CheckInId
    level: int
    created_at: datetime
    id: EnergyId = EnergyId(0)
    version: int = 1


class CommitmentState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Commitment:
    """A next step that somebody promised; it stays open until it is done or dropped."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    text: str
    created_at: datetime
    check_in_id: CheckInId | None = None
    state: CommitmentState = CommitmentState.OPEN
    closed_at: datetime | None = None
    id: CommitmentId = CommitmentId(0)
    version: int = 1
