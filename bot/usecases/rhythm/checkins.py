"""A check-in: answered in a form, with one tap, or put off; and what both of the pair read of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.checkins import (
    STEP_LIMIT,
    CheckIn,
    CheckInSource,
    Commitment,
    CommitmentState,
    Energy,
    Fate,
    asks_a_question,
    is_new,
    state_after,
)
from bot.domain.errors import ChoiceMissing, CohortNotRunning, NotAllowed, NotFound, RoundOver
from bot.domain.ids import CheckInId, CommitmentId, MemberId, OccurrenceId
from bot.domain.nudges import Occurrence, OccurrenceState, Ritual
from bot.domain.packs import Question, question_for, question_in
from bot.domain.privacy import Viewer
from bot.domain.shown import Shown
from bot.domain.texts import STORY_LIMIT, clean
from bot.packs import pack_of
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.programme.pairs import PairMembership, membership_in, memberships_of, my_learning_membership
from bot.usecases.rhythm.nudges import CHECK_IN, close_check_in, current_round
from bot.words import language_for

CARD = "checkin.card"

LISTED = 20  # commitments in one form; whatever is older waits until some are closed
LEVELS = range(1, 6)


@dataclass(frozen=True)
class AnswerCheckIn:
    """What the form sends; everything in it may be empty."""

    occurrence_id: OccurrenceId
    shown: Shown = field(default_factory=dict)
    energy: int | None = None
    fates: Mapping[CommitmentId, Fate] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckInForm:
    """What the form needs to open.

    Args:
        commitments: what was promised and is open, and what this answer closed before; at most LISTED.
        more: how many open commitments are not listed.
        check_in: the answer as it stands, to be changed.
        energy: the level that the owner gave; the form is theirs alone.
        question: the pack's question, where it takes a place.
    """

    occurrence: Occurrence
    mentors: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    more: int
    check_in: CheckIn | None
    energy: int | None
    question: Question | None


async def open_check_in_form(
    deps: Deps, viewer: Viewer, member: MemberId, occurrence_id: OccurrenceId | None = None
) -> CheckInForm:
    """The form for this round, or for the one that an answer given now belongs to.

    Raises NoPair, NotAllowed (no mentee), CohortNotRunning (no check-in is to come), RoundOver (the next has begun).
    """
    now = deps.clock.now()

    def read(repositories: Repositories) -> CheckInForm:
        if occurrence_id is None:
            occurrence = _my_round(repositories, member, now)
        else:
            occurrence = repositories.occurrences.get(occurrence_id)
            require_current(repositories, occurrence, member, now)
        return _form(repositories, occurrence, learning_place(repositories, occurrence, member))

    return await deps.db.read(viewer, read)


async def answer_check_in(
    deps: Deps, viewer: Viewer, member: MemberId, command: AnswerCheckIn, *, key: str
) -> CheckInId:
    """Keep the answer, or the changed one; close the round, and show the mentors what is theirs to see.

    Raises NotFound, NotAllowed, RoundOver, TextTooLong, ChoiceMissing.
    """
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _answer(r, member, command, now), idempotency_key=key)


async def nothing_new(
    deps: Deps, viewer: Viewer, member: MemberId, occurrence_id: OccurrenceId, *, key: str
) -> CheckInId:
    """One tap that counts as an answer; an answer that is there already stays as it is. Raises like the form."""
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _nothing_new(r, member, occurrence_id, now), idempotency_key=key
    )


def open_commitments(repositories: Repositories, membership: PairMembership) -> list[Commitment]:
    """What this mentee promised in this pair and has not closed, the oldest first."""
    return repositories.commitments.find(
        pair_id=membership.pair.id, member_id=membership.me.id, state=CommitmentState.OPEN
    )


def _my_round(repositories: Repositories, member: MemberId, now: datetime) -> Occurrence:
    """Of all pairs in which I learn, the round that has waited longest, else the newest pair's."""
    my_learning_membership(repositories, member)
    pairs = [
        membership.pair.id for membership in memberships_of(repositories, member) if membership.role.learns
    ]
    rounds = [r for pair in pairs if (r := current_round(repositories, pair, member, now))]
    if not rounds:
        raise CohortNotRunning
    waiting = [round_ for round_ in rounds if round_.state is OccurrenceState.OPEN]
    return min(waiting or rounds[-1:], key=lambda round_: round_.day)


def learning_place(repositories: Repositories, occurrence: Occurrence, member: MemberId) -> PairMembership:
    """My place in the pair of this round; NotFound if I have none or it is no check-in, NotAllowed if I only mentor."""
    if occurrence.ritual is not Ritual.CHECK_IN:
        raise NotFound("occurrence")
    membership = membership_in(repositories, occurrence.pair_id, member)
    if not membership.role.learns:
        raise NotAllowed("mentee")
    return membership


def require_current(
    repositories: Repositories, occurrence: Occurrence, member: MemberId, now: datetime
) -> None:
    """Raise RoundOver once the next round has begun for this member."""
    later = repositories.occurrences.find(
        pair_id=occurrence.pair_id, ritual=Ritual.CHECK_IN, day__since=occurrence.day + timedelta(days=1)
    )
    begun = repositories.nudges.first(
        occurrence_id=[round_.id for round_ in later], member_id=member, due_at__upto=now
    )
    if begun is not None:
        raise RoundOver


def _form(repositories: Repositories, occurrence: Occurrence, membership: PairMembership) -> CheckInForm:
    check_in = _check_in(repositories, occurrence, membership.me.id)
    listed = _listed(repositories, membership, check_in)
    energy = repositories.energies.first(check_in_id=check_in.id) if check_in else None
    return CheckInForm(
        occurrence=occurrence,
        mentors=membership.mentor_names,
        commitments=tuple(listed[:LISTED]),
        more=len(listed[LISTED:]),
        check_in=check_in,
        energy=energy.level if energy else None,
        question=_question(repositories, membership, check_in),
    )


def _check_in(repositories: Repositories, occurrence: Occurrence, member: MemberId) -> CheckIn | None:
    return repositories.check_ins.first(occurrence_id=occurrence.id, member_id=member)


def _listed(
    repositories: Repositories, membership: PairMembership, check_in: CheckIn | None
) -> list[Commitment]:
    """What is open, and what this answer closed, so that it can be taken back; its own next step is a field."""
    mine = open_commitments(repositories, membership)
    if check_in is None:
        return mine
    closed = repositories.commitments.find(
        pair_id=membership.pair.id, member_id=membership.me.id, closed_in=check_in.id
    )
    return [c for c in sorted((*mine, *closed), key=lambda c: c.id) if c.check_in_id != check_in.id]


def _question(
    repositories: Repositories, membership: PairMembership, check_in: CheckIn | None
) -> Question | None:
    """The question that stands in this answer already, or whose turn it is."""
    pack = pack_of(repositories.cohorts.get(membership.pair.cohort_id).pack)
    language = language_for(membership.me.locale)
    if check_in is not None and check_in.source is CheckInSource.FORM:
        return question_in(pack, check_in.question, language)
    earlier = repositories.check_ins.find(pair_id=membership.pair.id, member_id=membership.me.id)
    asked = [known.question for known in earlier if known.question]
    return question_for(pack, asked, language) if asks_a_question(earlier) else None


def _answer(repositories: Repositories, member: MemberId, command: AnswerCheckIn, now: datetime) -> CheckInId:
    occurrence = repositories.occurrences.get(command.occurrence_id, lock=True)
    membership = learning_place(repositories, occurrence, member)
    require_current(repositories, occurrence, member, now)
    check_in = _keep(repositories, membership, occurrence, command, now)
    _keep_energy(repositories, check_in, command.energy, now)
    _keep_commitments(repositories, membership, check_in, command.fates, now)
    _keep_next_step(repositories, check_in, now)
    return _told(repositories, membership, occurrence, check_in, now)


def _nothing_new(
    repositories: Repositories, member: MemberId, occurrence_id: OccurrenceId, now: datetime
) -> CheckInId:
    occurrence = repositories.occurrences.get(occurrence_id, lock=True)
    membership = learning_place(repositories, occurrence, member)
    known = _check_in(repositories, occurrence, member)
    if known is not None:
        return known.id
    require_current(repositories, occurrence, member, now)
    check_in = _keep(repositories, membership, occurrence, AnswerCheckIn(occurrence.id), now)
    return _told(repositories, membership, occurrence, check_in, now)


def _keep(
    repositories: Repositories,
    membership: PairMembership,
    occurrence: Occurrence,
    command: AnswerCheckIn,
    now: datetime,
) -> CheckIn:
    check_in = CheckIn(
        workspace_id=occurrence.workspace_id,
        pair_id=occurrence.pair_id,
        member_id=membership.me.id,
        occurrence_id=occurrence.id,
        source=CheckInSource.NOTHING_NEW,
        created_at=now,
        updated_at=now,
        went_well=clean(command.went_well, STORY_LIMIT, "went_well"),
        was_hard=clean(command.was_hard, STORY_LIMIT, "was_hard"),
        next_step=clean(command.next_step, STEP_LIMIT, "next_step"),
        question=command.question,
        question_answer=clean(command.question_answer, STORY_LIMIT, "question_answer"),
    )
    if is_new(check_in, list(command.fates.values())):
        check_in = replace(check_in, source=CheckInSource.FORM)
    known = _check_in(repositories, occurrence, membership.me.id)
    if known is None:
        return repositories.check_ins.insert(check_in)
    return repositories.check_ins.update(
        replace(check_in, id=known.id, version=known.version, created_at=known.created_at)
    )


def _keep_energy(repositories: Repositories, check_in: CheckIn, level: int | None, now: datetime) -> None:
    if level is not None and level not in LEVELS:
        raise ChoiceMissing(field="energy")
    known = repositories.energies.first(check_in_id=check_in.id)
    if known is not None:
        repositories.energies.delete(known)
    if level is not None:
        repositories.energies.insert(
            Energy(check_in.workspace_id, check_in.member_id, check_in.id, level, now)
        )


def _keep_commitments(
    repositories: Repositories,
    membership: PairMembership,
    check_in: CheckIn,
    fates: Mapping[CommitmentId, Fate],
    now: datetime,
) -> None:
    """Close what is done or dropped; what the form did not list stays as it is."""
    for commitment in _listed(repositories, membership, check_in):
        state = state_after(fates[commitment.id]) if commitment.id in fates else commitment.state
        if state is not commitment.state:
            closed = state is not CommitmentState.OPEN
            repositories.commitments.update(
                replace(
                    commitment,
                    state=state,
                    closed_at=now if closed else None,
                    closed_in=check_in.id if closed else None,
                )
            )


def _keep_next_step(repositories: Repositories, check_in: CheckIn, now: datetime) -> None:
    """The next step is a commitment; a changed answer changes it, an emptied one takes it back."""
    known = repositories.commitments.first(check_in_id=check_in.id)
    if known is not None and not check_in.next_step:
        repositories.commitments.delete(known)
    elif known is not None:
        repositories.commitments.update(replace(known, text=check_in.next_step))
    elif check_in.next_step:
        repositories.commitments.insert(
            Commitment(
                check_in.workspace_id,
                check_in.pair_id,
                check_in.member_id,
                check_in.next_step,
                now,
                check_in_id=check_in.id,
            )
        )


def _told(
    repositories: Repositories,
    membership: PairMembership,
    occurrence: Occurrence,
    check_in: CheckIn,
    now: datetime,
) -> CheckInId:
    """Close the round; both read what was answered, the mentee in the question itself where there is one."""
    me = membership.me.id
    close_check_in(repositories, membership.pair.id, me, OccurrenceState.ANSWERED, now, occurrence)
    if repositories.outgoing.first(kind=CHECK_IN, subject_id=occurrence.id, member_id=me) is None:
        enqueue_post(repositories, me, CHECK_IN, occurrence.id, now=now)
    if check_in.source is CheckInSource.FORM:
        for mentor in membership.mentors:
            enqueue_post(repositories, mentor.id, CARD, check_in.id, now=now)
    enqueue_update(repositories, CARD, check_in.id, now=now, version=check_in.version)
    return check_in.id
