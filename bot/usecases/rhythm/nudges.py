"""Nudges: planned, moved and closed.

Every function here works inside the transaction of what caused it; `usecases.tick` sends what falls due. A planned
row is cheap: the coming check-in of a pair stands ready as soon as the one before it has been asked about.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.cadence import local_date, occurrence_at, to_utc
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import MemberId, PairId
from bot.domain.members import Member
from bot.domain.nudges import (
    ANSWER_WITHIN,
    FOLLOW_UP_WITHIN,
    OPEN_STATES,
    Nudge,
    NudgeState,
    Occurrence,
    OccurrenceState,
    Ritual,
    follow_up_at,
    follow_up_days,
    plan_rounds,
    round_for,
    round_of,
    state_of,
)
from bot.domain.pairs import Pair, PairState
from bot.ports import Repositories
from bot.usecases.delivery.outgoing import enqueue_update
from bot.usecases.programme.pairs import PairMembership

CHECK_IN, REMINDER, FOLLOW_UP = "checkin.ask", "checkin.remind", "result.ask"

SETTLED = timedelta(hours=2)  # a nudge this close is not moved when somebody changes zones
NEWEST = 20  # enough nudges to know the last two rounds of a pair


# Experiments


def plan_follow_ups(
    repositories: Repositories, experiment: Experiment, membership: PairMembership, now: datetime
) -> None:
    """Plan, or move, the questions how the mentee's experiment went. Repeating it changes nothing."""
    cohort = repositories.cohorts.get(membership.pair.cohort_id)
    wanted, today = follow_up_days(experiment, membership.me.tz), local_date(now, membership.me.tz)
    known = {occurrence.key: occurrence for occurrence in _follow_ups(repositories, experiment)}
    for key in known.keys() - wanted.keys():
        _close(repositories, known[key], None, NudgeState.SKIPPED, now)
    for key, day in wanted.items():
        if key in known and known[key].day == day and (_stands(known[key]) or day < today):
            continue
        due = follow_up_at(day, cohort.at, membership.me.tz, now)
        if key in known:
            _move(repositories, replace(known[key], day=day), due)
        else:
            occurrence = Occurrence(
                experiment.workspace_id, experiment.pair_id, Ritual.FOLLOW_UP, experiment.id, key, day
            )
            ask(
                repositories,
                repositories.occurrences.insert(occurrence),
                membership.me.id,
                due,
                FOLLOW_UP_WITHIN,
            )


def cancel_follow_ups(repositories: Repositories, experiment: Experiment, now: datetime) -> None:
    """Ask no more: the result was told, or the experiment was let go."""
    dropped = experiment.state is ExperimentState.DROPPED
    for occurrence in _follow_ups(repositories, experiment):
        _close(repositories, occurrence, None, NudgeState.SKIPPED if dropped else NudgeState.ANSWERED, now)


def _stands(occurrence: Occurrence) -> bool:
    """Whether it is still to be asked about; what was closed with an experiment that is taken up again is not."""
    return occurrence.state is OccurrenceState.OPEN


def _follow_ups(repositories: Repositories, experiment: Experiment) -> list[Occurrence]:
    return repositories.occurrences.find(
        pair_id=experiment.pair_id, ritual=Ritual.FOLLOW_UP, source_id=experiment.id
    )


def _move(repositories: Repositories, occurrence: Occurrence, due: datetime) -> None:
    """Ask at another time; what was sent already is asked once more then."""
    repositories.occurrences.update(replace(occurrence, state=OccurrenceState.OPEN, closed_at=None))
    for nudge in repositories.nudges.find(occurrence_id=occurrence.id):
        put_off(repositories, nudge, due, due + FOLLOW_UP_WITHIN)


# Check-ins


def start_check_ins(repositories: Repositories, pair: Pair, now: datetime) -> Pair:
    """Begin to plan check-ins for a pair that became active; returns the pair as it was kept."""
    return plan_check_ins(repositories, replace(pair, plan_at=now), now)


def stop_check_ins(repositories: Repositories, pair: Pair) -> Pair:
    """Plan no more, and forget what was planned and has not come yet; returns the pair as it was kept."""
    planned = repositories.nudges.find(pair_id=pair.id, state=NudgeState.PLANNED, step=0)
    coming = repositories.occurrences.find(
        id=[nudge.occurrence_id for nudge in planned], ritual=Ritual.CHECK_IN, state=OccurrenceState.OPEN
    )
    for occurrence in coming:
        nudges = repositories.nudges.find(occurrence_id=occurrence.id)
        if all(nudge.state is NudgeState.PLANNED and not nudge.snoozed for nudge in nudges):
            for nudge in nudges:
                repositories.nudges.delete(nudge)
            repositories.occurrences.delete(occurrence)
    return repositories.pairs.update(replace(pair, plan_at=None))


def replan_cohort(repositories: Repositories, cohort: Cohort, now: datetime) -> None:
    """Bring the coming check-ins of all pairs in step with the cohort: its rhythm or its state has changed."""
    for pair in repositories.pairs.find(cohort_id=cohort.id, state=PairState.ACTIVE):
        stopped = stop_check_ins(repositories, pair)
        if cohort.state is CohortState.ACTIVE:
            start_check_ins(repositories, stopped, now)


def close_check_in(
    repositories: Repositories,
    pair_id: PairId,
    member_id: MemberId | None,
    state: OccurrenceState,
    now: datetime,
    occurrence: Occurrence | None = None,
) -> Occurrence | None:
    """Mark the round as answered or skipped by this member (None: by everyone), and remind of it no more.

    Args:
        occurrence: which round; by default the one that an answer given now belongs to.

    Returns the round as it was kept, None where the pair has none.
    """
    found = occurrence or current_round(repositories, pair_id, member_id, now)
    if found is None:
        return None
    ended = NudgeState.ANSWERED if state is OccurrenceState.ANSWERED else NudgeState.SKIPPED
    kept = _close(repositories, found, member_id, ended, now)
    for kind in (CHECK_IN, REMINDER):
        enqueue_update(repositories, kind, kept.id, now=now, version=kept.version)
    return kept


def current_round(
    repositories: Repositories, pair_id: PairId, member_id: MemberId | None, now: datetime
) -> Occurrence | None:
    """The check-in that an answer given now by this member belongs to (see `round_for`), None if there is none."""
    who: dict[str, Any] = {} if member_id is None else {"member_id": member_id}
    newest = repositories.nudges.find(pair_id=pair_id, order="-id", limit=NEWEST, **who)
    rounds = repositories.occurrences.find(
        id={nudge.occurrence_id for nudge in newest}, ritual=Ritual.CHECK_IN, order="-day", limit=2
    )
    return round_for([round_of(o, [n for n in newest if n.occurrence_id == o.id], now) for o in rounds], now)


def plan_check_ins(repositories: Repositories, pair: Pair, now: datetime) -> Pair:
    """Plan what is due to be planned for a pair whose rounds up to `plan_at` are planned."""
    cohort = repositories.cohorts.get(pair.cohort_id)
    learners = _learners(repositories, pair)
    running = pair.state is PairState.ACTIVE and cohort.state is CohortState.ACTIVE
    if not running or not learners or pair.plan_at is None:
        return repositories.pairs.update(replace(pair, plan_at=None))
    rounds = plan_rounds(cohort.cadence, {member.tz for member in learners}, pair.plan_at, now)
    for day in (*rounds.missed, *rounds.live):
        occurrence = _occurrence(repositories, pair, day)
        for member in learners if day in rounds.live else ():
            due = occurrence_at(cohort.cadence, day, member.tz)
            if due > pair.plan_at and due + ANSWER_WITHIN > now:
                ask(repositories, occurrence, member.id, due, ANSWER_WITHIN)
        settle(repositories, occurrence, now)
    return repositories.pairs.update(replace(pair, plan_at=rounds.planned_upto))


def _learners(repositories: Repositories, pair: Pair) -> list[Member]:
    memberships = repositories.memberships.find(pair_id=pair.id, left_at=None)
    return repositories.members.find(id=[p.member_id for p in memberships if p.role.learns], is_deleted=False)


def _occurrence(repositories: Repositories, pair: Pair, day: date) -> Occurrence:
    key = day.isoformat()
    known = repositories.occurrences.first(pair_id=pair.id, ritual=Ritual.CHECK_IN, source_id=0, key=key)
    return known or repositories.occurrences.insert(
        Occurrence(pair.workspace_id, pair.id, Ritual.CHECK_IN, 0, key, day)
    )


# People who move


def replan_member(repositories: Repositories, member: Member, now: datetime) -> None:
    """Move what is planned to the member's new time zone, unless it is due within two hours or was put off by hand."""
    planned = repositories.nudges.find(
        member_id=member.id, state=NudgeState.PLANNED, snoozed=0, due_at__since=now + SETTLED
    )
    for nudge in planned:
        occurrence = repositories.occurrences.get(nudge.occurrence_id)
        cohort = repositories.cohorts.get(repositories.pairs.get(nudge.pair_id).cohort_id)
        due = to_utc(occurrence.day + timedelta(days=nudge.step), cohort.at, member.tz)
        repositories.nudges.update(
            replace(nudge, due_at=due, expires_at=nudge.expires_at + (due - nudge.due_at))
        )


# One nudge


def put_off(repositories: Repositories, nudge: Nudge, due: datetime, expires: datetime) -> Nudge:
    """Ask at another time, in a message of its own if it was asked before."""
    again = nudge.snoozed + (nudge.sent_at is not None)
    return repositories.nudges.update(
        replace(nudge, state=NudgeState.PLANNED, due_at=due, expires_at=expires, snoozed=again)
    )


def ask(
    repositories: Repositories,
    occurrence: Occurrence,
    member_id: MemberId,
    due: datetime,
    within: timedelta,
    step: int = 0,
) -> None:
    """Plan a nudge, unless there is one for this occurrence, member and step."""
    known = repositories.nudges.first(occurrence_id=occurrence.id, member_id=member_id, step=step)
    if known is None:
        repositories.nudges.insert(
            Nudge(
                occurrence.workspace_id,
                occurrence.pair_id,
                occurrence.id,
                member_id,
                step,
                due_at=due,
                expires_at=due + within,
            )
        )


def _close(
    repositories: Repositories,
    occurrence: Occurrence,
    member_id: MemberId | None,
    ended: NudgeState,
    now: datetime,
) -> Occurrence:
    """End the nudges of one member, or of all, as `ended`; a reminder that was not sent is skipped."""
    who: dict[str, Any] = {} if member_id is None else {"member_id": member_id}
    for nudge in repositories.nudges.find(occurrence_id=occurrence.id, **who):
        if nudge.step == 0 and nudge.state is not NudgeState.ANSWERED:
            repositories.nudges.update(replace(nudge, state=ended))
        elif nudge.state in OPEN_STATES:
            state = ended if nudge.state is NudgeState.SENT else NudgeState.SKIPPED
            repositories.nudges.update(replace(nudge, state=state))
    return settle(repositories, occurrence, now)


def settle(repositories: Repositories, occurrence: Occurrence, now: datetime) -> Occurrence:
    """Keep what became of the occurrence now that its nudges have changed."""
    state = state_of(nudge.state for nudge in repositories.nudges.find(occurrence_id=occurrence.id))
    closed_at = None if state is OccurrenceState.OPEN else occurrence.closed_at or now
    return repositories.occurrences.update(replace(occurrence, state=state, closed_at=closed_at))
