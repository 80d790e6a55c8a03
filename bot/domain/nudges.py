"""A nudge: a planned message to one member, once for each occurrence and step."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import MemberId, NudgeId, OccurrenceId, PairId, WorkspaceId


class Ritual(StrEnum):
    CHECK_IN = "check_in"
    FOLLOW_UP = "follow_up"  # of an experiment, at its end or half-way
    TEST = "test"  # an admin's test nudge to themselves


class OccurrenceState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    MISSED = "missed"


@dataclass(frozen=True)
class Occurrence:
    """One occasion of a ritual. `key` is the nominal local date, so that moving zones cannot make a second one."""

    workspace_id: WorkspaceId
    pair_id: PairId
    ritual: Ritual
    source_id: int  # the experiment for a follow-up, else 0
    key: str
    day: date
    state: OccurrenceState = OccurrenceState.OPEN
    closed_at: datetime | None = None
    id: OccurrenceId = OccurrenceId(0)
    version: int = 1


class NudgeState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Nudge:
    """One message that is due for one member; `step` 0 is the first, 1 the single reminder."""

    workspace_id: WorkspaceId
    pair_id: PairId
    occurrence_id: OccurrenceId
    member_id: MemberId
    step: int
    due_at: datetime
    expires_at: datetime
    state: NudgeState = NudgeState.PLANNED
    snoozed: int = 0
    sent_at: datetime | None = None
    id: NudgeId = NudgeId(0)
    version: int = 1
