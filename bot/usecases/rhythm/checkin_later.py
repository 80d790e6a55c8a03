"""Putting a check-in off, or skipping it: for an hour, until tomorrow, to a moment of one's own, or for good."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

from bot.domain.cadence import local_date, next_date, occurrence_at, to_utc
from bot.domain.checkins import REASON_LIMIT, Later
from bot.domain.errors import AlreadySettled, ChoiceMissing, DateInPast, DateTooLate
from bot.domain.ids import MemberId, OccurrenceId
from bot.domain.nudges import OPEN_STATES, REMIND_WITHIN, Nudge, NudgeState, Occurrence, OccurrenceState
from bot.domain.privacy import Viewer
from bot.domain.texts import Text, clean
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.programme.pairs import PairMembership
from bot.usecases.rhythm.checkins import learning_place, require_current
from bot.usecases.rhythm.nudges import CHECK_IN, REMINDER, close_check_in, put_off

SKIPPED = "checkin.skipped"
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


async def open_later_form(
    deps: Deps, viewer: Viewer, member: MemberId, occurrence_id: OccurrenceId
) -> LaterForm:
    """The small form behind *Later*. Raises NotFound, NotAllowed, RoundOver, AlreadySettled (it was answered)."""
    now = deps.clock.now()

    def read(repositories: Repositories) -> LaterForm:
        occurrence = repositories.occurrences.get(occurrence_id)
        membership = _membership(repositories, occurrence, member, now)
        _asked(repositories, occurrence, member)
        mentors = membership.mentor_names
        return LaterForm(occurrence, mentors, _tomorrow(repositories, membership, now))

    return await deps.db.read(viewer, read)


async def put_check_in_off(
    deps: Deps, viewer: Viewer, member: MemberId, command: PutOff, *, key: str
) -> OccurrenceId:
    """Ask again at the chosen moment, or skip this round.

    Raises NotFound, NotAllowed, RoundOver, AlreadySettled, ChoiceMissing, DateInPast, DateTooLate, TextTooLong.
    """
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _put_off(r, member, command, now), idempotency_key=key)


def _put_off(repositories: Repositories, member: MemberId, command: PutOff, now: datetime) -> OccurrenceId:
    occurrence = repositories.occurrences.get(command.occurrence_id, lock=True)
    membership = _membership(repositories, occurrence, member, now)
    nudge = _asked(repositories, occurrence, member)
    if command.later is Later.SKIP:
        _skip(repositories, membership, occurrence, nudge, command.reason, now)
        return occurrence.id
    due = _moment(repositories, membership, occurrence, command, now)
    for waiting in repositories.nudges.find(
        occurrence_id=occurrence.id, member_id=member, step=1, state=NudgeState.PLANNED
    ):
        repositories.nudges.update(replace(waiting, state=NudgeState.SKIPPED))
    put_off(repositories, nudge, due, min(due + REMIND_WITHIN, _next(repositories, membership, occurrence)))
    kept = repositories.occurrences.update(occurrence)
    for kind in (CHECK_IN, REMINDER):
        enqueue_update(repositories, kind, kept.id, now=now, version=kept.version)
    return kept.id


def _membership(
    repositories: Repositories, occurrence: Occurrence, member: MemberId, now: datetime
) -> PairMembership:
    membership = learning_place(repositories, occurrence, member)
    require_current(repositories, occurrence, member, now)
    return membership


def _asked(repositories: Repositories, occurrence: Occurrence, member: MemberId) -> Nudge:
    """The newest message about this round that waits for an answer; AlreadySettled if none does."""
    nudges = repositories.nudges.find(occurrence_id=occurrence.id, member_id=member, order="-step")
    asked = [nudge for nudge in nudges if nudge.state in OPEN_STATES and nudge.sent_at is not None]
    if not asked:
        raise AlreadySettled
    return asked[0]


def _skip(
    repositories: Repositories,
    membership: PairMembership,
    occurrence: Occurrence,
    nudge: Nudge,
    reason: str,
    now: datetime,
) -> None:
    """A reason is for the mentor to read; without one there is nothing to tell."""
    kept = repositories.nudges.update(replace(nudge, reason=clean(reason, REASON_LIMIT, "reason")))
    close_check_in(
        repositories, membership.pair.id, membership.me.id, OccurrenceState.SKIPPED, now, occurrence
    )
    if kept.reason:
        for mentor in membership.mentors:
            enqueue_post(repositories, mentor.id, SKIPPED, kept.id, now=now)


def _moment(
    repositories: Repositories,
    membership: PairMembership,
    occurrence: Occurrence,
    command: PutOff,
    now: datetime,
) -> datetime:
    """The chosen moment, which must lie before the next round."""
    match command.later:
        case Later.HOUR:
            chosen = now + HOUR
        case Later.TOMORROW:
            chosen = _tomorrow(repositories, membership, now)
        case _:
            chosen = _picked(membership, command, now)
    following = _next(repositories, membership, occurrence)
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


def _tomorrow(repositories: Repositories, membership: PairMembership, now: datetime) -> datetime:
    """Tomorrow at the time of the cohort, on the member's own clock."""
    at = repositories.cohorts.get(membership.pair.cohort_id).at
    return to_utc(local_date(now, membership.me.tz) + timedelta(days=1), at, membership.me.tz)


def _next(repositories: Repositories, membership: PairMembership, occurrence: Occurrence) -> datetime:
    cadence = repositories.cohorts.get(membership.pair.cohort_id).cadence
    return occurrence_at(cadence, next_date(cadence, occurrence.day), membership.me.tz)
