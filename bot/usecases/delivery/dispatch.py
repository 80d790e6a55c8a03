"""Posting what waits in `outgoing`: claimed in a batch, loaded as its reader may see it, sent, and noted.

`sending` is committed before the first call; from then on nothing is posted again before it was looked for (see
`reconcile`). What one person is told comes in the order in which it was said: a message that is unsettled holds back
the later ones to the same person. When Slack asks for a pause, its whole workspace rests.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.errors import NotFound, StoreUnavailable
from bot.domain.members import Member, Workspace
from bot.domain.nudges import NudgeState
from bot.domain.outgoing import LEASE, LONGEST_WAIT, SKEW, Outgoing, OutgoingState, still_lasts
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Address, Delivery, Deps, Outcome, Tx
from bot.usecases.delivery import renewal
from bot.usecases.delivery.deliveries import UPDATE_AGAIN, after, note_reader, pause, rests
from bot.usecases.messages import MESSAGES

BATCH = 50
CALL = timedelta(seconds=12)  # longer than a call to Slack may take

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """What can be sent now; `ts` names the message that an update replaces."""

    address: Address
    content: object
    ts: str


@dataclass(frozen=True)
class NeverArrived:
    """An update of a post that failed; what it would say now decides whether the post is tried once more."""

    post: Outgoing
    content: object


@dataclass(frozen=True)
class NotNow:
    """Why nothing is sent: it waits for the post that it updates, or there is nothing to say any more."""

    waits: bool
    why: str


async def dispatch(deps: Deps) -> int:
    """Send what waits, until nothing may be sent now. Returns how many messages were dealt with."""
    dealt = 0
    async with deps.sender.turn:
        while not deps.sender.stopping and (batch := await _claim(deps)):
            dealt += await _send(deps, batch)
    return dealt


async def stop(deps: Deps) -> None:
    """Let the call that runs finish, hand back the rest, and let another process send at once."""
    deps.sender.stopping = True
    async with deps.sender.turn:
        await deps.db.write(SYSTEM, lambda tx: _hand_over(tx, deps.sender.name))


async def _claim(deps: Deps) -> list[Outgoing]:
    """The next batch, noted as being sent. Looks before it writes, since every write wakes the dispatcher again."""
    name = deps.sender.name
    waiting = await deps.db.read(SYSTEM, lambda tx: _due(tx, name))
    return await deps.db.write(SYSTEM, lambda tx: _take(tx, name)) if waiting else []


def _due(tx: Tx, name: str) -> list[Outgoing]:
    found: list[Outgoing] = []
    for workspace in tx.workspaces.find():
        if _may_send(workspace, name, tx.real_now):
            found += _due_in(tx, workspace)
    return found


def _may_send(workspace: Workspace, name: str, real: datetime) -> bool:
    taken = workspace.sender != name and still_lasts(workspace.sender_until, real, LEASE)
    return not rests(workspace, real) and not taken


def _due_in(tx: Tx, workspace: Workspace) -> list[Outgoing]:
    """The oldest rows to be sent in this workspace, but for people for whom something earlier is unsettled."""
    unsettled = tx.outgoing.find(
        workspace_id=workspace.id, state=[OutgoingState.SENDING, OutgoingState.UNKNOWN]
    )
    later = tx.outgoing.find(
        workspace_id=workspace.id,
        state=OutgoingState.PLANNED,
        not_before__since=tx.real_now + timedelta.resolution,
        not_before__upto=tx.real_now + LONGEST_WAIT + SKEW,  # what is put off longer was so by a wrong clock
    )
    held = {row.member_id for row in (*unsettled, *later) if _holds_back(row)}
    waiting = {row.id for row in later}
    planned: dict[str, Any] = {"workspace_id": workspace.id, "state": OutgoingState.PLANNED}
    behind = len(waiting) + (tx.outgoing.count(member_id=held, **planned) if held else 0)
    rows = tx.outgoing.find(limit=BATCH + behind, **planned)
    return [row for row in rows if row.member_id not in held and row.id not in waiting][:BATCH]


def _holds_back(row: Outgoing) -> bool:
    """When an update is made again changes nothing in the order in which messages are read."""
    return row.state is OutgoingState.SENDING or not row.updates


def _take(tx: Tx, name: str) -> list[Outgoing]:
    """Claim the batch, and the right to be the only one who sends in its workspaces."""
    taken: list[Outgoing] = []
    for known in tx.workspaces.find():
        workspace = tx.workspaces.get(known.id, lock=True)
        rows = _due_in(tx, workspace) if _may_send(workspace, name, tx.real_now) else []
        if rows:
            tx.workspaces.update(replace(workspace, sender=name, sender_until=tx.real_now + LEASE))
            taken += [tx.outgoing.update(_begun(row, tx.real_now)) for row in rows]
    return taken


def _begun(row: Outgoing, real: datetime) -> Outgoing:
    return replace(
        row,
        state=OutgoingState.SENDING,
        attempts=row.attempts + 1,
        lease_until=real + LEASE,
        first_attempt_at=row.first_attempt_at or real,
    )


async def _send(deps: Deps, batch: list[Outgoing]) -> int:
    """Send in order, and hand back what must wait; returns how many were dealt with."""
    back: list[Outgoing] = []
    resting: set[int] = set()  # workspaces
    held: set[int] = set()  # members
    for row in batch:
        late = row.lease_until is None or row.lease_until - CALL < deps.clock.real_now()
        if late or deps.sender.stopping or row.workspace_id in resting or row.member_id in held:
            back.append(row)
            continue
        kept, outcome = await _deliver(deps, row)
        if outcome in (Outcome.THROTTLED, Outcome.CLOSED):
            resting.add(row.workspace_id)
        if kept.state in (OutgoingState.PLANNED, OutgoingState.UNKNOWN) and _holds_back(kept):
            held.add(row.member_id)
    if back:
        await deps.db.write(SYSTEM, lambda tx: [tx.outgoing.update(_given_back(row)) for row in back])
    return len(batch) - len(back)


def _given_back(row: Outgoing) -> Outgoing:
    """Claimed, but never tried."""
    return replace(row, state=OutgoingState.PLANNED, attempts=row.attempts - 1, lease_until=None)


async def _deliver(deps: Deps, row: Outgoing) -> tuple[Outgoing, Outcome | None]:
    """The row after this attempt, and what Slack said; None if it was not asked."""
    try:
        loaded = await deps.db.read(Viewer(row.workspace_id, row.member_id), lambda tx: _load(tx, row))
        if isinstance(loaded, NotNow):
            kept = _kept_back(row, loaded, deps.clock.real_now())
            return await deps.db.write(SYSTEM, lambda tx: tx.outgoing.update(kept)), None
        if isinstance(loaded, NeverArrived):
            post, content = loaded.post, loaded.content
            return await deps.db.write(SYSTEM, lambda tx: renewal.try_again(tx, row, post, content)), None
        content = loaded.content
        delivery = await _call(deps, row, loaded)
    except StoreUnavailable:
        raise
    except Exception as error:
        # Reading and wording come before the call, and the messenger lets no failure of the call itself through.
        log.exception("message %s about %s %s cannot be said", row.id, row.kind, row.subject_id)
        # Its kind alone is kept: what it says may quote people's words, and doctor shows it.
        content, delivery = None, Delivery(Outcome.REJECTED, error=type(error).__name__)
    return await deps.db.write(
        SYSTEM, lambda tx: _note_delivery(tx, row, delivery, content)
    ), delivery.outcome


async def _call(deps: Deps, row: Outgoing, ready: Ready) -> Delivery:
    if row.updates:
        return await deps.messenger.update(ready.address, ready.ts, ready.content, row.nonce)
    return await deps.messenger.post(ready.address, ready.content, row.nonce)


def _load(tx: Tx, row: Outgoing) -> Ready | NeverArrived | NotNow:
    """What the reader is told. The transaction is theirs."""
    if why := why_too_late(tx, row):
        return NotNow(waits=False, why=why)
    member = tx.members.get(row.member_id)
    post = tx.outgoing.first(dedupe_key=row.updates) if row.updates else None
    if row.updates and (why_not := _why_no_update(tx, row, post)):
        return why_not
    try:
        content = MESSAGES[row.kind].load(tx, row.subject_id)
    except NotFound:
        return NotNow(waits=False, why="nothing to say")
    address = replace(address_of(member), now=tx.now)
    if post is None:
        return Ready(address, content, "")
    if post.state is OutgoingState.FAILED:
        return NeverArrived(post, content)
    return Ready(replace(address, channel=post.channel or member.dm_channel), content, post.ts)


def address_of(member: Member) -> Address:
    return Address(member.user_id, member.dm_channel, member.locale, member.tz)


def why_too_late(tx: Tx, row: Outgoing) -> str:
    """Why nobody needs this message any more, "" if somebody does."""
    if tx.members.get(row.member_id).is_deleted:
        return "gone"
    if row.nudge_id is None:
        return ""
    nudge = tx.nudges.get(row.nudge_id)
    in_time = nudge.expires_at > tx.now and nudge.state not in (NudgeState.SKIPPED, NudgeState.EXPIRED)
    return "" if in_time else "late"


def _why_no_update(tx: Tx, row: Outgoing, post: Outgoing | None) -> NotNow | None:
    """Why this update is not made now; of several updates of one message only the last is."""
    if post is None or post.state is OutgoingState.DROPPED:
        return NotNow(waits=False, why="no message to update")
    if post.state not in (OutgoingState.SENT, OutgoingState.FAILED):
        return NotNow(waits=True, why="the message is not sent yet")
    newer = tx.outgoing.first(
        updates=row.updates,
        id__since=row.id + 1,
        state=[OutgoingState.PLANNED, OutgoingState.SENDING],
    )
    return NotNow(waits=False, why="superseded") if newer else None


def _kept_back(row: Outgoing, reason: NotNow, real: datetime) -> Outgoing:
    if reason.waits:
        return replace(_given_back(row), not_before=real + UPDATE_AGAIN)
    return replace(row, state=OutgoingState.DROPPED, error=reason.why)


def _note_delivery(tx: Tx, row: Outgoing, delivery: Delivery, content: object) -> Outgoing:
    """Keep what became of it, and what it tells about the reader and the workspace."""
    if row.updates and delivery.outcome in renewal.OUT_OF_REACH:
        kept = renewal.post_anew(tx, row, content, delivery.error)
    else:
        kept = tx.outgoing.update(after(row, delivery, tx.real_now))
    note_reader(tx, row, delivery)
    pause(tx, row.workspace_id, delivery)
    if kept.state is OutgoingState.FAILED:
        log.error("message %s about %s failed for good: %s", row.id, row.kind, kept.error)
    return kept


def _hand_over(tx: Tx, name: str) -> None:
    for workspace in tx.workspaces.find(sender=name):
        tx.workspaces.update(replace(workspace, sender="", sender_until=None))
