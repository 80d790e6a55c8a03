"""Posting what waits in `outgoing`: claimed, loaded as its reader may see it, sent, and noted.

People are served side by side, a lane for each, and what one of them is told comes in the order in which it was said: a
message that is unsettled holds back the later ones to the same person, and nobody else's. When Slack asks for a pause,
its whole workspace rests.
"""

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.errors import Stale, StoreUnavailable
from bot.domain.outgoing import Outgoing, OutgoingState, away_for
from bot.domain.privacy import SYSTEM
from bot.ports import Deps, Tx
from bot.ports_slack import Delivery, Outcome
from bot.usecases.delivery import renewal
from bot.usecases.delivery.deliveries import (
    CALL,
    UPDATE_AGAIN,
    after,
    note_reader,
    pause,
    rest_after,
)
from bot.usecases.delivery.dispatch_claims import Lane, claim, give_back, given_back
from bot.usecases.delivery.dispatch_loading import NeverArrived, NotNow, Ready, load, viewer_of
from bot.usecases.people.admins_failures import tell_of_failure

SIDE_BY_SIDE = 16  # people; more are served when half of them have been

log = logging.getLogger(__name__)


async def dispatch(deps: Deps) -> int:
    """Send what waits, until nothing may be sent now. Returns how many messages were dealt with."""
    async with deps.sender.turn:
        return await _Round(deps).run()


async def stop(deps: Deps) -> None:
    """Let the calls that run finish, hand back the rest, and let another process send at once."""
    deps.sender.stopping = True
    for task in [task for task in deps.sender.waiting if task]:
        task.cancel()
    async with deps.sender.turn:
        await deps.db.write(SYSTEM, lambda tx: _hand_over(tx, deps.sender.name))


@dataclass
class _Round:
    """One round of sending: who is served right now, and where Slack asked for a pause until when."""

    deps: Deps
    lanes: "set[asyncio.Task[int]]" = field(default_factory=set)
    resting: dict[int, datetime] = field(default_factory=dict)  # workspaces

    async def run(self) -> int:
        dealt = 0
        try:
            while await self._refill() or self.lanes:
                done, self.lanes = await asyncio.wait(self.lanes, return_when=asyncio.FIRST_COMPLETED)
                dealt += sum(lane.result() for lane in done)
        finally:  # whatever stopped one lane, the others end as they would
            await asyncio.gather(*self.lanes, return_exceptions=True)
        return dealt

    async def _refill(self) -> bool:
        """Whether there was room, and somebody waited."""
        away = any(map(away_for, self.deps.sender.unanswered.values()))
        room = SIDE_BY_SIDE - len(self.lanes)
        if self.deps.sender.stopping or room < SIDE_BY_SIDE // 2:
            return False
        claimed = await claim(self.deps, 1 if away else room)
        self.lanes |= {asyncio.create_task(self._serve(lane)) for lane in claimed}
        return bool(claimed)

    async def _serve(self, lane: Lane) -> int:
        """Tell one person what they are told, and hand back what must wait; returns how many were dealt with."""
        left = list(lane)
        try:
            goes_on = True
            while goes_on and left and self._may_begin(left[0]):
                goes_on = await self._deliver(left[0])
                left.pop(0)
        except asyncio.CancelledError:
            if not self.deps.sender.stopping:
                raise
        if left:
            await self.deps.db.write(SYSTEM, lambda tx: give_back(tx, left))
        return len(lane) - len(left)

    def _may_begin(self, row: Outgoing) -> bool:
        """Whether this process may still call Slack for this row, and Slack wants to be called."""
        real = self.deps.clock.real_now()
        leased = row.lease_until is not None and row.lease_until - CALL >= real
        rests_until = self.resting.get(row.workspace_id, real)
        return leased and not self.deps.sender.stopping and rests_until <= real

    async def _deliver(self, row: Outgoing) -> bool:
        """Deal with one message; returns whether the next one to the same person may follow."""
        try:
            kept = await self._said(row)
        except Stale:
            log.info("message %s was settled by somebody else meanwhile", row.id)
            return False
        unsettled = kept.state in (OutgoingState.PLANNED, OutgoingState.UNKNOWN)
        # When an update is made again changes nothing in the order in which messages are read.
        return bool(kept.updates) or not unsettled

    async def _said(self, row: Outgoing) -> Outgoing:
        """The row after this attempt."""
        db = self.deps.db
        try:
            loaded = await db.read(viewer_of(row), lambda tx: load(tx, row))
            if isinstance(loaded, NotNow):
                kept = _kept_back(row, loaded, self.deps.clock.real_now())
                return await db.write(SYSTEM, lambda tx: tx.outgoing.update(kept))
            if isinstance(loaded, NeverArrived):
                post, content = loaded.post, loaded.content
                return await db.write(SYSTEM, lambda tx: renewal.try_again(tx, row, post, content))
            content, delivery = loaded.content, await self._call(row, loaded)
        except (Stale, StoreUnavailable):
            raise
        except Exception as error:
            # Reading and wording come before the call, and the messenger lets no failure of the call itself through.
            log.exception("message %s about %s %s cannot be said", row.id, row.kind, row.subject_id)
            # Its kind alone is kept: what it says may quote people's words, and doctor shows it.
            content, delivery = None, Delivery(Outcome.REJECTED, error=type(error).__name__)
        rest = self._rest_after(row, delivery)
        return await db.write(SYSTEM, lambda tx: _note_delivery(tx, row, delivery, content, rest))

    def _rest_after(self, row: Outgoing, delivery: Delivery) -> timedelta | None:
        """For how long the workspace rests now; what was called beside what made it rest changes nothing more."""
        real, workspace = self.deps.clock.real_now(), row.workspace_id
        rest = rest_after(delivery)
        if delivery.outcome not in (Outcome.UNKNOWN, Outcome.LATE):  # whatever it said, it is there
            self.deps.sender.unanswered.pop(workspace, None)
        elif delivery.outcome is Outcome.UNKNOWN and self.resting.get(workspace, real) <= real:
            self.deps.sender.unanswered[workspace] += 1
            rest = away_for(self.deps.sender.unanswered[workspace])
            if rest is not None:
                log.warning("Slack answers nothing; the next message tries in %d s", rest.total_seconds())
        if rest is not None:
            self.resting[workspace] = real + rest
        return rest

    async def _call(self, row: Outgoing, ready: Ready) -> Delivery:
        """Until its turn has come, whoever stops the process may let go of it."""
        messenger, waiting, me = self.deps.messenger, self.deps.sender.waiting, asyncio.current_task()

        def begin() -> bool:
            waiting.discard(me)
            return self._may_begin(row)

        waiting.add(me)
        try:
            if row.updates:
                return await messenger.update(ready.address, ready.ts, ready.content, row.nonce, begin)
            return await messenger.post(ready.address, ready.content, row.nonce, begin)
        finally:
            waiting.discard(me)


def _kept_back(row: Outgoing, reason: NotNow, real: datetime) -> Outgoing:
    if reason.waits:
        return replace(given_back(row), not_before=real + UPDATE_AGAIN)
    return replace(row, state=OutgoingState.DROPPED, error=reason.why)


def _note_delivery(
    tx: Tx, row: Outgoing, delivery: Delivery, content: object, rest: timedelta | None
) -> Outgoing:
    """Keep what became of it, and what it tells about the reader and the workspace."""
    if row.updates and delivery.outcome in renewal.OUT_OF_REACH:
        kept = renewal.post_anew(tx, row, content, delivery.error)
    else:
        kept = tx.outgoing.update(after(row, delivery, tx.real_now))
    note_reader(tx, row, delivery)
    pause(tx, row.workspace_id, delivery, rest)
    if kept.state is OutgoingState.FAILED:
        log.error("message %s about %s failed for good: %s", row.id, row.kind, kept.error)
        tell_of_failure(tx, kept)
    return kept


def _hand_over(tx: Tx, name: str) -> None:
    for workspace in tx.workspaces.find(sender=name):
        tx.workspaces.update(replace(workspace, sender="", sender_until=None))
