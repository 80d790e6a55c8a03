"""A message on its way to Slack: written with the change that caused it, posted later by the dispatcher."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import MemberId, NudgeId, OutgoingId, WorkspaceId


class OutgoingState(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # it may or may not have arrived: looked up before it is sent again
    FAILED = "failed"
    DROPPED = "dropped"  # there was nothing left to say, or it was too late to say it


@dataclass(frozen=True)
class Outgoing:
    """One post, or one update of a post (`updates` names the dedupe key of that post).

    It holds ids and no words: what it says is loaded and put into words when it is sent. `not_before`,
    `lease_until` and `first_attempt_at` are real time; a demo clock does not move them.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    kind: str
    subject_id: int
    dedupe_key: str
    nonce: str  # goes into the message's metadata, to find it again
    created_at: datetime
    not_before: datetime
    updates: str = ""
    nudge_id: NudgeId | None = None
    state: OutgoingState = OutgoingState.PLANNED
    attempts: int = 0
    lease_until: datetime | None = None
    first_attempt_at: datetime | None = None
    looked_up: int = 0
    channel: str = ""
    ts: str = ""
    error: str = ""
    id: OutgoingId = OutgoingId(0)
    version: int = 1
