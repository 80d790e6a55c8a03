"""Which messages this process sends next: the most urgent people first, what each is told in its order.

`sending` is committed before the first call; from then on nothing is posted again before it was looked for.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.ids import WorkspaceId
from bot.domain.members import Workspace
from bot.domain.outgoing import LEASE, Outgoing, OutgoingState, still_lasts
from bot.domain.privacy import SYSTEM
from bot.ports import Deps, Tx
from bot.usecases.delivery.deliveries import rests

EACH = 3  # messages to one person at a time, so that a conversation that is slow fills no batch
IN_FRONT = 4  # rows that are read for each person who is looked for, since one may have many

Lane = list[Outgoing]  # what one person is told now, in its order


async def claim(deps: Deps, people: int) -> list[Lane]:
    """The lanes of so many people at most, noted as being sent.

    Looks before it writes, since every write wakes the dispatcher again.
    """
    name = deps.sender.name
    waiting = await deps.db.read(SYSTEM, lambda tx: _with_work(tx, name))
    return await deps.db.write(SYSTEM, lambda tx: _take(tx, name, waiting, people)) if waiting else []


def _with_work(tx: Tx, name: str) -> list[WorkspaceId]:
    """The workspaces in which this process may send something now."""
    return [
        workspace
        for workspace in tx.queue.workspaces(OutgoingState.PLANNED)
        if _may_send(tx.workspaces.get(workspace), name, tx.real_now) and tx.queue.planned(workspace, 1)
    ]


def _may_send(workspace: Workspace, name: str, real: datetime) -> bool:
    taken = workspace.sender != name and still_lasts(workspace.sender_until, real, LEASE)
    return not rests(workspace, real) and not taken


def _take(tx: Tx, name: str, waiting: list[WorkspaceId], people: int) -> list[Lane]:
    """Claim the lanes, and the right to be the only one who sends in their workspaces."""
    share = max(1, people // len(waiting))
    taken: list[Lane] = []
    for known in waiting:
        workspace = tx.workspaces.get(known, lock=True)
        if _may_send(workspace, name, tx.real_now) and (lanes := _lanes(tx, known, share)):
            tx.workspaces.update(replace(workspace, sender=name, sender_until=tx.real_now + LEASE))
            taken += [[tx.outgoing.update(_begun(row, tx.real_now)) for row in lane] for lane in lanes]
    return taken


def _lanes(tx: Tx, workspace: WorkspaceId, people: int) -> list[Lane]:
    """Whoever waits for something urgent is first told what was said before it."""
    in_front = tx.queue.planned(workspace, people * IN_FRONT)
    members = list(dict.fromkeys(row.member_id for row in in_front))[:people]
    return [
        tx.outgoing.find(
            member_id=member, state=OutgoingState.PLANNED, not_before__upto=tx.real_now, limit=EACH
        )
        for member in members
    ]


def _begun(row: Outgoing, real: datetime) -> Outgoing:
    return replace(
        row,
        state=OutgoingState.SENDING,
        attempts=row.attempts + 1,
        lease_until=real + LEASE,
        first_attempt_at=row.first_attempt_at or real,
    )


def give_back(tx: Tx, lane: Lane) -> None:
    """What was claimed and never tried; what is somebody else's by now stays theirs."""
    for row in lane:
        if tx.outgoing.first(id=row.id, version=row.version):
            tx.outgoing.update(given_back(row))


def given_back(row: Outgoing) -> Outgoing:
    return replace(row, state=OutgoingState.PLANNED, attempts=row.attempts - 1, lease_until=None)
