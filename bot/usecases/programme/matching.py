"""Matching a cohort: who is on its list, the best list of pairs over all of them, and how it stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.cadence import local_date
from bot.domain.cohorts import Cohort, CohortState, leads, named, require_running
from bot.domain.errors import CohortNeeded, NoCohort, NotAllowed
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.matching import (
    LeftOver,
    LineState,
    Matched,
    MatchGone,
    MatchLine,
    MatchRun,
    Room,
    Side,
    best_list,
    edition_of,
    room_of,
)
from bot.domain.matching_fits import (
    Candidate,
    week_hours,
)
from bot.domain.members import Member, unfit_reason
from bot.domain.pairs import LIVING, RUNNING, Membership
from bot.domain.pairs_circles import MOST_MENTEES
from bot.domain.profiles import CohortProfile, ProfileState
from bot.domain.working_life import numbers_of
from bot.ports import Tx
from bot.usecases.people.memberships_mentees import asked_to_mentor, count_mentees
from bot.usecases.people.pauses import away_now
from bot.usecases.programme.cohorts_led import led_by_me


@dataclass(frozen=True)
class ListCounts:
    """How many are on a cohort's list, by what they said."""

    listed: int = 0
    learn: int = 0
    mentor: int = 0
    invited: int = 0


@dataclass(frozen=True)
class MatchPage:
    """A cohort's list of matches as its lead reads it.

    Args:
        lines: who is proposed, the best first; then who was asked, then who is left.
        names: of everybody on it.
        competencies: what each is called now, by its id.
        changed: the ids of lines of which something changed since.
        agreed: the ids of lines whose two said yes, and are a pair now.
    """

    cohort: Cohort
    counts: ListCounts
    run: MatchRun | None = None
    lines: tuple[MatchLine, ...] = ()
    names: Mapping[MemberId, str] = field(default_factory=dict)
    competencies: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[int] = frozenset()
    agreed: frozenset[int] = frozenset()

    def in_state(self, state: LineState) -> tuple[MatchLine, ...]:
        return tuple(line for line in self.lines if line.state is state)


@dataclass(frozen=True)
class MatchPeople:
    """Everybody on a cohort's list as the solver sees them.

    Args:
        taught: who has a mentor in this cohort already.
        away: who is away now.
    """

    candidates: Mapping[MemberId, Candidate]
    taught: frozenset[MemberId]
    away: frozenset[MemberId]

    def is_free(self, mentor: MemberId, mentee: MemberId) -> bool:
        """Whether both are on the list, here, and have room for it."""
        known = mentor in self.candidates and mentee in self.candidates
        return known and mentee not in self.taught and not self.away & {mentor, mentee}

    def edition(self, line: MatchLine) -> str:
        """Of what these two rest on now; "" where one of them is not on the list any more."""
        one, other = line.mentor_id, line.mentee_id
        if one is None or other is None or not {one, other} <= self.candidates.keys():
            return ""
        return edition_of(self.candidates[one], self.candidates[other], free=self.is_free(one, other))


def see_matching(tx: Tx, cohort_id: int) -> MatchPage:
    """How it stands. Raises NotFound, and NotAllowed for who does not lead the cohort."""
    cohort = led_by_me(tx, cohort_id)
    profiles = tx.profiles.find(cohort_id=cohort.id)
    run = newest_run(tx, cohort.id)
    found = tx.match_lines.find(match_run_id=run.id) if run else []
    lines = sorted((line for line in found if line.state is not LineState.GONE), key=_in_order)
    named = {one for line in lines for one in (line.mentor_id, line.mentee_id) if one is not None}
    known = {one.id: one for one in tx.members.find(id={*named, *(each.member_id for each in profiles)})}
    counts = list_counts([each for each in profiles if not known[each.member_id].is_deleted])
    if run is None:
        return MatchPage(cohort, counts)
    people = match_people(tx, cohort, profiles)
    proposed = [line for line in lines if line.state is LineState.PROPOSED]
    return MatchPage(
        cohort,
        counts,
        run,
        tuple(lines),
        names={one: known[one].name for one in named},
        competencies={str(one.id): one.name for one in tx.competencies.find(cohort_id=cohort.id)},
        changed=frozenset(line.id for line in proposed if people.edition(line) != line.edition),
        agreed=frozenset(_agreed(tx, cohort, lines)),
    )


def _agreed(tx: Tx, cohort: Cohort, lines: Sequence[MatchLine]) -> Iterator[int]:
    """The lines whose two are a pair of this cohort now."""
    asked = [line for line in lines if line.state is LineState.ASKED]
    if not asked:
        return
    system = tx.as_system()
    running = [pair.id for pair in system.pairs.find(cohort_id=cohort.id, state=RUNNING)]
    inside: dict[PairId, set[MemberId | None]] = defaultdict(set)
    for one in system.memberships.find(pair_id=running, left_at=None):
        inside[one.pair_id].add(one.member_id)
    for line in asked:
        if any({line.mentor_id, line.mentee_id} <= people for people in inside.values()):
            yield line.id


def see_matching_of(tx: Tx, run_id: int) -> MatchPage:
    """The page of the cohort that a run is of. Raises NotFound, NotAllowed."""
    return see_matching(tx, tx.match_runs.get(run_id).cohort_id)


def cohort_to_match(tx: Tx, name: str) -> CohortId:
    """The cohort of this name, or the only one that I lead and that runs.

    Raises CohortNeeded, CohortUnknown, NoCohort, NotAllowed.
    """
    if name:
        return named(name, tx.cohorts.find()).id
    me = tx.members.get(tx.me)
    mine = [one for one in tx.cohorts.find(state=CohortState.ACTIVE) if leads(me, one)]
    if len(mine) > 1:
        raise CohortNeeded
    if not mine:
        raise NoCohort if me.is_admin else NotAllowed("lead")
    return mine[0].id


def make_matches(tx: Tx, cohort_id: int) -> CohortId:
    """The best list for whoever is there now, in place of the one before. Nobody is told. Raises like `led_by_me`."""
    cohort = led_by_me(tx, cohort_id, lock=True)
    require_running(cohort)
    people = match_people(tx, cohort)
    found = best_list(_room(people), people.away)
    run = tx.match_runs.insert(MatchRun(cohort.workspace_id, cohort.id, tx.me, tx.now))
    tx.match_lines.insert_all([line_for(run, one, people) for one in found.pairs])
    tx.match_lines.insert_all([left_line(run, one) for one in found.left])
    return cohort.id


def line_for(run: MatchRun, matched: Matched, people: MatchPeople) -> MatchLine:
    """A line of the list, with the edition of what it rests on."""
    mentor, mentee = people.candidates[matched.mentor], people.candidates[matched.mentee]
    edition = edition_of(mentor, mentee, free=people.is_free(mentor.id, mentee.id))
    own = (run.workspace_id, run.cohort_id, run.id)
    return MatchLine(*own, mentor.id, mentee.id, matched.fit.score, matched.fit.reasons, edition)


def left_line(run: MatchRun, left: LeftOver) -> MatchLine:
    """A line for one without a partner."""
    mentor, mentee = (None, left.id) if left.side is Side.LEARNS else (left.id, None)
    why = (left.why, *left.rules)
    return MatchLine(
        run.workspace_id, run.cohort_id, run.id, mentor, mentee, reasons=why, state=LineState.LEFT
    )


def newest_run(tx: Tx, cohort_id: CohortId) -> MatchRun | None:
    return tx.match_runs.first(cohort_id=cohort_id, order="-id")


def current_run(tx: Tx, run_id: int, *, lock: bool = True) -> MatchRun:
    """The run with this id while nothing has taken its place. Raises NotFound, NotAllowed, MatchGone."""
    run = tx.match_runs.get(run_id)
    led_by_me(tx, run.cohort_id, lock=lock)
    if newest_run(tx, run.cohort_id) != run:
        raise MatchGone
    return run


def current_line(tx: Tx, line_id: int, *, lock: bool = True) -> tuple[MatchRun, MatchLine]:
    """A line that is proposed on the newest list. NotFound, MatchGone where it is gone or of an older one."""
    line = tx.match_lines.get(line_id)
    if line.state is not LineState.PROPOSED:
        raise MatchGone
    return current_run(tx, line.match_run_id, lock=lock), line


def list_counts(profiles: Collection[CohortProfile]) -> ListCounts:
    """Counts of those who are on a list, or were invited."""
    listed = [one for one in profiles if one.state is ProfileState.LISTED]
    return ListCounts(
        listed=len(listed),
        learn=sum(bool(one.wants) for one in listed),
        mentor=sum(bool(one.cans) for one in listed),
        invited=sum(one.state in (ProfileState.INVITED, ProfileState.DRAFT) for one in profiles),
    )


def match_people(tx: Tx, cohort: Cohort, known: Collection[CohortProfile] | None = None) -> MatchPeople:
    """Everybody on the list, read as Pairloop itself: what is for the solver alone goes into no line.

    Args:
        known: the cohort's profiles, where they were read already.
    """
    system = tx.as_system()
    found = system.profiles.find(cohort_id=cohort.id) if known is None else known
    profiles = {one.member_id: one for one in found if one.state is ProfileState.LISTED}
    members = [one for one in system.members.find(id=list(profiles)) if not unfit_reason(one)]
    memberships = system.memberships.find(member_id=list(profiles))
    pairs = {one.id: one for one in system.pairs.find(id={each.pair_id for each in memberships})}
    inside = system.memberships.find(pair_id=list(pairs))
    together = _together(one for one in inside if pairs[one.pair_id].cohort_id == cohort.id)
    # Of another cohort its lead is to learn nothing, so pairs there rule two people out in silence.
    barred = _together(one for one in inside if pairs[one.pair_id].cohort_id != cohort.id)
    for wish in system.not_with.find(member_id=list(profiles)):
        barred[wish.member_id].add(wish.other_id)
    here = [
        one
        for one in memberships
        if one.left_at is None
        and pairs[one.pair_id].state in LIVING
        and pairs[one.pair_id].cohort_id == cohort.id
    ]
    asked = asked_to_mentor(tx, list(profiles))
    monday, mentees = _this_monday(tx), count_mentees(list(profiles), memberships, pairs.values(), asked)
    candidates = {
        one.id: _candidate_for(
            profiles[one.id],
            one,
            _places_for(profiles[one.id], here, mentees[one.id]),
            monday,
            frozenset(barred[one.id]),
            frozenset(together[one.id]),
        )
        for one in members
    }
    return MatchPeople(
        candidates,
        taught=frozenset(one.member_id for one in here if one.role.learns),
        away=frozenset(away_now(system, list(profiles))),
    )


def _room(people: MatchPeople) -> Room:
    return room_of(list(people.candidates.values()), people.taught)


def _this_monday(tx: Tx) -> date:
    today = local_date(tx.now, "UTC")
    return today - timedelta(days=today.weekday())


def _places_for(profile: CohortProfile, here: Sequence[Membership], mentees: int) -> int:
    """As many as they said for this cohort, and in all cohorts no more than one mentor may have."""
    mentored = sum(one.member_id == profile.member_id and one.role.mentors for one in here)
    return min(profile.capacity - mentored, MOST_MENTEES - mentees)


def _candidate_for(
    profile: CohortProfile,
    member: Member,
    places: int,
    monday: date,
    barred: frozenset[MemberId],
    together: frozenset[MemberId],
) -> Candidate:
    begin, end = member.quiet_from, member.quiet_to
    quiet = (begin, end) if begin is not None and end is not None else None
    return Candidate(
        member.id,
        wants=frozenset(profile.wants),
        cans=frozenset(profile.cans),
        places=places,
        languages=frozenset(profile.languages),
        likes=profile.likes,
        takes=profile.takes,
        gives=profile.gives,
        decides=profile.decides,
        values=frozenset(profile.values),
        hours=week_hours(numbers_of(member.working_days), quiet, member.tz, monday),
        manager=profile.manager_id,
        barred=barred,
        with_now=together,
        edition=profile.version,
    )


def _together(memberships: Iterable[Membership]) -> dict[MemberId, set[MemberId]]:
    """Who is or was in one of these pairs with whom, or was asked to be."""
    inside: dict[PairId, set[MemberId]] = defaultdict(set)
    for one in memberships:
        inside[one.pair_id].add(one.member_id)
    together: dict[MemberId, set[MemberId]] = defaultdict(set)
    for people in inside.values():
        for member in people:
            together[member] |= people - {member}
    return together


def _in_order(line: MatchLine) -> tuple[int, int, int]:
    return (list(LineState).index(line.state), -line.score, line.id)
