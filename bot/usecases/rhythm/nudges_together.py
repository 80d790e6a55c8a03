"""One message at one hour: what is asked together, what waits for another question, and what is asked less."""

from dataclasses import replace
from datetime import datetime

from bot.domain.nudges import APART, NEAR, Nudge, NudgeState, Occurrence, Pace, Ritual, pace_after
from bot.ports import Tx

LATEST = 12  # check-ins of a pair, more than one has to look at to know the pace


def check_in_near(tx: Tx, nudge: Nudge) -> Nudge | None:
    """The check-in in whose message this follow-up is to stand: the next one of the same person in the same pair."""
    planned = tx.nudges.find(
        pair_id=nudge.pair_id,
        member_id=nudge.member_id,
        state=NudgeState.PLANNED,
        due_at__upto=max(nudge.due_at, tx.now) + NEAR,
        order="due_at",
    )
    return next((one for one in planned if _ritual(tx, one) is Ritual.CHECK_IN), None)


def take_along(tx: Tx, check_in: Nudge) -> None:
    """What falls due near this check-in, which is sent now, is asked in its message."""
    near = tx.nudges.find(
        pair_id=check_in.pair_id,
        member_id=check_in.member_id,
        state=NudgeState.PLANNED,
        due_at__upto=tx.now + NEAR,
        claim=True,
    )
    for nudge in near:
        if _ritual(tx, nudge) is Ritual.FOLLOW_UP:
            tx.nudges.update(replace(nudge, state=NudgeState.SENT, sent_at=tx.now))


def calm_from(tx: Tx, nudge: Nudge) -> datetime | None:
    """When there has been an hour since the last message of the kind, None if there has; one's own choice stands."""
    if nudge.snoozed:
        return None
    last = tx.nudges.first(member_id=nudge.member_id, sent_at__since=tx.now - APART, order="-sent_at")
    if last is None or last.sent_at is None or last.sent_at + APART <= tx.now:
        return None
    return last.sent_at + APART


def pace_of(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> Pace:
    """How much this member is asked in a rhythm, by what became of the rounds before."""
    if occurrence.ritual is not Ritual.CHECK_IN:
        return Pace(asks=True, reminds=True)
    rounds = tx.occurrences.find(
        pair_id=nudge.pair_id, ritual=Ritual.CHECK_IN, day__upto=occurrence.day, order="-day", limit=LATEST
    )
    days = {round_.id: round_.day for round_ in rounds if round_.id != occurrence.id}
    asked = tx.nudges.find(occurrence_id=list(days), member_id=nudge.member_id, step=0)
    return pace_after(sorted(asked, key=lambda one: days[one.occurrence_id], reverse=True))


def _ritual(tx: Tx, nudge: Nudge) -> Ritual:
    return tx.occurrences.get(nudge.occurrence_id).ritual
