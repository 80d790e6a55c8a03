"""Posting what waits in `outgoing`: claimed in a batch, loaded through the reader's own eyes, sent, and noted.

`sending` is committed before the first call; from then on nothing is posted again before it was looked for (see
`usecases.reap`). What one person is told comes in the order in which it was said: a message that is unsettled holds
back the later ones to the same person. When Slack asks for a pause, its whole workspace rests.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.errors import NotFound, StoreUnavailable
from bot.domain.ids import MemberId
from bot.domain.members import Member, Workspace
from bot.domain.nudges import NudgeState
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Address, Delivery, Deps, Outcome, Repositories
from bot.usecases import (
    admins,
    asks,
    cards,
    checkin_cards,
    checkin_later,
    checkins,
    cohorts,
    experiments,
    goals,
    greetings,
    hints,
    insights,
    nudges,
    pairs_consent,
    pairs_ending,
    responses,
    results,
    sessions,
)

BATCH = 50
LEASE = timedelta(seconds=30)
CALL = timedelta(seconds=12)  # longer than a call to Slack may take
LOOK_UP_AFTER = timedelta(seconds=30)
CLOSED_PAUSE = timedelta(minutes=5)
SHORTEST_PAUSE = timedelta(seconds=1)
UPDATE_AGAIN = timedelta(seconds=5)
ATTEMPTS = 10  # of what Slack never answers properly

log = logging.getLogger(__name__)

Loader = Callable[[Repositories, int, MemberId], object]

# What each kind of message says: loaded when it is sent, so that no text is ever stale.
LOADERS: dict[str, Loader] = {
    asks.CARD: asks.load_card,
    asks.ANSWERED: asks.load_answer,
    sessions.CARD: sessions.load_card,
    goals.CARD: goals.load_card,
    goals.REACHED: goals.load_reached,
    nudges.CHECK_IN: checkin_cards.load_ask,
    nudges.REMINDER: checkin_cards.load_reminder,
    checkins.CARD: checkin_cards.load_card,
    checkin_later.SKIPPED: checkin_cards.load_skip,
    experiments.CARD: cards.load_card,
    hints.ADDED: hints.load_hint,
    results.ASK: results.load_question,
    results.CARD: results.load_card,
    responses.CARD: responses.load_response,
    responses.SEEN: responses.load_seen,
    insights.CARD: insights.load_card,
    insights.CONSENT: insights.load_wish,
    pairs_consent.CONSENT: pairs_consent.load_consent,
    pairs_consent.WELCOME: pairs_consent.load_welcome,
    pairs_consent.STARTED: pairs_consent.load_started,
    pairs_consent.NOT_NOW: pairs_consent.load_not_now,
    pairs_consent.UNANSWERED: pairs_consent.load_unanswered,
    pairs_ending.ENDED: pairs_ending.load_ended,
    pairs_ending.RESTS: pairs_ending.load_rests,
    pairs_ending.NEEDS_PARTNER: pairs_ending.load_needs_partner,
    cohorts.SAMPLE: cohorts.load_sample,
    admins.ADDED: admins.load_added,
}

# What says how things stand at this moment, as Home does, and so needs the moment, too.
PAGES: dict[str, Callable[..., object]] = {greetings.HELLO: greetings.load_greeting}


@dataclass(frozen=True)
class Ready:
    """What can be sent now; `ts` names the message that an update replaces."""

    address: Address
    content: object
    ts: str


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
        await deps.db.write(SYSTEM, lambda r: _hand_over(r, deps.sender.name))


async def _claim(deps: Deps) -> list[Outgoing]:
    """The next batch, noted as being sent. Looks before it writes, since every write wakes the dispatcher again."""
    name, real = deps.sender.name, deps.clock.real_now()
    waiting = await deps.db.read(SYSTEM, lambda r: _due(r, name, real))
    return await deps.db.write(SYSTEM, lambda r: _take(r, name, real)) if waiting else []


def _due(repositories: Repositories, name: str, real: datetime) -> list[Outgoing]:
    found: list[Outgoing] = []
    for workspace in repositories.workspaces.find():
        if _may_send(workspace, name, real):
            found += _due_in(repositories, workspace, real)
    return found


def _may_send(workspace: Workspace, name: str, real: datetime) -> bool:
    paused = workspace.paused_until is not None and workspace.paused_until > real
    taken = workspace.sender_until is not None and workspace.sender_until > real and workspace.sender != name
    return not paused and not taken


def _due_in(repositories: Repositories, workspace: Workspace, real: datetime) -> list[Outgoing]:
    """The oldest rows to be sent in this workspace, but for people for whom something earlier is unsettled."""
    unsettled = repositories.outgoing.find(
        workspace_id=workspace.id, state=[OutgoingState.SENDING, OutgoingState.UNKNOWN]
    )
    put_off = repositories.outgoing.find(
        workspace_id=workspace.id,
        state=OutgoingState.PLANNED,
        not_before__since=real + timedelta.resolution,
    )
    held = {row.member_id for row in (*unsettled, *put_off)}
    planned: dict[str, Any] = {"workspace_id": workspace.id, "state": OutgoingState.PLANNED}
    behind = repositories.outgoing.count(member_id=held, **planned) if held else 0
    rows = repositories.outgoing.find(limit=BATCH + behind, **planned)
    return [row for row in rows if row.member_id not in held][:BATCH]


def _take(repositories: Repositories, name: str, real: datetime) -> list[Outgoing]:
    """Claim the batch, and the right to be the only one who sends in its workspaces."""
    taken: list[Outgoing] = []
    for known in repositories.workspaces.find():
        workspace = repositories.workspaces.get(known.id, lock=True)
        rows = _due_in(repositories, workspace, real) if _may_send(workspace, name, real) else []
        if rows:
            repositories.workspaces.update(replace(workspace, sender=name, sender_until=real + LEASE))
            taken += [repositories.outgoing.update(_begun(row, real)) for row in rows]
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
        if kept.state in (OutgoingState.PLANNED, OutgoingState.UNKNOWN):
            held.add(row.member_id)
    if back:
        await deps.db.write(SYSTEM, lambda r: [r.outgoing.update(_given_back(row)) for row in back])
    return len(batch) - len(back)


def _given_back(row: Outgoing) -> Outgoing:
    """Claimed, but never tried."""
    return replace(row, state=OutgoingState.PLANNED, attempts=row.attempts - 1, lease_until=None)


async def _deliver(deps: Deps, row: Outgoing) -> tuple[Outgoing, Outcome | None]:
    """The row after this attempt, and what Slack said; None if it was not asked."""
    now = deps.clock.now()
    try:
        loaded = await deps.db.read(
            Viewer(row.workspace_id, row.member_id),
            lambda r: _load(r, row, now, open_pairing=deps.open_pairing),
        )
        if isinstance(loaded, NotNow):
            kept = _kept_back(row, loaded, deps.clock.real_now())
            return await deps.db.write(SYSTEM, lambda r: r.outgoing.update(kept)), None
        delivery = await _call(deps, row, loaded)
    except StoreUnavailable:
        raise
    except Exception as error:
        # Reading and wording come before the call, and the messenger lets no failure of the call itself through.
        log.exception("message %s about %s %s cannot be said", row.id, row.kind, row.subject_id)
        delivery = Delivery(Outcome.REJECTED, error=repr(error))
    real = deps.clock.real_now()
    return await deps.db.write(SYSTEM, lambda r: _note(r, row, delivery, now, real)), delivery.outcome


async def _call(deps: Deps, row: Outgoing, ready: Ready) -> Delivery:
    if row.updates:
        return await deps.messenger.update(ready.address, ready.ts, ready.content, row.nonce)
    return await deps.messenger.post(ready.address, ready.content, row.nonce)


def _load(repositories: Repositories, row: Outgoing, now: datetime, *, open_pairing: bool) -> Ready | NotNow:
    """What the reader is told, seen through their eyes."""
    member = repositories.members.get(row.member_id)
    if member.is_deleted:
        return NotNow(waits=False, why="gone")
    if row.nudge_id is not None and not _in_time(repositories, row.nudge_id, now):
        return NotNow(waits=False, why="late")
    post = repositories.outgoing.first(dedupe_key=row.updates) if row.updates else None
    if row.updates and (why_not := _why_no_update(repositories, row, post)):
        return why_not
    try:
        if row.kind in PAGES:
            content = PAGES[row.kind](repositories, row.member_id, now, open_pairing=open_pairing)
        else:
            content = LOADERS[row.kind](repositories, row.subject_id, row.member_id)
    except NotFound:
        return NotNow(waits=False, why="nothing to say")
    if post is None:
        return Ready(address_of(member), content, "")
    return Ready(replace(address_of(member), channel=post.channel or member.dm_channel), content, post.ts)


def address_of(member: Member) -> Address:
    return Address(member.user_id, member.dm_channel, member.locale, member.tz)


def _in_time(repositories: Repositories, nudge_id: int, now: datetime) -> bool:
    nudge = repositories.nudges.get(nudge_id)
    return nudge.expires_at > now and nudge.state not in (NudgeState.SKIPPED, NudgeState.EXPIRED)


def _why_no_update(repositories: Repositories, row: Outgoing, post: Outgoing | None) -> NotNow | None:
    """Why this update is not made now; of several updates of one message only the last is."""
    if post is None or post.state in (OutgoingState.FAILED, OutgoingState.DROPPED):
        return NotNow(waits=False, why="no message to update")
    if post.state is not OutgoingState.SENT:
        return NotNow(waits=True, why="the message is not sent yet")
    newer = repositories.outgoing.first(
        updates=row.updates,
        id__since=row.id + 1,
        state=[OutgoingState.PLANNED, OutgoingState.SENDING],
    )
    return NotNow(waits=False, why="superseded") if newer else None


def _kept_back(row: Outgoing, reason: NotNow, real: datetime) -> Outgoing:
    if reason.waits:
        return replace(_given_back(row), not_before=real + UPDATE_AGAIN)
    return replace(row, state=OutgoingState.DROPPED, error=reason.why)


def _note(
    repositories: Repositories, row: Outgoing, delivery: Delivery, now: datetime, real: datetime
) -> Outgoing:
    """Keep what became of it, and what it tells about the reader and the workspace."""
    kept = repositories.outgoing.update(after(row, delivery, real))
    _note_reader(repositories, row, delivery, now)
    if pause := _pause(delivery):
        workspace = repositories.workspaces.get(row.workspace_id, lock=True)
        repositories.workspaces.update(replace(workspace, paused_until=real + pause))
    if delivery.outcome is Outcome.CLOSED:
        log.critical(
            "Slack takes no messages from us (%s); nothing is lost, see to the token", delivery.error
        )
    if kept.state is OutgoingState.FAILED:
        log.error("message %s about %s failed for good: %s", row.id, row.kind, kept.error)
    return kept


def _note_reader(repositories: Repositories, row: Outgoing, delivery: Delivery, now: datetime) -> None:
    """Keep the channel, so that it need not be opened again; let go of somebody who is not there any more."""
    member = repositories.members.get(row.member_id, lock=True)
    channel = "" if delivery.outcome is Outcome.MOVED else delivery.channel or member.dm_channel
    gone = member.is_deleted or delivery.outcome is Outcome.GONE
    if (channel, gone) == (member.dm_channel, member.is_deleted):
        return
    kept = repositories.members.update(replace(member, dm_channel=channel, is_deleted=gone))
    if gone and not member.is_deleted:
        pairs_ending.let_go(repositories, kept, now)


def _pause(delivery: Delivery) -> timedelta | None:
    if delivery.outcome is Outcome.THROTTLED:
        return max(timedelta(seconds=delivery.retry_after), SHORTEST_PAUSE)
    return CLOSED_PAUSE if delivery.outcome is Outcome.CLOSED else None


def after(row: Outgoing, delivery: Delivery, real: datetime) -> Outgoing:
    """The row after this delivery."""
    told = replace(row, channel=delivery.channel or row.channel, error=delivery.error, lease_until=None)
    match delivery.outcome:
        case Outcome.SENT:
            return replace(told, state=OutgoingState.SENT, ts=delivery.ts)
        case Outcome.THROTTLED | Outcome.CLOSED:
            return replace(told, state=OutgoingState.PLANNED, attempts=row.attempts - 1)
        case Outcome.REJECTED | Outcome.GONE:
            return replace(told, state=OutgoingState.FAILED)
        case Outcome.MOVED:
            return replace(told, state=OutgoingState.PLANNED if row.attempts == 1 else OutgoingState.FAILED)
    return lost(told, real)


def lost(row: Outgoing, real: datetime) -> Outgoing:
    """The row when nobody can say what became of it: a post is looked for, an update is simply made again."""
    if row.attempts >= ATTEMPTS:
        return replace(row, state=OutgoingState.FAILED, error=row.error or "unknown")
    if row.updates:
        wait = UPDATE_AGAIN * 2**row.attempts
        return replace(row, state=OutgoingState.PLANNED, not_before=real + wait, lease_until=None)
    return replace(
        row, state=OutgoingState.UNKNOWN, not_before=real + LOOK_UP_AFTER, looked_up=0, lease_until=None
    )


def _hand_over(repositories: Repositories, name: str) -> None:
    for workspace in repositories.workspaces.find(sender=name):
        repositories.workspaces.update(replace(workspace, sender="", sender_until=None))
