"""Somebody at the command line looks through a member's eyes: it is noted each time, and the member reads of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.audit import AuditEntry
from bot.domain.errors import NotFound
from bot.domain.ids import AuditId
from bot.domain.members import Member
from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.repository.export import find_member


class Look(StrEnum):
    """What was done; the values stand in the trail."""

    SEARCH = "records.searched"
    EXPORT = "records.exported"


@dataclass(frozen=True)
class LookedThrough:
    """What the member reads: what was done with their eyes, and when."""

    look: Look
    at: datetime


def look_as(tx: Tx, user_id: str, look: Look) -> Member:
    """The member with this Slack user id, who reads of it once on each day. Raises NotFound."""
    member = find_member(tx, user_id)
    noted = tx.audit.insert(AuditEntry(member.workspace_id, look, member.id, tx.now))
    key = f"{LOOKED}:{look}:{member.id}:{tx.now.date()}"
    enqueue_post(tx, member.id, LOOKED, noted.id, key=key, since=tx.now)
    return member


def load_look(tx: Tx, audit_id: int) -> LookedThrough:
    noted = tx.as_system().audit.get(AuditId(audit_id))
    if noted.subject_id != tx.me or noted.action not in set(Look):
        raise NotFound("message")
    return LookedThrough(Look(noted.action), noted.at)


LOOKED = Message("look.told", LookedThrough, load_look, of_use=None, priority=Priority.DIGEST)
