"""The trail: who changed what that matters for trust. It holds ids and no content."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import AuditId, MemberId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored


@dataclass(frozen=True)
class AuditEntry:
    """`member_id` is None where the clock or the command line did it."""

    workspace_id: WorkspaceId
    action: str
    subject_id: int
    at: datetime
    member_id: MemberId | None = None
    id: AuditId = AuditId(0)
    version: int = 1


AUDIT = Stored(AuditEntry, "audit", Audience.NOBODY, Erased.STAYS, exported=False, earlier=None, found=None)
