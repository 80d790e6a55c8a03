"""What was held back for want of room is looked at once more, since its reader wants to hear more from now on."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.budget import PER_WEEK, Intensity, Reason
from bot.domain.ids import MemberId
from bot.domain.ledger import Fate
from bot.domain.nudges import NudgeState
from bot.ports import Tx

FOR_WANT_OF_ROOM = (Reason.DAY, Reason.WEEK)


def consider_anew(tx: Tx, member: MemberId, before: Intensity, now: Intensity) -> None:
    """Where more may come than before, the next tick decides about what waits; the gate holds back what is too much."""
    if PER_WEEK[now] <= PER_WEEK[before]:
        return
    system = tx.as_system()
    lines = system.ledger_lines.find(member_id=member, fate=Fate.HELD, reason=FOR_WANT_OF_ROOM)
    until = {line.held_until for line in lines if line.held_until is not None and line.held_until > tx.now}
    _nudges_anew(system, member)
    if until:
        _others_anew(system, member, until)


def _nudges_anew(tx: Tx, member: MemberId) -> None:
    """From when it was to come at first; a reminder has no line yet."""
    for nudge in tx.nudges.find(member_id=member, state=NudgeState.PLANNED, due_at__since=tx.now):
        if nudge.first_due_at is not None:
            tx.nudges.update(replace(nudge, due_at=max(tx.now, nudge.first_due_at)))


def _others_anew(tx: Tx, member: MemberId, until: Collection[datetime]) -> None:
    """What has no moment of its own besides the one until which it was held."""
    held = list(until)
    for owed in tx.owed_replies.find(member_id=member, remind_at=held):
        tx.owed_replies.update(replace(owed, remind_at=tx.now))
    for waiting in tx.owed_replies.find(waits_id=member, offer_at=held):
        tx.owed_replies.update(replace(waiting, offer_at=tx.now))
    for membership in tx.memberships.find(member_id=member, begin_at=held):
        tx.memberships.update(replace(membership, begin_at=tx.now))
    for digest in tx.digests.find(member_id=member, due_at=held):
        tx.digests.update(replace(digest, due_at=tx.now))
