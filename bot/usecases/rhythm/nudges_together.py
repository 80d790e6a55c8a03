"""One message at one hour: what is asked together, what waits for another question, and what is asked less."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.budget import HeadsUp, Unasked
from bot.domain.ledger import Fate
from bot.domain.nudges import NEAR, OPEN_STATES, Nudge, NudgeState, Occurrence, Ritual
from bot.domain.paces import AS_BEFORE, AskedOn, Pace, pace_after
from bot.ports import Tx
from bot.usecases.rhythm.ledger import note_merged
from bot.usecases.rhythm.nudges_gate import wish_of

LATEST = 12  # check-ins of a pair, in which whoever is not silent has answered one
# The ways to begin, or an announcement; later, the two questions of a silence fall into another quarter.
WAYS_COUNT_FOR = timedelta(days=60)
REMINDERS = 2  # in a silence
IN_SILENCE = 60  # more than the densest rhythm has from one question how to go on to the next


def check_in_near(tx: Tx, nudge: Nudge) -> Nudge | None:
    """The check-in in whose message this follow-up is to stand: the next one of the same person in the same pair."""
    return check_in_until(tx, nudge, max(nudge.due_at, tx.now) + NEAR)


def check_in_until(tx: Tx, nudge: Nudge, latest: datetime) -> Nudge | None:
    """The next check-in of the same person in the same pair that is planned for this moment or before."""
    planned = tx.nudges.find(
        pair_id=nudge.pair_id,
        member_id=nudge.member_id,
        state=NudgeState.PLANNED,
        due_at__upto=latest,
        order="due_at",
    )
    return next((one for one in planned if _ritual(tx, one) is Ritual.CHECK_IN), None)


def take_along(tx: Tx, check_in: Nudge, posted: str) -> None:
    """What falls due near this check-in, which is sent now in the message `posted`, is asked in it."""
    near = tx.nudges.find(
        pair_id=check_in.pair_id,
        member_id=check_in.member_id,
        state=NudgeState.PLANNED,
        due_at__upto=tx.now + NEAR,
        claim=True,
    )
    for nudge in near:
        occurrence = tx.occurrences.get(nudge.occurrence_id)
        if occurrence.ritual is Ritual.FOLLOW_UP:
            tx.nudges.update(replace(nudge, state=NudgeState.SENT, sent_at=tx.now))
            note_merged(tx, wish_of(tx, nudge, occurrence), posted)


def pace_of(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> Pace:
    """How much this member is asked in a rhythm, by what became of the rounds before."""
    if occurrence.ritual is not Ritual.CHECK_IN:
        return AS_BEFORE
    before = _rounds_before(tx, occurrence, nudge, LATEST)
    if len(before) >= LATEST - 1 and all(one.nudge.sent_at is None for one in before):
        before = _rounds_before(tx, occurrence, nudge, IN_SILENCE)
    pace = pace_after(before, occurrence.day)
    return replace(pace, reminds=pace.reminds and _has_room_for_reminder(tx, nudge, before))


def _has_room_for_reminder(tx: Tx, nudge: Nudge, before: Sequence[AskedOn]) -> bool:
    """Six messages in a silence, two of them reminders, or the ways to begin and an announcement in their place."""
    taken = _let_the_last_pass(before) + _was_announced(tx, nudge)
    return not taken or taken + _is_shown_ways(tx, nudge) < REMINDERS


def _was_announced(tx: Tx, nudge: Nudge) -> bool:
    """Whether a line has come on the day before a round that may belong to the same silence."""
    if tx.members.get(nudge.member_id).heads_up is HeadsUp.NONE:
        return False
    since = tx.now - WAYS_COUNT_FOR
    whose: dict[str, Any] = {"pair_id": nudge.pair_id, "member_id": nudge.member_id}
    return bool(tx.ledger_lines.count(**whose, kind=Unasked.HEADS_UP, fate=Fate.SENT, at__since=since))


def _let_the_last_pass(before: Sequence[AskedOn]) -> bool:
    asked = (one.nudge.state for one in before if one.nudge.sent_at and one.nudge.state not in OPEN_STATES)
    return next(asked, None) is NudgeState.EXPIRED


def _is_shown_ways(tx: Tx, nudge: Nudge) -> bool:
    """Whether they were shown three ways to begin in this pair, or will be."""
    whose: dict[str, Any] = {"pair_id": nudge.pair_id, "member_id": nudge.member_id}
    since = tx.now - WAYS_COUNT_FOR
    shown = tx.ledger_lines.count(**whose, kind=Unasked.BEGINNING, at__since=since)
    to_come = any(one.begin_at for one in tx.memberships.find(**whose)) and not tx.goals.count(**whose)
    return bool(shown) or to_come


def _rounds_before(tx: Tx, occurrence: Occurrence, nudge: Nudge, limit: int) -> list[AskedOn]:
    """The first questions of the latest rounds, this one among them, that the member was to be asked before it."""
    rounds = tx.occurrences.find(
        pair_id=nudge.pair_id, ritual=Ritual.CHECK_IN, day__upto=occurrence.day, order="-day", limit=limit
    )
    days = {round_.id: round_.day for round_ in rounds if round_.id != occurrence.id}
    asked = tx.nudges.find(occurrence_id=list(days), member_id=nudge.member_id, step=0)
    found = [AskedOn(days[one.occurrence_id], one) for one in asked]
    return sorted(found, key=lambda one: one.day, reverse=True)


def _ritual(tx: Tx, nudge: Nudge) -> Ritual:
    return tx.occurrences.get(nudge.occurrence_id).ritual
