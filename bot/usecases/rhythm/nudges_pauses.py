"""What a member's own pause does to nudges: those inside are skipped, or wait and come one a day afterwards."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from bot.domain.budget import Held, Reason
from bot.domain.cadence import local_date, to_utc
from bot.domain.errors import AlreadySettled
from bot.domain.ids import MemberId
from bot.domain.nudges import RULES, Nudge, NudgeState, Occurrence, WhenAway
from bot.domain.pauses import Pause, PauseState, free_days, returned_early
from bot.domain.rhythms import rhythm_of
from bot.ports import Tx
from bot.usecases.people.pauses import end_pause, pause_at
from bot.usecases.rhythm.ledger import note_held, note_skipped
from bot.usecases.rhythm.nudges import settle
from bot.usecases.rhythm.nudges_gate import wish_of


def hold_back(tx: Tx, nudge: Nudge, occurrence: Occurrence) -> Occurrence | None:
    """Skip or put off a nudge that falls due, or passes, while its member is away.

    The reminder of what waits is skipped, since the question itself comes anew.

    Returns the occasion as it is then, None where the member is there.
    """
    pause = pause_at(tx, nudge.member_id, nudge.due_at)
    if pause is None and nudge.expires_at <= tx.now:
        pause = pause_at(tx, nudge.member_id, nudge.expires_at)
    if pause is None:
        return None
    if nudge.step == 0 and RULES[occurrence.ritual].when_away is WhenAway.AFTERWARDS:
        _afterwards(tx, replace(nudge, pause_id=pause.id), _days_after(tx, pause, ()))
    else:
        note_skipped(tx, wish_of(tx, nudge, occurrence), Reason.AWAY)
        tx.nudges.update(replace(nudge, state=NudgeState.SKIPPED, pause_id=pause.id))
    return settle(tx, occurrence)


def come_back(tx: Tx, pause: Pause) -> None:
    """The pause is over: what waited comes on the days after, one a day."""
    ended = end_pause(tx, pause)
    waiting = tx.nudges.find(member_id=pause.member_id, pause_id=pause.id, state=NudgeState.PLANNED)
    days = _days_after(tx, ended, waiting)
    for nudge in sorted(waiting, key=lambda each: (each.due_at, each.id)):
        _afterwards(tx, nudge, days)


def back_already(tx: Tx) -> int:
    """Be back before the day; returns the id of the pause. Raises AlreadySettled for somebody who is not away."""
    me = tx.members.get(tx.me, lock=True)
    pause = tx.pauses.first(member_id=me.id, state=PauseState.OPEN)
    if pause is None:
        raise AlreadySettled
    come_back(tx, returned_early(pause, tx.now, me.tz))
    return pause.id


def _afterwards(tx: Tx, nudge: Nudge, days: Iterator[date]) -> None:
    """Plan it for the next of these days; `snoozed` keeps a move to another zone from taking it elsewhere."""
    due = _hour(tx, nudge, next(days))
    within = nudge.expires_at - nudge.due_at
    again = replace(nudge, state=NudgeState.PLANNED, due_at=due, expires_at=due + within)
    kept = tx.nudges.update(replace(again, snoozed=nudge.snoozed + 1))
    note_held(tx, wish_of(tx, kept, tx.occurrences.get(kept.occurrence_id)), Held(Reason.AWAY, due))


def _hour(tx: Tx, nudge: Nudge, day: date) -> datetime:
    pair = tx.pairs.get(nudge.pair_id)
    at = rhythm_of(pair, tx.cohorts.get(pair.cohort_id)).at
    return to_utc(day, at, tx.members.get(nudge.member_id).tz)


def _days_after(tx: Tx, pause: Pause, waiting: Iterable[Nudge]) -> Iterator[date]:
    """The days after the return on which nothing else is planned for them."""
    tz, own = tx.members.get(pause.member_id).tz, {nudge.id for nudge in waiting}
    planned = [nudge for nudge in _planned(tx, pause.member_id) if nudge.id not in own]
    taken = {local_date(nudge.due_at, tz) for nudge in planned}
    return free_days(local_date(max(pause.ends_at, tx.now), tz), taken)


def _planned(tx: Tx, member: MemberId) -> list[Nudge]:
    return tx.nudges.find(member_id=member, state=NudgeState.PLANNED)
