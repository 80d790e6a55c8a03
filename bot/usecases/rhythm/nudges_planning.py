"""Rounds of check-ins: planned ahead for many pairs at once, stopped, and moved with the people who are asked in them.

Every function here works inside the transaction of what caused it. The coming check-in of a pair stands ready as soon
as the one before it has been asked about.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.domain.cadence import to_utc
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.members import Member
from bot.domain.nudges import (
    ANSWER_WITHIN,
    RULES,
    Nudge,
    NudgeState,
    Occurrence,
    OccurrenceState,
    OnMove,
    OnPause,
    Ritual,
    settled,
)
from bot.domain.pairs import Pair, PairState
from bot.domain.rhythms import rhythm_of
from bot.domain.rounds import heads_up_at
from bot.ports import Tx
from bot.usecases.people.working_life import life_of, open_from
from bot.usecases.rhythm.digests_planning import replan_digest
from bot.usecases.rhythm.nudges import nudge_for, settle_all
from bot.usecases.rhythm.nudges_calendar import Calendar, calendar_of, calendars_of
from bot.usecases.rhythm.nudges_gate import key_of
from bot.usecases.rhythm.nudges_left_out import (
    LeftOut,
    forget_coming,
    forget_held,
    left_out_of,
    note_left_out,
    plans_to_leave_out,
)

FORGOTTEN = tuple(ritual for ritual, rules in RULES.items() if rules.on_pause is OnPause.FORGET)
SETTLED = timedelta(hours=2)  # a nudge this close is not moved when somebody changes zones
Asked = Mapping[date, Mapping[MemberId, datetime]]  # by the nominal date of the round, who is asked when


@dataclass(frozen=True)
class Planned:
    """A pair as it is once its rounds are planned, these rounds, and those in which somebody is not asked."""

    pair: Pair
    asked: Asked = field(default_factory=dict)
    left_out: Sequence[LeftOut] = ()


def start_check_ins(tx: Tx, pair: Pair, since: datetime | None = None) -> Pair:
    """Begin to plan check-ins for a pair that became active; returns the pair as it was kept.

    Args:
        since: from when on nothing is planned any more, where that is not now.
    """
    [kept] = plan_check_ins(tx, [replace(pair, plan_at=since or tx.now)])
    return kept


def stop_check_ins(tx: Tx, pair: Pair) -> Pair:
    """Plan no more, and forget what was planned and has not come yet; returns the pair as it was kept."""
    for occurrence, nudges in _forgotten(tx, pair):
        forget_held(tx, [key_of(nudge) for nudge in nudges])
        for nudge in nudges:
            tx.nudges.delete(nudge)
        tx.occurrences.delete(occurrence)
    forget_coming(tx, pair)
    return tx.pairs.update(replace(pair, plan_at=None))


def _forgotten(tx: Tx, pair: Pair) -> list[tuple[Occurrence, list[Nudge]]]:
    """What is planned and has asked nobody yet, with what was to ask."""
    planned = tx.nudges.find(pair_id=pair.id, state=NudgeState.PLANNED, step=0)
    coming = tx.occurrences.find(
        id=[nudge.occurrence_id for nudge in planned], ritual=FORGOTTEN, state=OccurrenceState.OPEN
    )
    asking = [(occurrence, tx.nudges.find(occurrence_id=occurrence.id)) for occurrence in coming]
    return [
        (occurrence, nudges)
        for occurrence, nudges in asking
        if all(nudge.state is NudgeState.PLANNED and not nudge.snoozed for nudge in nudges)
    ]


def replan_cohort(tx: Tx, cohort: Cohort) -> None:
    """Bring the coming check-ins of all pairs in step with the cohort: its rhythm or its state has changed."""
    for pair in tx.pairs.find(cohort_id=cohort.id, state=PairState.ACTIVE):
        replan_pair(tx, pair)


def plan_check_ins(tx: Tx, pairs: Sequence[Pair]) -> list[Pair]:
    """Plan what is due to be planned for pairs whose rounds up to their `plan_at` are planned; returns them as kept.

    What it asks of the database does not grow with the pairs.
    """
    calendars = _calendars(tx, [pair for pair in pairs if pair.state is PairState.ACTIVE])
    planned = [_with_rounds(pair, calendars.get(pair.id), tx.now) for pair in pairs]
    _keep(tx, {one.pair.id: one for one in planned}, calendars)
    return tx.pairs.update_all([one.pair for one in planned])


def _with_rounds(pair: Pair, calendar: Calendar | None, now: datetime) -> Planned:
    """What is planned now; a pair that rests has no calendar."""
    since = pair.plan_at
    if calendar is None or since is None:
        return Planned(replace(pair, plan_at=None))
    rounds = calendar.rounds(since, now)
    asked = {day: _asked_in(calendar, day, since, now) for day in rounds.live}
    return Planned(
        replace(pair, plan_at=rounds.planned_upto),
        {**{day: {} for day in rounds.missed}, **asked},
        left_out_of(pair, calendar, rounds, since, now),
    )


def _asked_in(calendar: Calendar, day: date, since: datetime, now: datetime) -> dict[MemberId, datetime]:
    moments = {member: calendar.asked(member, day) for member in calendar.people}
    return {
        member: due
        for member, due in moments.items()
        if due is not None and due > since and due + ANSWER_WITHIN > now
    }


def _keep(tx: Tx, planned: Mapping[PairId, Planned], calendars: Mapping[PairId, Calendar]) -> None:
    """Begin the occasions that are not there yet, and ask whom nothing asks in them yet."""
    left_out = [each for one in planned.values() for each in one.left_out]
    days = {day for one in planned.values() for day in one.asked} | {each.day for each in left_out}
    keys = {day.isoformat() for day in days}
    near = tx.occurrences.find(pair_id=list(planned), ritual=Ritual.CHECK_IN, source_id=0, key=keys)
    found = [each for each in near if each.day in planned[each.pair_id].asked]
    known = {(each.pair_id, each.key) for each in found}
    begun = [
        settled(_check_in(one.pair, day), [NudgeState.PLANNED] * len(one.asked[day]), tx.now)
        for one in planned.values()
        for day in one.asked
        if (one.pair.id, day.isoformat()) not in known
    ]
    occurrences = [*found, *tx.occurrences.insert_all(begun)]
    nudges = tx.nudges.find(occurrence_id=[each.id for each in near], step=0)
    there = {(nudge.occurrence_id, nudge.member_id) for nudge in nudges}
    tx.nudges.insert_all(
        replace(
            nudge_for(occurrence, member, due),
            heads_up_at=calendars[occurrence.pair_id].heads_up(member, due, tx.now),
        )
        for occurrence in occurrences
        for member, due in planned[occurrence.pair_id].asked[occurrence.day].items()
        if (occurrence.id, member) not in there
    )
    settle_all(tx, found)
    rounds = {each.id: (each.pair_id, each.day) for each in near}
    note_left_out(tx, left_out, {(*rounds[occurrence], member) for occurrence, member in there})


def _check_in(pair: Pair, day: date) -> Occurrence:
    return Occurrence(pair.workspace_id, pair.id, Ritual.CHECK_IN, 0, day.isoformat(), day)


def _calendars(tx: Tx, pairs: Sequence[Pair]) -> dict[PairId, Calendar]:
    """The calendars of those of these pairs in which somebody is asked, in a cohort that runs."""
    running = {one.id: one for one in _cohorts(tx, {pair.cohort_id for pair in pairs})}
    learners = _learners(tx, [pair for pair in pairs if pair.cohort_id in running])
    asked = {
        pair.id: (pair, running[pair.cohort_id], learners[pair.id]) for pair in pairs if learners.get(pair.id)
    }
    since = min((pair.plan_at for pair in pairs if pair.plan_at is not None), default=tx.now)
    return dict(zip(asked, calendars_of(tx, list(asked.values()), since), strict=True))


def _cohorts(tx: Tx, ids: set[CohortId]) -> list[Cohort]:
    return tx.cohorts.find(id=ids, state=CohortState.ACTIVE)


def _learners(tx: Tx, pairs: Sequence[Pair]) -> dict[PairId, list[Member]]:
    asks = RULES[Ritual.CHECK_IN].asks
    memberships = tx.memberships.find(pair_id=[pair.id for pair in pairs], left_at=None)
    asked = [one for one in memberships if asks(one.role)]
    members = {one.id: one for one in tx.members.find(id={one.member_id for one in asked}, is_deleted=False)}
    learners: dict[PairId, list[Member]] = defaultdict(list)
    for one in asked:
        if one.member_id in members:
            learners[one.pair_id].append(members[one.member_id])
    return learners


# People who move, or work at other times


def replan_member(tx: Tx, member: Member) -> None:
    """Move what is planned to the member's new time zone, unless it is due within two hours or was put off by hand."""
    for nudge, occurrence in _movable(tx, member):
        if RULES[occurrence.ritual].on_move is OnMove.FOLLOW:
            due = _due_anew(tx, member, nudge, occurrence)
            moved = replace(nudge, due_at=due, expires_at=nudge.expires_at + (due - nudge.due_at))
            if nudge.heads_up_at is not None:
                life = life_of(tx, member, tx.now)
                moved = replace(moved, heads_up_at=heads_up_at(life, member.tz, due, tx.now))
            tx.nudges.update(moved)
    for pair in tx.pairs.find(id=plans_to_leave_out(tx, member.id), state=PairState.ACTIVE):
        _leave_out_anew(tx, pair)
    replan_digest(tx, member.id)


def _leave_out_anew(tx: Tx, pair: Pair) -> None:
    """The rounds that are to be left out come at another hour; what is planned stays."""
    calendar = _calendars(tx, [replace(pair, plan_at=tx.now)]).get(pair.id)
    forget_coming(tx, pair)
    if calendar is not None:
        rounds = calendar.rounds(tx.now, tx.now)
        note_left_out(tx, left_out_of(pair, calendar, rounds, tx.now, tx.now), ())


def replan_working_life(tx: Tx, member: Member) -> None:
    """Bring what is planned in step with when the member works now; the same is left as it is."""
    replan_member(tx, member)
    pairs = [one.pair_id for one in tx.memberships.find(member_id=member.id, left_at=None)]
    for pair in tx.pairs.find(id=pairs, state=PairState.ACTIVE):
        if member in _learners(tx, [pair])[pair.id]:
            replan_pair(tx, pair)


def replan_pair(tx: Tx, pair: Pair) -> None:
    """Plan the coming check-ins of a pair anew; what was asked already stays asked, and is not asked again."""
    begun = [_day_began(tx, occurrence, nudges) for occurrence, nudges in _forgotten(tx, pair)]
    stopped = stop_check_ins(tx, pair)
    if tx.cohorts.get(pair.cohort_id).state is CohortState.ACTIVE:
        start_check_ins(tx, stopped, min([tx.now, pair.plan_at or tx.now, *begun]))


def _day_began(tx: Tx, occurrence: Occurrence, nudges: Sequence[Nudge]) -> datetime:
    """When the day began of a round that nobody was asked in yet; it may have moved since, and is not lost."""
    people = tx.members.find(id={nudge.member_id for nudge in nudges})
    return min([tx.now, *(to_utc(occurrence.day, time(), person.tz) for person in people)])


def _movable(tx: Tx, member: Member) -> list[tuple[Nudge, Occurrence]]:
    planned = tx.nudges.find(
        member_id=member.id, state=NudgeState.PLANNED, snoozed=0, due_at__since=tx.now + SETTLED
    )
    return [(nudge, tx.occurrences.get(nudge.occurrence_id)) for nudge in planned]


def _due_anew(tx: Tx, member: Member, nudge: Nudge, occurrence: Occurrence) -> datetime:
    """When a nudge is due on the calendar that its member has now, by the rules by which it was planned."""
    pair = tx.pairs.get(nudge.pair_id)
    cohort = tx.cohorts.get(pair.cohort_id)
    if occurrence.ritual is Ritual.CHECK_IN and nudge.step == 0:
        moved = calendar_of(tx, pair, cohort, [member], tx.now).asked(member.id, occurrence.day)
        if moved is not None:
            return moved
    due = to_utc(occurrence.day + timedelta(days=nudge.step), rhythm_of(pair, cohort).at, member.tz)
    return open_from(tx, member.id, due)
