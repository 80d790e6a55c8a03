"""What people read as they look back: drafted from what the pair wrote, each time through its reader's eyes."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.checkins import CheckInSource
from bot.domain.errors import NotFound
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import ExperimentId
from bot.domain.nudges import OccurrenceState
from bot.domain.outgoing import Priority
from bot.domain.results import NextStep, Result
from bot.domain.reviews import Column, RetroItem, Review, ReviewKind, ReviewState
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.loop.goal_numbers import numbers_of
from bot.usecases.loop.patterns import PatternView, load_pattern
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.outgoing import Message, as_long_as, while_people_read_it
from bot.usecases.people.memberships import PairMembership, owner_in
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.checkin_cards import REMINDER, CheckInAsk, load_ask

OTHERWISE = (NextStep.ADAPT, NextStep.REFRAME)


@dataclass(frozen=True)
class Looked:
    """An entry of the pair's that a review shows in a line, and leads to."""

    kind: EntryKind
    id: int
    text: str


@dataclass(frozen=True)
class Draft:
    """What a month says of itself: what was kept, changed and let go, and where the goal stands.

    Args:
        well, hard: what check-ins say of either; energy is no part of it.
        has_ladder: the goal has one, so each may say where they see it.
    """

    kept: tuple[Looked, ...] = ()
    changed: tuple[Looked, ...] = ()
    let_go: tuple[Looked, ...] = ()
    well: tuple[Looked, ...] = ()
    hard: tuple[Looked, ...] = ()
    goal: Goal | None = None
    number: ReadSeries | None = None
    has_ladder: bool = False


@dataclass(frozen=True)
class DraftColumn:
    """One of the three columns: what was drafted, and what people added, each with who did."""

    column: Column
    drafted: tuple[Looked, ...] = ()
    added: tuple[tuple[str, RetroItem], ...] = ()


@dataclass(frozen=True)
class ReviewCard:
    """A review as one of the pair reads it.

    Args:
        columns: of a quarter, none for a month.
        mine: its reader is who looks back.
        partners: of whoever looks back.
    """

    review: Review
    owner: str
    mine: bool
    partners: tuple[str, ...]
    draft: Draft
    columns: tuple[DraftColumn, ...]


@dataclass(frozen=True)
class ReviewAsk:
    """The question that takes the place of a check-in.

    Args:
        ask: the check-in in whose place it came.
        pattern: what keeps coming back, which is its reader's alone.
    """

    ask: CheckInAsk
    card: ReviewCard
    pattern: PatternView | None

    @property
    def is_open(self) -> bool:
        """Whether it was neither answered nor skipped, and has not passed."""
        return self.ask.state is OccurrenceState.OPEN and self.card.review.state is ReviewState.OPEN


def load_review_ask(tx: Tx, occurrence_id: int) -> ReviewAsk:
    """The question as its reader finds it; NotFound where nobody looks back in this round."""
    review = tx.reviews.first(occurrence_id=occurrence_id, member_id=tx.me)
    if review is None:
        raise NotFound("review")
    found = tx.patterns.first(review_id=review.id)
    return ReviewAsk(
        load_ask(tx, occurrence_id),
        load_review(tx, review.id),
        load_pattern(tx, found.id) if found else None,
    )


def load_review(tx: Tx, review_id: int) -> ReviewCard:
    """The review as this reader sees it; NotFound for who is not in the pair."""
    review = tx.reviews.get(review_id)
    owner = owner_in(tx, review.pair_id, review.member_id)
    until = review.done_at or tx.now
    return ReviewCard(
        review,
        owner.me.name,
        mine=review.member_id == tx.me,
        partners=owner.partner_names,
        draft=_month_draft(tx, owner, review.since, until),
        columns=_three_columns(tx, review, owner, until) if review.kind is ReviewKind.QUARTERLY else (),
    )


def told_since(tx: Tx, membership: PairMembership, since: datetime, until: datetime) -> list[Result]:
    """The results that this member told in this time, the oldest first."""
    found = tx.results.find(**membership.mine, told_at__since=since, told_at__upto=until, order="told_at")
    return [one for one in found if one.told_at is not None]


def _month_draft(tx: Tx, owner: PairMembership, since: datetime, until: datetime) -> Draft:
    results = told_since(tx, owner, since, until)
    tried = _tries_of(tx, results)
    answers = tx.check_ins.find(
        **owner.mine, source=CheckInSource.FORM, created_at__since=since, created_at__upto=until
    )
    goal = tx.goals.first(**owner.mine, state=GoalState.OPEN, order="-id")
    return Draft(
        kept=_looked(results, tried, NextStep.ADOPT),
        changed=_looked(results, tried, *OTHERWISE),
        let_go=(*_looked(results, tried, NextStep.DROP), *_dropped_tries(tx, owner, since, until, tried)),
        well=tuple(_said_in(one.id, one.went_well) for one in answers if one.went_well),
        hard=tuple(_said_in(one.id, one.was_hard) for one in answers if one.was_hard),
        goal=goal,
        number=numbers_of(tx, [goal.id]).get(goal.id) if goal else None,
        has_ladder=goal is not None and tx.ladders.count(goal_id=goal.id) > 0,
    )


def _tries_of(tx: Tx, results: list[Result]) -> dict[ExperimentId, Experiment]:
    ids = {one.experiment_id for one in results}
    return {one.id: one for one in tx.experiments.find(id=ids)} if ids else {}


def _looked(
    results: list[Result], tried: dict[ExperimentId, Experiment], *steps: NextStep
) -> tuple[Looked, ...]:
    return tuple(
        Looked(EntryKind.RESULT, one.id, tried[one.experiment_id].behaviour)
        for one in results
        if one.next_step in steps and one.experiment_id in tried
    )


def _dropped_tries(
    tx: Tx, owner: PairMembership, since: datetime, until: datetime, told: dict[ExperimentId, Experiment]
) -> tuple[Looked, ...]:
    """Tries that were let go without a word about them."""
    found = tx.experiments.find(
        **owner.mine, state=ExperimentState.DROPPED, closed_at__since=since, closed_at__upto=until
    )
    return tuple(Looked(EntryKind.EXPERIMENT, one.id, one.behaviour) for one in found if one.id not in told)


def _three_columns(tx: Tx, review: Review, owner: PairMembership, until: datetime) -> tuple[DraftColumn, ...]:
    draft = _month_draft(tx, owner, review.since, until)
    drafted = {
        Column.PLUS: (*draft.kept, *draft.well),
        Column.MINUS: (*draft.let_go, *draft.hard),
        Column.NEXT: (*draft.changed, *_still_open(tx, owner)),
    }
    added = _added_lines(tx, review)
    return tuple(
        DraftColumn(one, drafted[one], tuple(a for a in added if a[1].column is one)) for one in Column
    )


def _said_in(check_in: int, text: str) -> Looked:
    return Looked(EntryKind.CHECK_IN, check_in, text)


def _still_open(tx: Tx, owner: PairMembership) -> tuple[Looked, ...]:
    found = tx.experiments.find(**owner.mine, state=ExperimentState.OPEN, order="until")
    return tuple(Looked(EntryKind.EXPERIMENT, one.id, one.behaviour) for one in found)


def _added_lines(tx: Tx, review: Review) -> list[tuple[str, RetroItem]]:
    items = tx.retro_items.find(review_id=review.id)
    names = (
        {one.id: one.name for one in tx.members.find(id={item.member_id for item in items})} if items else {}
    )
    return [(names.get(item.member_id, ""), item) for item in items]


ASK = Message(
    "review.ask", ReviewAsk, load_review_ask, as_long_as(lambda ask: ask.is_open), priority=Priority.CHECK_IN
)
OF_A_ROUND = (CHECK_IN, REMINDER, ASK)  # what shows a round to whom it asks, and what rides on it
CARD = Message("review.card", ReviewCard, load_review, while_people_read_it, priority=Priority.ACT)
