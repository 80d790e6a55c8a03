"""A check-in: answered in a form, with one tap, or put off; and what both of the pair read of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from bot.domain.checkins import (
    CheckIn,
    CheckInSource,
    Commitment,
    CommitmentState,
    Energy,
    Fate,
    OtherReader,
    asks_a_question,
    is_new,
    state_after,
)
from bot.domain.checkins_two_ways import Ways
from bot.domain.errors import ChoiceMissing, CohortNotRunning, NotAllowed, NotFound, RoundOver
from bot.domain.ids import CheckInId, CommitmentId, IndicatorId, OccurrenceId, PairId
from bot.domain.nudges import NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.packs import Question, question_for
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.patterns import offer_pattern
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.readings_checkins import note_with_check_in, read_longest_ago
from bot.usecases.outgoing import enqueue_card, enqueue_post
from bot.usecases.people.memberships import PairMembership, my_learning_memberships, my_membership
from bot.usecases.rhythm.checkin_cards import ASK, CARD, next_try
from bot.usecases.rhythm.checkins_shelf import note_shelf_offer
from bot.usecases.rhythm.checkins_two_ways import ways_of
from bot.usecases.rhythm.nudges import close_check_in, current_round
from bot.usecases.rhythm.pieces import note_pieces
from bot.usecases.rhythm.questions import check_in_questions, question_asked
from bot.words import language_for

LISTED = 20  # commitments in one form; whatever is older waits until some are closed
LEVELS = range(1, 6)


@dataclass(frozen=True)
class AnswerCheckIn:
    """What the form sends; everything in it may be empty.

    Args:
        pair_id: whose check-in it was when the form opened; None where nothing said who reads it.
    """

    occurrence_id: OccurrenceId
    shown: Shown = field(default_factory=dict)
    energy: int | None = None
    fates: Mapping[CommitmentId, Fate] = field(default_factory=dict)
    indicator_id: IndicatorId | None = None  # of which number the form asked, and what was typed there
    number: Decimal | None = None
    pair_id: PairId | None = None


@dataclass(frozen=True)
class CheckInForm:
    """What the form needs to open.

    Args:
        commitments: what was promised and is open, and what this answer closed before; at most LISTED.
        more: how many open commitments are not listed.
        check_in: the answer as it stands, to be changed.
        energy: the level that the owner gave; the form is theirs alone.
        question: the pack's question, where it is asked this time.
        number: the number that is asked for in its place.
        ways: how feedback for the mentor is asked for in the place of both; None where it is not.
    """

    occurrence: Occurrence
    mentors: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    more: int
    check_in: CheckIn | None
    energy: int | None
    question: Question | None
    number: ReadSeries | None = None
    ways: Ways | None = None


def open_check_in_form(tx: Tx, occurrence_id: OccurrenceId | None = None) -> CheckInForm:
    """The form for this round, or for the one that an answer given now belongs to.

    Raises NoPair, NotAllowed (no mentee), CohortNotRunning (no check-in is to come), RoundOver (the next has begun).
    """
    if occurrence_id is None:
        occurrence = _my_round(tx)
    else:
        occurrence = tx.occurrences.get(occurrence_id)
        require_current(tx, occurrence)
    return _check_in_form(tx, occurrence, my_learning_part(tx, occurrence))


def answer_check_in(tx: Tx, command: AnswerCheckIn) -> CheckInId:
    """Keep the answer, or the changed one; close the round, and show the mentors what is theirs to see.

    Raises NotFound, NotAllowed, OtherReader, RoundOver, TextTooLong, ChoiceMissing.
    """
    occurrence = tx.occurrences.get(command.occurrence_id, lock=True)
    membership = my_learning_part(tx, occurrence)
    if command.pair_id not in (None, occurrence.pair_id):  # it went to whoever mentors now
        raise OtherReader(membership.mentor_names)
    require_current(tx, occurrence)
    check_in = _keep_check_in(tx, membership, occurrence, command)
    _keep_energy(tx, check_in, command.energy)
    _keep_commitments(tx, membership, check_in, command.fates)
    _keep_next_step(tx, check_in)
    if command.indicator_id is not None and command.number is not None:
        note_with_check_in(tx, command.indicator_id, command.number)
    return _tell_pair(tx, membership, occurrence, check_in)


def nothing_new(tx: Tx, occurrence_id: OccurrenceId) -> CheckInId:
    """One tap that counts as an answer; an answer that is there already stays as it is. Raises like the form."""
    occurrence = tx.occurrences.get(occurrence_id, lock=True)
    membership = my_learning_part(tx, occurrence)
    known = _known_check_in(tx, occurrence)
    if known is not None:
        return known.id
    require_current(tx, occurrence)
    check_in = _keep_check_in(tx, membership, occurrence, AnswerCheckIn(occurrence.id))
    return _tell_pair(tx, membership, occurrence, check_in)


def open_commitments(tx: Tx, membership: PairMembership) -> list[Commitment]:
    """What this mentee promised in this pair and has not closed, the oldest first."""
    return tx.commitments.find(**membership.mine, state=CommitmentState.OPEN)


def _my_round(tx: Tx) -> Occurrence:
    """Of all pairs in which I learn, the round that has waited longest, else the newest pair's."""
    pairs = [membership.pair.id for membership in reversed(my_learning_memberships(tx))]
    rounds = [r for pair in pairs if (r := current_round(tx, pair, tx.me))]
    if not rounds:
        raise CohortNotRunning
    waiting = [round_ for round_ in rounds if round_.state is OccurrenceState.OPEN]
    return min(waiting or rounds[-1:], key=lambda round_: round_.day)


def my_learning_part(tx: Tx, occurrence: Occurrence) -> PairMembership:
    """My membership in the pair of this round; NotFound without one or for no check-in, NotAllowed if I only mentor."""
    if occurrence.ritual is not Ritual.CHECK_IN:
        raise NotFound("occurrence")
    membership = my_membership(tx, occurrence.pair_id)
    if not membership.role.learns:
        raise NotAllowed("mentee")
    return membership


def require_current(tx: Tx, occurrence: Occurrence) -> None:
    """Raise RoundOver once this member was asked or has answered in a later round; what passed unasked ends nothing."""
    later = tx.occurrences.find(
        pair_id=occurrence.pair_id, ritual=Ritual.CHECK_IN, day__since=occurrence.day + timedelta(days=1)
    )
    came = tx.nudges.find(occurrence_id=[round_.id for round_ in later], member_id=tx.me, due_at__upto=tx.now)
    if any(nudge.sent_at is not None or nudge.state is NudgeState.ANSWERED for nudge in came):
        raise RoundOver


def _check_in_form(tx: Tx, occurrence: Occurrence, membership: PairMembership) -> CheckInForm:
    check_in = _known_check_in(tx, occurrence)
    listed = _listed(tx, membership, check_in)
    energy = tx.energies.first(check_in_id=check_in.id) if check_in else None
    answered = check_in is not None and bool(check_in.question)
    ways = ways_of(tx, occurrence, membership, check_in)
    number = None if answered or ways else read_longest_ago(tx, membership)
    return CheckInForm(
        occurrence=occurrence,
        mentors=membership.mentor_names,
        commitments=tuple(listed[:LISTED]),
        more=len(listed[LISTED:]),
        check_in=check_in,
        energy=energy.level if energy else None,
        question=None if number or ways else _question_now(tx, membership, check_in),
        number=number,
        ways=ways,
    )


def _known_check_in(tx: Tx, occurrence: Occurrence) -> CheckIn | None:
    return tx.check_ins.first(occurrence_id=occurrence.id, member_id=tx.me)


def _listed(tx: Tx, membership: PairMembership, check_in: CheckIn | None) -> list[Commitment]:
    """What is open, and what this answer closed, so that it can be taken back; its own next step is a field."""
    mine = open_commitments(tx, membership)
    if check_in is None:
        return mine
    closed = tx.commitments.find(**membership.mine, closed_in=check_in.id)
    return [c for c in sorted((*mine, *closed), key=lambda c: c.id) if c.check_in_id != check_in.id]


def _question_now(tx: Tx, membership: PairMembership, check_in: CheckIn | None) -> Question | None:
    """The question that stands in this answer already, or whose turn it is."""
    cohort, language = membership.pair.cohort_id, language_for(membership.me.locale)
    if check_in is not None and check_in.source is CheckInSource.FORM:
        return question_asked(tx, cohort, check_in.question, language)
    earlier = tx.check_ins.find(**membership.mine)
    if not asks_a_question(earlier):
        return None
    asked = [known.question for known in earlier if known.question]
    return question_for(check_in_questions(tx, cohort, membership.role, language), asked)


def _keep_check_in(
    tx: Tx, membership: PairMembership, occurrence: Occurrence, command: AnswerCheckIn
) -> CheckIn:
    known = _known_check_in(tx, occurrence)
    if known is None:
        own = {**membership.whose, "occurrence_id": occurrence.id, "source": CheckInSource.NOTHING_NEW}
        check_in = begun(CheckIn, command.shown, **own, created_at=tx.now, updated_at=tx.now)
    else:
        check_in = changed(known, command.shown)
    new = is_new(check_in, list(command.fates.values()))
    source = CheckInSource.FORM if new else CheckInSource.NOTHING_NEW
    check_in = replace(check_in, source=source, updated_at=tx.now)
    kept = tx.check_ins.update(check_in) if known else tx.check_ins.insert(check_in)
    make_findable(tx, kept)
    return kept


def _keep_energy(tx: Tx, check_in: CheckIn, level: int | None) -> None:
    if level is not None and level not in LEVELS:
        raise ChoiceMissing(field="energy")
    known = tx.energies.first(check_in_id=check_in.id)
    if known is not None:
        tx.energies.delete(known)
    if level is not None:
        tx.energies.insert(Energy(check_in.workspace_id, check_in.member_id, check_in.id, level, tx.now))


def _keep_commitments(
    tx: Tx, membership: PairMembership, check_in: CheckIn, fates: Mapping[CommitmentId, Fate]
) -> None:
    """Close what is done or dropped; what the form did not list stays as it is."""
    for commitment in _listed(tx, membership, check_in):
        state = state_after(fates[commitment.id]) if commitment.id in fates else commitment.state
        if state is not commitment.state:
            closed = state is not CommitmentState.OPEN
            tx.commitments.update(
                replace(
                    commitment,
                    state=state,
                    closed_at=tx.now if closed else None,
                    closed_in=check_in.id if closed else None,
                )
            )


def _keep_next_step(tx: Tx, check_in: CheckIn) -> None:
    """The next step is a commitment; a changed answer changes it, an emptied one takes it back."""
    known = tx.commitments.first(check_in_id=check_in.id)
    if known is not None and not check_in.next_step:
        tx.commitments.delete(known)
    elif known is not None:
        tx.commitments.update(replace(known, text=check_in.next_step))
    elif check_in.next_step:
        tx.commitments.insert(
            Commitment(
                check_in.workspace_id,
                check_in.pair_id,
                check_in.member_id,
                check_in.next_step,
                tx.now,
                check_in_id=check_in.id,
            )
        )


def _tell_pair(tx: Tx, membership: PairMembership, occurrence: Occurrence, check_in: CheckIn) -> CheckInId:
    """Close the round; both read what was answered, the mentee in the question itself where there is one."""
    me = membership.me.id
    for reader in (me, *(mentor.id for mentor in membership.mentors)):
        note_pieces(tx, membership.pair, reader)
    close_check_in(tx, membership.pair.id, me, OccurrenceState.ANSWERED, occurrence)
    if not offer_pattern(tx, membership, check_in):
        note_shelf_offer(tx, membership, next_try(tx, membership))
    if tx.outgoing.first(kind=ASK.name, subject_id=occurrence.id, member_id=me) is None:
        enqueue_post(tx, me, ASK, occurrence.id)
    told = membership.mentors if check_in.source is CheckInSource.FORM else ()
    enqueue_card(tx, CARD, check_in, [mentor.id for mentor in told])
    return check_in.id
