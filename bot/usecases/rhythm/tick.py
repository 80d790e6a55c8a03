"""What the calendar says is due: check-ins to plan, nudges to send or to close, consents to ask for again.

`Counts.next_due` names the same moments. A row that fails is logged and put off, and stops nobody else.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.domain.cohorts import CohortState
from bot.domain.errors import StoreUnavailable
from bot.domain.ids import ExperimentId
from bot.domain.nudges import (
    REMIND_WITHIN,
    Nudge,
    NudgeState,
    Occurrence,
    OccurrenceState,
    Ritual,
    reminder_at,
)
from bot.domain.pairs import Pair, PairState
from bot.domain.privacy import SYSTEM
from bot.domain.stored import Entity
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import born, enqueue_post, enqueue_update
from bot.usecases.programme.pairs_consent import consents_due, follow_up_consent, follow_up_later
from bot.usecases.rhythm.nudges import CHECK_IN, FOLLOW_UP, REMINDER, ask, plan_check_ins, settle

BATCH = 25  # small enough that a form sent meanwhile does not wait long for the database
PUT_OFF = timedelta(hours=1)

E = TypeVar("E", bound=Entity)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sweep(Generic[E]):
    """One kind of rows that fall due.

    Args:
        find: a batch of those that are due at a moment, for this transaction alone.
        act: deals with one, so that it is not due any more.
        put_off: makes one that fails due again at a later moment.
    """

    find: Callable[[Repositories, datetime], list[E]]
    act: Callable[[Repositories, E, datetime], object]
    put_off: Callable[[Repositories, E, datetime], object]


async def tick(deps: Deps) -> None:
    """Plan, send and close what the calendar says is due."""
    now = deps.clock.now()
    due = await deps.db.read(SYSTEM, lambda r: r.counts.next_due())
    if due is None or due > now:
        return
    await _sweep(deps, PLANNING, now)
    await _sweep(deps, SENDING, now)
    await _sweep(deps, EXPIRING, now)
    await _sweep(deps, CONSENTS, now)


async def _sweep(deps: Deps, sweep: Sweep[E], now: datetime) -> None:
    dealt = BATCH
    while dealt == BATCH:
        try:
            dealt = await deps.db.write(SYSTEM, lambda r: _together(r, sweep, now))
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("a batch of due rows failed and is dealt with one by one")
            dealt = await _one_by_one(deps, sweep, now)


def _together(repositories: Repositories, sweep: Sweep[E], now: datetime) -> int:
    rows = sweep.find(repositories, now)
    for row in rows:
        sweep.act(repositories, row, now)
    return len(rows)


async def _one_by_one(deps: Deps, sweep: Sweep[E], now: datetime) -> int:
    # Claimed rows are passed over by a write only.
    rows = await deps.db.write(SYSTEM, lambda r: sweep.find(r, now))
    for row in rows:
        await _alone(deps, sweep, row, now)
    return len(rows)


async def _alone(deps: Deps, sweep: Sweep[E], row: E, now: datetime) -> None:
    try:
        await deps.db.write(SYSTEM, lambda r: sweep.act(r, row, now))
    except StoreUnavailable:
        raise
    except Exception:
        log.exception("%s %s failed and is put off", type(row).__name__, row.id)
        await deps.db.write(SYSTEM, lambda r: sweep.put_off(r, row, now + PUT_OFF))


def _pairs_to_plan(repositories: Repositories, now: datetime) -> list[Pair]:
    return repositories.pairs.find(plan_at__upto=now, order="plan_at", limit=BATCH, claim=True)


def _plan_later(repositories: Repositories, pair: Pair, later: datetime) -> None:
    repositories.pairs.update(replace(pair, plan_at=later))


def _nudges_to_send(repositories: Repositories, now: datetime) -> list[Nudge]:
    return repositories.nudges.find(
        state=NudgeState.PLANNED, due_at__upto=now, order="due_at", limit=BATCH, claim=True
    )


def _send_later(repositories: Repositories, nudge: Nudge, later: datetime) -> None:
    repositories.nudges.update(replace(nudge, due_at=later, expires_at=max(nudge.expires_at, later)))


def _nudges_to_expire(repositories: Repositories, now: datetime) -> list[Nudge]:
    return repositories.nudges.find(
        state=NudgeState.SENT, expires_at__upto=now, order="expires_at", limit=BATCH, claim=True
    )


def _expire_later(repositories: Repositories, nudge: Nudge, later: datetime) -> None:
    repositories.nudges.update(replace(nudge, expires_at=later))


def _send(repositories: Repositories, nudge: Nudge, now: datetime) -> None:
    """Tell the member, in the transaction that notes it; or note why not."""
    occurrence = repositories.occurrences.get(nudge.occurrence_id)
    if nudge.expires_at <= now:
        _expire(repositories, nudge, now)
    elif occurrence.state is not OccurrenceState.OPEN or not _still_wanted(repositories, nudge):
        repositories.nudges.update(replace(nudge, state=NudgeState.SKIPPED))
        settle(repositories, occurrence, now)
    else:
        kind, subject = _said(occurrence, nudge)
        key, since = _key(repositories, occurrence, nudge), _first_due(repositories, nudge)
        enqueue_post(
            repositories, nudge.member_id, kind, subject, now=now, key=key, nudge=nudge.id, since=since
        )
        repositories.nudges.update(replace(nudge, state=NudgeState.SENT, sent_at=now))
        _plan_reminder(repositories, occurrence, nudge, now)


def _said(occurrence: Occurrence, nudge: Nudge) -> tuple[str, int]:
    """The kind of the message, and what it is about."""
    if occurrence.ritual is Ritual.FOLLOW_UP:
        return FOLLOW_UP, occurrence.source_id
    return (REMINDER if nudge.step else CHECK_IN), occurrence.id


def _key(repositories: Repositories, occurrence: Occurrence, nudge: Nudge) -> str:
    """The same in every copy of the database, for the question that is asked of this person on this occasion."""
    if occurrence.ritual is Ritual.FOLLOW_UP:
        source = born(
            occurrence.source_id, repositories.experiments.get(ExperimentId(occurrence.source_id)).created_at
        )
    else:
        source = born(nudge.pair_id, repositories.pairs.get(nudge.pair_id).asked_at)
    person = repositories.members.get(nudge.member_id).user_id
    return f"nudge:{occurrence.ritual}:{source}:{occurrence.key}:{person}:{nudge.step}:{nudge.snoozed}"


def _first_due(repositories: Repositories, nudge: Nudge) -> datetime:
    """When the occasion came. In a time that was lost, its reminder may have been sent as well."""
    nudges = repositories.nudges.find(occurrence_id=nudge.occurrence_id, member_id=nudge.member_id)
    return min(each.due_at for each in nudges)


def _still_wanted(repositories: Repositories, nudge: Nudge) -> bool:
    """Whether the pair and its cohort run, and the member is still there to learn in it."""
    pair = repositories.pairs.get(nudge.pair_id)
    cohort = repositories.cohorts.get(pair.cohort_id)
    membership = repositories.memberships.first(pair_id=pair.id, member_id=nudge.member_id, left_at=None)
    return (
        pair.state is PairState.ACTIVE
        and cohort.state is CohortState.ACTIVE
        and membership is not None
        and membership.role.learns
        and not repositories.members.get(nudge.member_id).is_deleted
    )


def _plan_reminder(repositories: Repositories, occurrence: Occurrence, nudge: Nudge, now: datetime) -> None:
    """The one reminder of a check-in, the day after."""
    if occurrence.ritual is Ritual.CHECK_IN and nudge.step == 0:
        member = repositories.members.get(nudge.member_id)
        due = reminder_at(nudge.due_at, now, member.tz)
        ask(repositories, occurrence, member.id, due, REMIND_WITHIN, step=1)


def _expire(repositories: Repositories, nudge: Nudge, now: datetime) -> None:
    """Nobody waits for it any more; its messages say so."""
    repositories.nudges.update(replace(nudge, state=NudgeState.EXPIRED))
    occurrence = settle(repositories, repositories.occurrences.get(nudge.occurrence_id), now)
    if occurrence.ritual is Ritual.CHECK_IN and occurrence.state is OccurrenceState.MISSED:
        for kind in (CHECK_IN, REMINDER):
            enqueue_update(repositories, kind, occurrence.id, now=now, version=occurrence.version)


PLANNING = Sweep(_pairs_to_plan, plan_check_ins, _plan_later)
SENDING = Sweep(_nudges_to_send, _send, _send_later)
EXPIRING = Sweep(_nudges_to_expire, _expire, _expire_later)
CONSENTS = Sweep(consents_due, follow_up_consent, follow_up_later)
