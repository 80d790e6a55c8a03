"""What people read of a check-in: the question itself, and the answer as the mentor finds it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.cadence import Cadence, local_date
from bot.domain.checkins import CheckIn, Commitment, CommitmentState
from bot.domain.checkins_two_ways import ways_asked
from bot.domain.cohorts import Cohort
from bot.domain.drifts import GoalDrift
from bot.domain.errors import NotFound
from bot.domain.experiments import ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import ExperimentId, NudgeId, ReuseReportId
from bot.domain.next_steps import NextTry, after_check_in
from bot.domain.nudges import Nudge, NudgeState, Occurrence, OccurrenceState, Ritual, state_of
from bot.domain.offers import OfferKind
from bot.domain.outgoing import Priority
from bot.domain.pieces import Piece
from bot.domain.results import Adherence
from bot.domain.rhythms import rhythm_of
from bot.domain.sessions import AgendaSource
from bot.ports import Tx
from bot.usecases.loop.patterns import PatternView, pattern_of
from bot.usecases.loop.reuse_reports import report_told
from bot.usecases.outgoing import Message, as_long_as, while_people_read_it
from bot.usecases.people.memberships import PairMembership, my_membership, owner_in
from bot.usecases.people.offers import is_offered
from bot.usecases.rhythm.agenda import is_on_agenda
from bot.usecases.rhythm.checkins_shelf import ShelfOffer, shelf_offer
from bot.usecases.rhythm.nudges_calendar import next_asked
from bot.usecases.rhythm.pieces import piece_of_mentor, piece_of_writer
from bot.usecases.rhythm.pulses import PulseAsk, pulse_of
from bot.usecases.rhythm.questions import question_asked
from bot.usecases.rhythm.saved_searches import SearchLine, search_lines
from bot.words import language_for

# After its day a try is asked about for so long; later it is on Home and under /loop result, and nobody is reminded.
ASKED_ABOUT = timedelta(weeks=4)


@dataclass(frozen=True)
class OpenCard:
    """An experiment in one line; `days_left` is 0 on its last day, and negative after it.

    Args:
        asked: the message asks whether it happened.
        adherence: what was chosen, None before.
        told: its result was told since.
    """

    behaviour: str
    days_left: int
    experiment: ExperimentId | None = None
    asked: bool = False
    adherence: Adherence | None = None
    told: bool = False


@dataclass(frozen=True)
class Answered:
    """An answer in full, without energy.

    Args:
        question: the pack's question in the reader's language, or "".
        done: texts of the commitments that were closed with it.
        dropped: those that were let go with it.
    """

    check_in: CheckIn
    question: str
    done: tuple[str, ...]
    dropped: tuple[str, ...]
    on_agenda: bool = False


@dataclass(frozen=True)
class Doubt:
    """A goal of which the check-in asks whether it still is one."""

    goal: Goal
    drift: GoalDrift


@dataclass(frozen=True)
class CheckInAsk:
    """The question, or once it is answered, skipped, put off or over, how it stands.

    Args:
        state: of this member's own nudges.
        last: nothing more is sent about it.
        put_off: when it is asked again, if the member put it off.
        reason: why it was skipped, if they said so.
        next_at: when the next check-in is.
        cards: their open experiments and those that were closed since it was asked, the first to end first.
        again: it is asked once more.
        quiet: it is asked less, because the ones before passed unanswered.
        next_try: what could be tried now; None where something is open, or no goal is.
        shelf: written tries that fit it.
        doubt: what it asks about a goal, until that is said.
        pattern: what keeps coming back, said once with this answer.
        offers_charter: this is the round in which the two are asked, once, to agree on how they work.
        report: what helped here, where it is told of.
        saved: what was new for what they saved to look for, where they have no digest.
        own_rhythm: the pair's, None where it goes by its cohort's.
        pulse: what it asks once a quarter; None where it does not.
        piece: what comes with one of their first answers, to be read in a minute.
    """

    occurrence: Occurrence
    cohort: Cohort
    mentors: tuple[str, ...]
    state: OccurrenceState
    last: bool
    put_off: datetime | None
    reason: str
    next_at: datetime
    cards: tuple[OpenCard, ...]
    answer: Answered | None
    again: bool = True
    quiet: bool = False
    next_try: NextTry | None = None
    shelf: ShelfOffer | None = None
    doubt: Doubt | None = None
    own_rhythm: Cadence | None = None
    pattern: PatternView | None = None
    offers_charter: bool = False
    pulse: PulseAsk | None = None
    saved: tuple[SearchLine, ...] = ()
    piece: Piece | None = None
    report: ReuseReportId | None = None


@dataclass(frozen=True)
class CheckInCard:
    """An answer as the mentor reads it, and what comes with one of the first that they read."""

    owner: str
    answer: Answered
    piece: Piece | None = None


@dataclass(frozen=True)
class SkipNote:
    """A mentee skips a check-in and says why."""

    owner: str
    occurrence: Occurrence
    reason: str


def load_ask(tx: Tx, occurrence_id: int) -> CheckInAsk:
    """The question as its reader finds it; NotFound where it is not asked of them."""
    return _check_in_ask(tx, occurrence_id, reminder=False)


def load_reminder(tx: Tx, occurrence_id: int) -> CheckInAsk:
    return _check_in_ask(tx, occurrence_id, reminder=True)


def load_check_in_card(tx: Tx, check_in_id: int) -> CheckInCard:
    """The answer as this reader sees it; NotFound if they may not."""
    check_in = tx.check_ins.get(check_in_id)
    locale = tx.members.get(tx.me).locale
    owner = owner_in(tx, check_in.pair_id, check_in.member_id).me
    return CheckInCard(owner.name, _answered(tx, check_in, locale), piece_of_mentor(tx, check_in))


def load_skip_note(tx: Tx, nudge_id: int) -> SkipNote:
    """Why a check-in was skipped; NotFound once it was answered after all."""
    nudge = tx.nudges.get(NudgeId(nudge_id))
    if nudge.state is not NudgeState.SKIPPED or not nudge.reason:
        raise NotFound("nudge")
    owner = owner_in(tx, nudge.pair_id, nudge.member_id).me
    return SkipNote(owner.name, tx.occurrences.get(nudge.occurrence_id), nudge.reason)


def _check_in_ask(tx: Tx, occurrence_id: int, *, reminder: bool) -> CheckInAsk:
    occurrence = tx.occurrences.get(occurrence_id)
    nudges = tx.nudges.find(occurrence_id=occurrence.id, member_id=tx.me)
    membership = my_membership(tx, occurrence.pair_id)
    cohort = tx.cohorts.get(membership.pair.cohort_id)
    check_in = tx.check_ins.first(occurrence_id=occurrence.id, member_id=tx.me)
    asked_on = (
        _asked_on(occurrence, nudges, membership)
        if reminder
        else _first_asked(occurrence, nudges, membership)
    )
    following = next_try(tx, membership) if check_in else None
    return CheckInAsk(
        occurrence=occurrence,
        cohort=cohort,
        own_rhythm=rhythm_of(membership.pair, cohort) if membership.pair.cadence_kind else None,
        mentors=membership.mentor_names,
        state=OccurrenceState.ANSWERED if check_in else state_of(nudge.state for nudge in nudges),
        last=reminder or any(nudge.snoozed for nudge in nudges),
        put_off=_put_off(nudges),
        reason=next((nudge.reason for nudge in nudges if nudge.reason), ""),
        next_at=next_asked(tx, membership.pair, cohort, membership.me, occurrence.day),
        cards=_cards(tx, membership, asked_on, min((n.sent_at for n in nudges if n.sent_at), default=tx.now)),
        answer=_answered(tx, check_in, membership.me.locale) if check_in else None,
        again=any(nudge.step and nudge.state is NudgeState.PLANNED for nudge in nudges),
        quiet=not any(nudge.step for nudge in nudges),
        next_try=following,
        shelf=shelf_offer(tx, membership, following, check_in) if check_in else None,
        offers_charter=is_offered(tx, tx.me, OfferKind.CHARTER, occurrence.id),
        doubt=_doubt(tx, occurrence),
        pattern=pattern_of(tx, check_in) if check_in else None,
        pulse=pulse_of(tx, occurrence, membership),
        saved=() if reminder else search_lines(tx, occurrence=occurrence.id),
        piece=piece_of_writer(tx, check_in) if check_in else None,
        report=None if reminder else report_told(tx, occurrence=occurrence.id),
    )


def next_try(tx: Tx, membership: PairMembership) -> NextTry | None:
    """What this member could try now, for the newest open goal; None where something is tried."""
    open_goals = tx.goals.find(**membership.mine, state=GoalState.OPEN)
    return after_check_in(open_goals, tx.experiments.find(**membership.mine, state=ExperimentState.OPEN))


def _doubt(tx: Tx, occurrence: Occurrence) -> Doubt | None:
    drift = tx.drifts.first(occurrence_id=occurrence.id, member_id=tx.me, settled_at=None)
    return Doubt(tx.goals.get(drift.goal_id), drift) if drift else None


def _put_off(nudges: list[Nudge]) -> datetime | None:
    waiting = [n.due_at for n in nudges if n.snoozed and n.state is NudgeState.PLANNED]
    return min(waiting, default=None)


def _first_asked(occurrence: Occurrence, nudges: list[Nudge], membership: PairMembership) -> date:
    """The day on which it was asked first, which a holiday may have moved."""
    first = [local_date(n.due_at, membership.me.tz) for n in nudges if not n.step and not n.snoozed]
    return min(first, default=occurrence.day)


def _asked_on(occurrence: Occurrence, nudges: list[Nudge], membership: PairMembership) -> date:
    """The day on which it was asked last, on the member's own calendar: a reminder comes later than its round."""
    asked = [local_date(n.due_at, membership.me.tz) for n in nudges if n.state is not NudgeState.PLANNED]
    return max(asked, default=occurrence.day)


def _cards(tx: Tx, membership: PairMembership, day: date, since: datetime) -> tuple[OpenCard, ...]:
    """What is tried now, and what was told since the question: whatever is due is asked about in it, for a while."""
    recent = day - ASKED_ABOUT
    found = tx.experiments.find(
        **membership.mine, state=ExperimentState.OPEN, until__since=recent, order="until"
    )
    done = tx.experiments.find(**membership.mine, state=ExperimentState.DONE, closed_at__since=since)
    ids = [experiment.id for experiment in (*found, *done)]
    results = {result.experiment_id: result for result in tx.results.find(experiment_id=ids)} if ids else {}
    asked = _asked_about(tx, membership, [experiment.id for experiment in found])
    return tuple(
        OpenCard(
            e.behaviour,
            (e.until - day).days,
            e.id,
            asked=e.state is ExperimentState.OPEN and (e.until <= day or e.id in asked),
            adherence=results[e.id].adherence if e.id in results else None,
            told=e.state is ExperimentState.DONE,
        )
        for e in (*found, *done)
    )


def _asked_about(tx: Tx, membership: PairMembership, experiments: list[ExperimentId]) -> set[int]:
    """Those whose follow-up was sent, such as half-way, and waits."""
    if not experiments:
        return set()
    sources = {
        each.id: each.source_id
        for each in tx.occurrences.find(
            pair_id=membership.pair.id,
            ritual=Ritual.FOLLOW_UP,
            source_id=experiments,
            state=OccurrenceState.OPEN,
        )
    }
    sent = tx.nudges.find(occurrence_id=list(sources), state=NudgeState.SENT) if sources else []
    return {sources[nudge.occurrence_id] for nudge in sent}


def _answered(tx: Tx, check_in: CheckIn, locale: str) -> Answered:
    closed: list[Commitment] = tx.commitments.find(closed_in=check_in.id)
    return Answered(
        check_in=check_in,
        question=question_text(tx, check_in, locale),
        done=tuple(c.text for c in closed if c.state is CommitmentState.DONE),
        dropped=tuple(c.text for c in closed if c.state is CommitmentState.DROPPED),
        on_agenda=is_on_agenda(tx, check_in.pair_id, AgendaSource.CHECK_IN, check_in.id),
    )


def question_text(tx: Tx, check_in: CheckIn, locale: str) -> str:
    """What the pack asked, in the reader's language; "" where it asked nothing, or has it no more."""
    if not check_in.question or ways_asked(check_in.question):
        return ""
    cohort = tx.pairs.get(check_in.pair_id).cohort_id
    found = question_asked(tx, cohort, check_in.question, language_for(locale))
    return found.text if found else ""


def _is_open(ask: CheckInAsk) -> bool:
    return ask.state is OccurrenceState.OPEN


ASK = Message("checkin.ask", CheckInAsk, load_ask, as_long_as(_is_open), priority=Priority.CHECK_IN)
REMINDER = Message(
    "checkin.remind", CheckInAsk, load_reminder, as_long_as(_is_open), priority=Priority.CHECK_IN
)
CARD = Message(
    "checkin.card",
    CheckInCard,
    load_check_in_card,
    while_people_read_it,
    priority=Priority.ACT,
    gathered=True,
)
SKIPPED = Message(
    "checkin.skipped", SkipNote, load_skip_note, of_use=None, priority=Priority.ACT, gathered=True
)
