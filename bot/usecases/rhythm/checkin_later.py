"""Putting a check-in off, or skipping it: for an hour, until tomorrow, to a moment of one's own, or for good."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

from bot.domain.cadence import local_date, to_utc
from bot.domain.checkins import REASON_LIMIT, Later
from bot.domain.errors import AlreadySettled, ChoiceMissing, DateInPast, DateTooLate
from bot.domain.ids import OccurrenceId
from bot.domain.nudges import OPEN_STATES, REMIND_WITHIN, Nudge, NudgeState, Occurrence, OccurrenceState
from bot.domain.rhythms import rhythm_of
from bot.domain.texts import Text, clean
from bot.ports import Tx
from bot.usecases.outgoing import enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairMembership
from bot.usecases.rhythm.checkin_cards import SKIPPED
from bot.usecases.rhythm.checkins import my_learning_part, require_current
from bot.usecases.rhythm.nudges import close_check_in, put_off
from bot.usecases.rhythm.nudges_calendar import next_asked
from bot.usecases.rhythm.reviews_messages import OF_A_ROUND

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class PutOff:
    """What the form sends; `day` and `at` count for PICK, `reason` for SKIP."""

    occurrence_id: OccurrenceId
    later: Later
    day: date | None = None
    at: time | None = None
    reason: Annotated[str, Text(REASON_LIMIT)] = ""


@dataclass(frozen=True)
class LaterForm:
    """What the form needs to open; `tomorrow` is when "tomorrow" would be."""

    occurrence: Occurrence
    mentors: tuple[str, ...]
    tomorrow: datetime


def open_later_form(tx: Tx, occurrence_id: OccurrenceId) -> LaterForm:
    """The small form behind *Later*. Raises NotFound, NotAllowed, RoundOver, AlreadySettled (it was answered)."""
    occurrence = tx.occurrences.get(occurrence_id)
    membership = _membership(tx, occurrence)
    _asked(tx, occurrence)
    return LaterForm(occurrence, membership.mentor_names, _tomorrow(tx, membership))


def put_check_in_off(tx: Tx, command: PutOff) -> OccurrenceId:
    """Ask again at the chosen moment, or skip this round.

    Raises NotFound, NotAllowed, RoundOver, AlreadySettled, ChoiceMissing, DateInPast, DateTooLate, TextTooLong.
    """
    occurrence = tx.occurrences.get(command.occurrence_id, lock=True)
    membership = _membership(tx, occurrence)
    nudge = _asked(tx, occurrence)
    if command.later is Later.SKIP:
        _skip(tx, membership, occurrence, nudge, command.reason)
        return occurrence.id
    due = _moment(tx, membership, occurrence, command)
    for waiting in tx.nudges.find(
        occurrence_id=occurrence.id, member_id=tx.me, step=1, state=NudgeState.PLANNED
    ):
        tx.nudges.update(replace(waiting, state=NudgeState.SKIPPED))
    put_off(tx, nudge, due, min(due + REMIND_WITHIN, _next(tx, membership, occurrence)))
    kept = tx.occurrences.update(occurrence)
    for message in OF_A_ROUND:
        enqueue_update(tx, message, kept.id, version=kept.version)
    return kept.id


def skip_ahead(tx: Tx, occurrence_id: OccurrenceId) -> OccurrenceId:
    """Skip a round that was not answered, asked or not. Raises NotFound, NotAllowed, RoundOver, AlreadySettled."""
    occurrence = tx.occurrences.get(occurrence_id, lock=True)
    membership = _membership(tx, occurrence)
    if not tx.nudges.count(occurrence_id=occurrence.id, member_id=tx.me, step=0, state=list(OPEN_STATES)):
        raise AlreadySettled
    close_check_in(tx, membership.pair.id, tx.me, OccurrenceState.SKIPPED, occurrence)
    return occurrence.id


def _membership(tx: Tx, occurrence: Occurrence) -> PairMembership:
    membership = my_learning_part(tx, occurrence)
    require_current(tx, occurrence)
    return membership


def _asked(tx: Tx, occurrence: Occurrence) -> Nudge:
    """The newest message about this round that waits for an answer; AlreadySettled if none does."""
    nudges = tx.nudges.find(occurrence_id=occurrence.id, member_id=tx.me, order="-step")
    asked = [nudge for nudge in nudges if nudge.state in OPEN_STATES and nudge.sent_at is not None]
    if not asked:
        raise AlreadySettled
    return asked[0]


def _skip(tx: Tx, membership: PairMembership, occurrence: Occurrence, nudge: Nudge, reason: str) -> None:
    """A reason is for the mentor to read; without one there is nothing to tell."""
    kept = tx.nudges.update(replace(nudge, reason=clean(reason, REASON_LIMIT, "reason")))
    close_check_in(tx, membership.pair.id, membership.me.id, OccurrenceState.SKIPPED, occurrence)
    if kept.reason:
        for mentor in membership.mentors:
            enqueue_post(tx, mentor.id, SKIPPED, kept.id)


def _moment(tx: Tx, membership: PairMembership, occurrence: Occurrence, command: PutOff) -> datetime:
    """The chosen moment, which must lie before the next round."""
    if command.later is Later.HOUR:
        chosen = tx.now + HOUR
    elif command.later is Later.TOMORROW:
        chosen = _tomorrow(tx, membership)
    else:
        chosen = _picked(membership, command, tx.now)
    following = _next(tx, membership, occurrence)
    if chosen >= following:
        raise DateTooLate(local_date(following, membership.me.tz), field="day")
    return chosen


def _picked(membership: PairMembership, command: PutOff, now: datetime) -> datetime:
    if command.day is None:
        raise ChoiceMissing(field="day")
    if command.at is None:
        raise ChoiceMissing(field="at")
    chosen = to_utc(command.day, command.at, membership.me.tz)
    if chosen <= now:
        raise DateInPast(local_date(now, membership.me.tz), field="day")
    return chosen


def _tomorrow(tx: Tx, membership: PairMembership) -> datetime:
    """Tomorrow at the time of the pair's rhythm, on the member's own clock."""
    at = rhythm_of(membership.pair, tx.cohorts.get(membership.pair.cohort_id)).at
    return to_utc(local_date(tx.now, membership.me.tz) + timedelta(days=1), at, membership.me.tz)


def _next(tx: Tx, membership: PairMembership, occurrence: Occurrence) -> datetime:
    return next_asked(
        tx, membership.pair, tx.cohorts.get(membership.pair.cohort_id), membership.me, occurrence.day
    )
