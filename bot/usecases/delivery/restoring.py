"""After a copy of the database was put back: what was posted since it was made must not be posted again.

What the copy was about to post, or held back until a moment that has passed, may have been posted by then, so it is
looked for first. What the calendar called for in the time that was lost is written anew with the same nonce, and looked
for as well (`enqueue_post` and its `since`).
"""

from dataclasses import replace

from bot.domain.audit import AuditEntry
from bot.domain.members import Workspace
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.ports import Tx
from bot.usecases.home.home import NOBODY_KNOWS
from bot.usecases.outgoing import AT_ONCE

ON_THE_WAY = (OutgoingState.PLANNED, OutgoingState.SENDING, OutgoingState.UNKNOWN)


def note_restored(tx: Tx) -> int:
    """Take the database for a copy that was just put back. Returns how many messages will be looked for."""
    for workspace in tx.workspaces.find():
        _let_go_of_sender(tx, workspace)
    for member in tx.members.find():
        if member.home_hash:
            tx.members.update(replace(member, home_hash=NOBODY_KNOWS))
    released = tx.outgoing.find(state=OutgoingState.HELD, due_at__upto=tx.now)
    waiting = [*tx.outgoing.find(state=ON_THE_WAY), *released]
    posts = [row for row in waiting if not row.updates]
    for row in waiting:
        tx.outgoing.update(_in_doubt(row))
    return len(posts)


def _let_go_of_sender(tx: Tx, workspace: Workspace) -> None:
    last = tx.outgoing.first(workspace_id=workspace.id, state=OutgoingState.SENT, updates="", order="-ts")
    tx.workspaces.update(
        replace(
            workspace,
            sender="",
            sender_until=None,
            paused_until=None,
            restored_at=tx.now,
            restored_ts=last.ts if last else "",
        )
    )
    tx.audit.insert(AuditEntry(workspace.id, "workspace.restored", workspace.id, tx.now))


def _in_doubt(row: Outgoing) -> Outgoing:
    """An update does no harm when it is made twice."""
    state = OutgoingState.PLANNED if row.updates else OutgoingState.UNKNOWN
    return replace(row, state=state, not_before=AT_ONCE, lease_until=None, looked_up=0, doubts=0)
