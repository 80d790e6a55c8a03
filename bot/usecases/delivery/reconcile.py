"""After a crash, or an answer that never came: what was being sent is looked for before it is sent again.

Slack has no way to post exactly once, but it keeps our nonce with the message. So a message that may have arrived is
looked for twice, at least half a minute apart, because its history may lag behind; only then is it posted again.
While Slack asks for a pause nothing is looked for, and where it has no answer, what is left waits for the next round.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.domain.errors import Stale
from bot.domain.members import Workspace
from bot.domain.outgoing import (
    LEASE,
    LONGEST_WAIT,
    MOST_BARRED,
    MOST_DOUBTS,
    SKEW,
    Outgoing,
    OutgoingState,
    wait_after,
)
from bot.domain.privacy import SYSTEM
from bot.ports import Deps, Tx
from bot.ports_slack import Address, Delivery, Outcome
from bot.usecases.delivery.deliveries import LOOK_UP_AFTER, lost, note_reader, pause, rest_after, rests
from bot.usecases.delivery.dispatch_loading import address_of, viewer_of, why_too_late
from bot.usecases.people.admins_failures import tell_of_failure

BATCH = 50
LOOKS = 2
LOOK_AGAIN = timedelta(minutes=1)  # where Slack would not say
ANSWERS = frozenset({Outcome.SENT, Outcome.REJECTED, Outcome.GONE, Outcome.BARRED})

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Where:
    """Where to look for a message: the conversation, and the ts of the last message in it that is surely older.

    `too_late` says why nobody needs it any more where it has not arrived.
    """

    address: Address
    after: str
    too_late: str


async def reconcile(deps: Deps) -> None:
    """Deal with what is unsettled and due: expired leases, waits of a wrong clock, and messages to look for."""
    real = deps.clock.real_now()
    for row in await deps.db.read(SYSTEM, _expired):
        kept = lost(replace(row, error="the sender was interrupted"), real)
        await _settle(deps, row, partial(_update, kept=kept))
    for row in await deps.db.read(SYSTEM, _put_off_too_far):
        await _settle(deps, row, partial(_update, kept=replace(row, not_before=real)))
    resting: set[int] = set()  # workspaces
    for row in await deps.db.read(SYSTEM, _to_look_for):
        if row.workspace_id not in resting and not await _look(deps, row):
            resting.add(row.workspace_id)


def _expired(tx: Tx) -> list[Outgoing]:
    """What is being sent by nobody any more; a lease that ends later than a lease can is none."""
    leases: tuple[dict[str, Any], ...] = (
        {"lease_until__upto": tx.real_now},
        {"lease_until__since": tx.real_now + LEASE + SKEW},
        {"lease_until": None},
    )
    return [
        row for lease in leases for row in tx.outgoing.find(state=OutgoingState.SENDING, limit=BATCH, **lease)
    ]


def _put_off_too_far(tx: Tx) -> list[Outgoing]:
    """What waits for longer than anything does was put off by a wrong clock."""
    since = tx.real_now + LONGEST_WAIT + SKEW
    return [
        row
        for state in (OutgoingState.PLANNED, OutgoingState.UNKNOWN)
        for row in tx.outgoing.find(state=state, not_before__since=since, order="not_before", limit=BATCH)
    ]


def _to_look_for(tx: Tx) -> list[Outgoing]:
    """What is due to be looked for."""
    return [
        row
        for workspace in tx.queue.workspaces(OutgoingState.UNKNOWN)
        if not rests(tx.workspaces.get(workspace), tx.real_now)
        for row in tx.queue.unknown(workspace, BATCH)
    ]


async def _look(deps: Deps, row: Outgoing) -> bool:
    """Look for one; False where Slack has no answer now, and would have none for the others either."""
    viewer = viewer_of(row)
    where = await deps.db.read(viewer, lambda tx: _where_to_look(tx, row))
    if where is None:
        return False
    found = await deps.messenger.find(where.address, row.nonce, where.after)
    real = deps.clock.real_now()
    kept = looked(row, found, real, too_late=where.too_late)
    if kept.state is OutgoingState.FAILED:
        log.error("message %s about %s may or may not have arrived: %s", row.id, row.kind, kept.error)

    def note(tx: Tx) -> None:
        tx.outgoing.update(kept)
        note_reader(tx, row, found)
        pause(tx, row.workspace_id, found, rest_after(found))
        if kept.state is OutgoingState.FAILED:
            tell_of_failure(tx, kept)

    await _settle(deps, row, note)
    return found.outcome in ANSWERS


def _where_to_look(tx: Tx, row: Outgoing) -> Where | None:
    """None while the workspace rests."""
    workspace = tx.workspaces.get(row.workspace_id)
    if rests(workspace, tx.real_now):
        return None
    older = tx.outgoing.first(
        member_id=row.member_id,
        state=OutgoingState.SENT,
        updates="",
        id__upto=row.id - 1,
        order="-id",
        **_known_to_the_copy(workspace, row),
    )
    address = address_of(tx.members.get(row.member_id))
    if row.channel:
        address = replace(address, channel=row.channel)
    return Where(address, older.ts if older else "", why_too_late(tx, row))


def _known_to_the_copy(workspace: Workspace, row: Outgoing) -> dict[str, Any]:
    """What may have been posted in a time that was lost may stand above what was posted since a copy was put back."""
    if workspace.restored_at is None:
        return {}
    is_lost = row.first_attempt_at is None or row.created_at <= workspace.restored_at
    return {"ts__upto": workspace.restored_ts} if is_lost else {}


def looked(row: Outgoing, found: Delivery, real: datetime, *, too_late: str = "") -> Outgoing:
    """The row after it was looked for; `too_late` says why nobody needs it any more, if it has not arrived."""
    match found.outcome:
        case Outcome.SENT:
            return replace(row, state=OutgoingState.SENT, channel=found.channel, ts=found.ts, error="")
        case Outcome.REJECTED:
            return _not_there(row, real)
        case Outcome.GONE:
            return replace(row, state=OutgoingState.FAILED, error=found.error)
        case Outcome.THROTTLED | Outcome.CLOSED:  # the workspace rests
            return replace(row, not_before=real, error=found.error)
        case Outcome.UNKNOWN | Outcome.BARRED | Outcome.MOVED | Outcome.SEALED | Outcome.LATE:
            return _in_doubt(row, found, real, too_late)


def _not_there(row: Outgoing, real: datetime) -> Outgoing:
    if row.looked_up + 1 >= LOOKS:
        return replace(row, state=OutgoingState.PLANNED, not_before=real, looked_up=0)
    return replace(row, looked_up=row.looked_up + 1, not_before=real + LOOK_UP_AFTER)


def _in_doubt(row: Outgoing, found: Delivery, real: datetime, too_late: str) -> Outgoing:
    if too_late:
        return replace(row, state=OutgoingState.DROPPED, error=too_late)
    passes = found.outcome is Outcome.UNKNOWN
    told = replace(row, doubts=row.doubts + 1, error=found.error or row.error)
    if told.doubts >= (MOST_DOUBTS if passes else MOST_BARRED):
        return replace(told, state=OutgoingState.FAILED)
    wait = wait_after(row.doubts, LOOK_AGAIN) if passes else LOOK_AGAIN
    return replace(told, not_before=real + wait)


def _update(tx: Tx, kept: Outgoing) -> None:
    tx.outgoing.update(kept)
    if kept.state is OutgoingState.FAILED:
        tell_of_failure(tx, kept)


async def _settle(deps: Deps, row: Outgoing, work: Callable[[Tx], object]) -> None:
    try:
        await deps.db.write(SYSTEM, work)
    except Stale:
        log.info("message %s was settled by somebody else meanwhile", row.id)
