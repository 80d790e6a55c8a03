"""Bringing two people together: who may, in which cohort, and what both will be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.audit import AuditEntry
from bot.domain.cadence import Cadence, Weeks, local_date
from bot.domain.cohorts import Cohort, CohortState, anchor_for, leads, named, require_running, same_name
from bot.domain.errors import CohortNeeded, CohortNotRunning, NoCohort, NotAllowed, PairExists, PersonUnfit
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.members import Member, require_fit
from bot.domain.pairs import LIVING, Consent, Membership, Pair, PairKind, Role, reason_of, reminder_at
from bot.domain.pairs_circles import CircleFull, has_room
from bot.ports import Tx
from bot.usecases.people.memberships_mentees import mentees_of
from bot.usecases.programme.pairs_consent import ask_consent

# The rhythm of the ready-made cohort for teams without admins; whoever leads it may change it.
OPEN_RULE, OPEN_AT = Weeks(every=2, weekday=1), time(10)


@dataclass(frozen=True)
class ProposePair:
    """Two Slack user ids, and the cohort by the name that was typed or by the id that was chosen.

    Of peers, `mentor` and `mentee` are the one and the other.
    """

    mentor: str
    mentee: str
    cohort_name: str = ""
    cohort_id: CohortId | None = None
    reason: str = ""
    kind: PairKind = PairKind.MENTORING


@dataclass(frozen=True)
class Proposal:
    """What both will be asked; `cohort` is None where the open cohort has yet to be made."""

    mentor: Member
    mentee: Member
    cohort: Cohort | None
    cadence: Cadence
    reason: str = ""
    kind: PairKind = PairKind.MENTORING


@dataclass(frozen=True)
class AskPair:
    """A proposal that was confirmed; `open_name` is what the open cohort is called if it has yet to be made."""

    mentor: MemberId
    mentee: MemberId
    cohort_id: CohortId | None
    open_name: str
    reason: str = ""
    kind: PairKind = PairKind.MENTORING


@dataclass(frozen=True)
class PairForm:
    """What the form needs to open: the cohorts to choose from, and what is known already (Slack ids)."""

    cohorts: tuple[Cohort, ...]
    mentor: str = ""
    mentee: str = ""
    cohort_id: CohortId | None = None
    reason: str = ""
    kind: PairKind = PairKind.MENTORING


def open_pair_form(tx: Tx, given: ProposePair) -> PairForm:
    """The form with what was said so far. Raises NotAllowed, NoCohort."""
    me = tx.members.get(tx.me)
    cohorts = _open_to(me, tx.cohorts.find(), myself=True)
    if not cohorts:
        _require_open(me, tx.cohorts.find(), open_pairing=tx.policy.open_pairing)
    return PairForm(tuple(cohorts), given.mentor, given.mentee, given.cohort_id, given.reason, given.kind)


def propose_pair(tx: Tx, command: ProposePair, mentor: Member, mentee: Member) -> Proposal:
    """Check the two, whom Slack has just described, and the cohort, and show what both will be asked.

    Raises PersonUnfit, PairExists, CircleFull, CohortUnknown, CohortNeeded, CohortNotRunning, NoCohort, NotAllowed,
    TextTooLong.
    """
    reason = reason_of(command.reason)
    me = tx.members.get(tx.me)
    myself = tx.me in (mentor.id, mentee.id)
    cohort = cohort_for(tx, me, command, myself=myself, open_pairing=tx.policy.open_pairing)
    require_two(mentor, mentee, me)
    require_new(tx, mentor.id, mentee.id)
    if command.kind is PairKind.MENTORING:
        require_room(tx, mentor)
    cadence = cohort.cadence if cohort else _open_cadence(me, tx.now)
    return Proposal(mentor, mentee, cohort, cadence, reason, command.kind)


def ask_pair(tx: Tx, command: AskPair) -> PairId:
    """Ask both. Whoever asks for themselves has said yes by that. Raises like `propose_pair`."""
    # Both are locked in one order, so that two who ask at once cannot both find them free.
    found = {id_: tx.members.get(id_, lock=True) for id_ in sorted({command.mentor, command.mentee})}
    mentor, mentee = found[command.mentor], found[command.mentee]
    me = tx.members.get(tx.me)
    require_two(mentor, mentee, me)
    require_fit(mentor, "mentor")
    require_fit(mentee, "mentee")
    meant = ProposePair(mentor.user_id, mentee.user_id, cohort_id=command.cohort_id)
    cohort = cohort_for(
        tx, me, meant, myself=tx.me in (mentor.id, mentee.id), open_pairing=tx.policy.open_pairing
    )
    require_new(tx, mentor.id, mentee.id)
    cohort = cohort or _open_cohort(tx, me, command.open_name)
    people = list(zip((mentor, mentee), command.kind.roles, strict=True))
    return start_asking(tx, cohort, people, me, reason=command.reason)


def cohort_for(
    tx: Tx, me: Member, command: ProposePair, *, myself: bool, open_pairing: bool
) -> Cohort | None:
    """The cohort that is meant, None for the open one that has yet to be made."""
    cohorts = tx.cohorts.find()
    if command.cohort_id is not None or command.cohort_name:
        id_, name = command.cohort_id, command.cohort_name
        chosen = tx.cohorts.get(id_) if id_ is not None else named(name, cohorts)
        if not _may_pair(me, chosen, myself=myself):
            raise NotAllowed("lead")
        require_running(chosen)
        return chosen
    candidates = _open_to(me, cohorts, myself=myself)
    if not candidates:
        _require_open(me, cohorts, open_pairing=open_pairing and myself)
        return None
    if len(candidates) > 1:
        raise CohortNeeded(field="cohort")
    return candidates[0]


def require_two(mentor: Member, mentee: Member, me: Member | None) -> None:
    """Raise PersonUnfit unless these are two people."""
    if mentor.id == mentee.id:
        reason = "yourself" if me is not None and me.id == mentor.id else "same"
        raise PersonUnfit(reason, mentor.name, field="mentee")


def require_new(tx: Tx, one: MemberId, other: MemberId) -> None:
    """Raise PairExists if the two are a pair or were asked, in whatever cohort and order."""
    # Whoever asks need not know that the two are a pair elsewhere, and learns no more than that they are.
    everything = tx.as_system()
    ones, others = (
        {membership.pair_id for membership in everything.memberships.find(member_id=member, left_at=None)}
        for member in (one, other)
    )
    if everything.pairs.count(id=ones & others, state=LIVING):
        raise PairExists


def require_room(tx: Tx, mentor: Member) -> None:
    """Raise CircleFull for who has as many mentees as one mentor may have."""
    if not has_room(mentees_of(tx, [mentor.id])[mentor.id]):
        raise CircleFull(mentor.name)


def insert_asked(tx: Tx, pair: Pair, mentors: Sequence[Member]) -> Pair:
    """Keep a pair that is to be asked; there is no other way for one to come to be. Raises CircleFull.

    Args:
        pair: as it is asked.
        mentors: who would mentor in it and learns nothing; locked, so that two who ask at once see each other.
    """
    for mentor in mentors:
        require_room(tx, tx.members.get(mentor.id, lock=True))
    return tx.pairs.insert(pair)


def start_asking(
    tx: Tx, cohort: Cohort, people: Sequence[tuple[Member, Role]], by: Member | None, *, reason: str
) -> PairId:
    """Keep the pair, and ask everybody but the one who asks; `by` None is the command line.

    Raises TextTooLong, CircleFull.
    """
    tz = by.tz if by is not None else people[0][0].tz
    asked_by = by.id if by is not None else None
    asked = Pair(
        cohort.workspace_id,
        cohort.id,
        tx.now,
        asked_by,
        follow_up_at=reminder_at(tx.now, tz),
        reason=reason_of(reason),
    )
    pair = insert_asked(tx, asked, [member for member, role in people if role is Role.MENTOR])
    for member, role in people:
        consent = Consent.YES if member.id == asked_by else Consent.ASKED
        tx.memberships.insert(Membership(cohort.workspace_id, pair.id, member.id, role, consent))
        if member.id != asked_by:
            ask_consent(tx, pair, member)
    tx.audit.insert(AuditEntry(cohort.workspace_id, "pair.asked", pair.id, tx.now, asked_by))
    return pair.id


def _may_pair(me: Member, cohort: Cohort, *, myself: bool) -> bool:
    return leads(me, cohort) or (cohort.open and myself)


def _open_to(me: Member, cohorts: Sequence[Cohort], *, myself: bool) -> list[Cohort]:
    return [
        cohort
        for cohort in cohorts
        if cohort.state is CohortState.ACTIVE and _may_pair(me, cohort, myself=myself)
    ]


def _require_open(me: Member, cohorts: Sequence[Cohort], *, open_pairing: bool) -> None:
    """Raise unless a cohort that is open to all may be made now."""
    waiting = [cohort for cohort in cohorts if cohort.state is CohortState.PAUSED]
    if open_pairing and not any(cohort.open for cohort in waiting):
        return
    if any(_may_pair(me, cohort, myself=open_pairing) for cohort in waiting):
        raise CohortNotRunning
    raise NoCohort if me.is_admin else NotAllowed("lead")


def _open_cadence(me: Member, now: datetime) -> Cadence:
    return Cadence(OPEN_RULE, OPEN_AT, anchor_for(OPEN_RULE, local_date(now, me.tz)))


def _open_cohort(tx: Tx, me: Member, name: str) -> Cohort:
    """The ready-made cohort; the first to come makes it, under the next name that is free."""
    tx.workspaces.get(me.workspace_id, lock=True)
    taken = tx.cohorts.find()
    made = next((c for c in taken if c.open and c.state is CohortState.ACTIVE), None)
    return made or _make_open_cohort(tx, me, name, taken)


def _make_open_cohort(tx: Tx, me: Member, name: str, taken: Sequence[Cohort]) -> Cohort:
    names = (name if number == 1 else f"{name} {number}" for number in range(1, len(taken) + 2))
    cadence = _open_cadence(me, tx.now)
    cohort = tx.cohorts.insert(
        Cohort(
            workspace_id=me.workspace_id,
            name=next(each for each in names if not any(same_name(each, c.name) for c in taken)),
            every_weeks=OPEN_RULE.every,
            weekday=OPEN_RULE.weekday,
            at=cadence.at,
            anchor=cadence.anchor,
            created_at=tx.now,
            open=True,
        )
    )
    tx.audit.insert(AuditEntry(me.workspace_id, "cohort.started", cohort.id, tx.now, me.id))
    return cohort
