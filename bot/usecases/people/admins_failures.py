"""What failed for good, told to the admins: once a day at most, by kind and Slack's code, without anybody's words."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import NotFound
from bot.domain.outgoing import Outgoing, OutgoingState, Priority
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.people.working_life import open_from

GATHERED = timedelta(hours=1)  # so long what fails for one reason is gathered
LOOK_BACK = timedelta(days=4)  # a message is given up three days after it was written


@dataclass(frozen=True)
class Failed:
    """So many messages of one kind that Slack did not take, and its code for why."""

    kind: str
    code: str
    times: int


@dataclass(frozen=True)
class FailuresTold:
    """The most frequent first."""

    failures: tuple[Failed, ...]


def tell_of_failure(tx: Tx, row: Outgoing) -> None:
    """Have the admins read of a message that failed for good; but not of their not having read of one."""
    if row.kind == FAILED.name or tx.members.get(row.member_id).is_deleted:
        return
    for admin in tx.members.find(workspace_id=row.workspace_id, is_admin=True, is_deleted=False):
        due = open_from(tx, admin.id, tx.now + GATHERED)
        key = f"{FAILED}:{admin.id}:{due.date()}"
        enqueue_post(tx, admin.id, FAILED, row.workspace_id, key=key, due=due)


def load_failures(tx: Tx, _workspace: int) -> FailuresTold:
    """NotFound for who is no admin any more, and where nothing is left to tell of."""
    if not tx.members.get(tx.me).is_admin:
        raise NotFound("admin")
    system = tx.as_system()
    rows = system.outgoing.find(state=OutgoingState.FAILED, created_at__since=tx.now - LOOK_BACK)
    here = [
        row for row in rows if row.kind != FAILED.name and not system.members.get(row.member_id).is_deleted
    ]
    if not here:
        raise NotFound("failures")
    counts = Counter((row.kind, row.error) for row in here)
    return FailuresTold(tuple(Failed(kind, code, times) for (kind, code), times in counts.most_common()))


FAILED = Message("delivery.failed", FailuresTold, load_failures, of_use=None, priority=Priority.ESCALATION)
