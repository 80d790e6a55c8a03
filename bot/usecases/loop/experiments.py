"""Trying something small: promising it, changing it, letting it go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.cadence import local_date, next_date
from bot.domain.errors import AlreadySettled, ChoiceMissing, NotAllowed, NotFound
from bot.domain.experiments import (
    LINE_LIMIT,
    OPEN_LIMIT,
    STEPS_LIMIT,
    AskWhen,
    Experiment,
    ExperimentState,
    require_future,
    require_room,
    without_opening,
)
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import ExperimentId, GoalId, MemberId, PairId
from bot.domain.privacy import Viewer, pair_token
from bot.domain.stored import EntryKind
from bot.domain.texts import clean, required
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.loop.indicators import Measure, checked, keep_measures, measures_of
from bot.usecases.programme.pairs import (
    PairChoice,
    PairMembership,
    membership_in,
    my_learning_membership,
    pair_choices,
)
from bot.usecases.repository.entries import index
from bot.usecases.rhythm.nudges import cancel_follow_ups, plan_follow_ups

CARD = "experiment.card"


@dataclass(frozen=True)
class Details:
    """What stands under *More*."""

    goal_id: GoalId | None = None
    steps: str = ""
    measures: tuple[Measure, ...] = ()
    ask_when: AskWhen = AskWhen.END


@dataclass(frozen=True)
class Commit:
    """What the form sends.

    Args:
        details: None where *More* was not opened: what was there stays, and a new one serves the open goal.
        pair_id: in which pair; None means the newest in which the member is a mentee.
        experiment_id: the one that is changed, None promises a new one.
        parent_id: the one that this one tries in another way.
        swap_id: an open one of the same pair that is let go for this one, once this one is kept.
    """

    behaviour: str
    situation: str
    until: date | None
    sign: str = ""
    details: Details | None = None
    pair_id: PairId | None = None
    experiment_id: ExperimentId | None = None
    parent_id: ExperimentId | None = None
    swap_id: ExperimentId | None = None


@dataclass(frozen=True)
class ExperimentForm:
    """What the form needs to open.

    Args:
        pairs: every pair to choose from, `pair_id` the one that is chosen.
        goals: the open goals of that pair, the newest first.
        today: on the mentee's calendar.
        until: the preset day: the pair's next check-in.
        open_now: what the mentee tries in this pair now.
        experiment: the one that is changed (`changes`), or the one that this tries in another way.
        measures: its signs as numbers.
    """

    pair_id: PairId
    pairs: tuple[PairChoice, ...]
    goals: tuple[Goal, ...]
    today: date
    until: date
    open_now: tuple[Experiment, ...]
    experiment: Experiment | None = None
    measures: tuple[Measure, ...] = ()
    changes: bool = False

    @property
    def full(self) -> bool:
        """Whether one must go before this one can begin."""
        going_on = self.changes and self.experiment in self.open_now
        return len(self.open_now) >= OPEN_LIMIT and not going_on

    @property
    def mentors(self) -> tuple[str, ...]:
        return next((pair.mentors for pair in self.pairs if pair.pair_id == self.pair_id), ())


async def open_experiment_form(
    deps: Deps,
    viewer: Viewer,
    member: MemberId,
    *,
    pair_id: PairId | None = None,
    experiment: ExperimentId | None = None,
    parent: ExperimentId | None = None,
) -> ExperimentForm:
    """The form for a new experiment, to change `experiment`, or to try `parent` in another way.

    Raises NoPair, NotAllowed, NotFound, and AlreadySettled for a change after the result was told.
    """
    now = deps.clock.now()

    def read(repositories: Repositories) -> ExperimentForm:
        if experiment is not None:
            found = my_experiment(repositories, member, experiment)
            _require_unfinished(found)
            return _form(
                repositories, membership_in(repositories, found.pair_id, member), now, found, changes=True
            )
        old = my_experiment(repositories, member, parent) if parent is not None else None
        membership = my_learning_membership(repositories, member, old.pair_id if old else pair_id)
        return _form(repositories, membership, now, old)

    return await deps.db.read(viewer, read)


async def commit_to_experiment(
    deps: Deps, viewer: Viewer, member: MemberId, command: Commit, *, key: str
) -> ExperimentId:
    """Keep the experiment, or its change, show the card to both, and plan when to ask.

    A dropped experiment that is changed is taken up again.

    Raises InvalidInput for the field at fault, TooManyOpen, NoPair, NotAllowed, NotFound, AlreadySettled.
    """
    now = deps.clock.now()
    work = _commit if command.experiment_id is None else _change
    return await deps.db.write(viewer, lambda r: work(r, member, command, now), idempotency_key=key)


async def move_experiment(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId, until: date | None, *, key: str
) -> ExperimentId:
    """Give it another last day. Raises DateInPast, ChoiceMissing, NotAllowed, NotFound, AlreadySettled."""
    now = deps.clock.now()

    def move(repositories: Repositories) -> ExperimentId:
        found = my_experiment(repositories, member, experiment, lock=True)
        _require_unfinished(found)
        membership = membership_in(repositories, found.pair_id, member)
        return _keep(repositories, replace(found, until=_until(until, membership, now)), membership, now)

    return await deps.db.write(viewer, move, idempotency_key=key)


async def drop_experiment(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId, *, key: str
) -> ExperimentId:
    """Let it go; it can be taken up again. Raises NotAllowed, NotFound, AlreadySettled once a result was told."""
    now = deps.clock.now()

    def drop(repositories: Repositories) -> ExperimentId:
        found = my_experiment(repositories, member, experiment, lock=True)
        _require_unfinished(found)
        _let_go(repositories, found, now)
        return found.id

    return await deps.db.write(viewer, drop, idempotency_key=key)


def goal_field(pair: PairId) -> str:
    """The field of the goal. It is named for its pair, so that a choice does not outlive a change of the pair."""
    return f"goal_{pair}"


def open_experiments(repositories: Repositories, membership: PairMembership) -> list[Experiment]:
    """What this member tries in this pair now, the oldest first."""
    return repositories.experiments.find(
        pair_id=membership.pair.id, member_id=membership.me.id, state=ExperimentState.OPEN
    )


def my_experiment(
    repositories: Repositories, member: MemberId, experiment_id: ExperimentId, *, lock: bool = False
) -> Experiment:
    """The experiment, if it is this member's own; NotAllowed for the partner's."""
    experiment = repositories.experiments.get(experiment_id, lock=lock)
    if experiment.member_id != member:
        raise NotAllowed("author")
    return experiment


def touch(repositories: Repositories, experiment: Experiment, now: datetime) -> Experiment:
    """Bring the cards up to date after something beside the experiment itself has changed."""
    touched = repositories.experiments.update(experiment)
    _show(repositories, touched, now)
    return touched


def _form(
    repositories: Repositories,
    membership: PairMembership,
    now: datetime,
    experiment: Experiment | None,
    *,
    changes: bool = False,
) -> ExperimentForm:
    today = local_date(now, membership.me.tz)
    cohort = repositories.cohorts.get(membership.pair.cohort_id)
    goals = repositories.goals.find(
        pair_id=membership.pair.id, member_id=membership.me.id, state=GoalState.OPEN, order="-id"
    )
    return ExperimentForm(
        pair_id=membership.pair.id,
        pairs=pair_choices(repositories, membership),
        goals=tuple(goals),
        today=today,
        until=next_date(cohort.cadence, today),
        open_now=tuple(open_experiments(repositories, membership)),
        experiment=experiment,
        measures=measures_of(repositories, experiment.id) if experiment else (),
        changes=changes,
    )


def _commit(repositories: Repositories, member: MemberId, command: Commit, now: datetime) -> ExperimentId:
    membership = my_learning_membership(repositories, member, command.pair_id)
    if command.parent_id is not None:
        _require_same_pair(my_experiment(repositories, member, command.parent_id), membership)
    details = command.details or _preset(repositories, membership, command.parent_id)
    experiment = _experiment(repositories, membership, command, details, now)
    _take_room(repositories, membership, command.swap_id, now)
    return _keep(repositories, experiment, membership, now, checked(details.measures))


def _change(repositories: Repositories, member: MemberId, command: Commit, now: datetime) -> ExperimentId:
    old = my_experiment(repositories, member, ExperimentId(command.experiment_id or 0), lock=True)
    _require_unfinished(old)
    membership = membership_in(repositories, old.pair_id, member)
    kept = Details(old.goal_id, old.steps, (), old.ask_when)
    new = _experiment(repositories, membership, command, command.details or kept, now)
    if old.state is ExperimentState.DROPPED:
        _take_room(repositories, membership, command.swap_id, now)
    new = replace(new, id=old.id, version=old.version, created_at=old.created_at, parent_id=old.parent_id)
    return _keep(
        repositories, new, membership, now, checked(command.details.measures) if command.details else None
    )


def _preset(repositories: Repositories, membership: PairMembership, parent: ExperimentId | None) -> Details:
    """What stands under *More* for somebody who did not look: as in the parent, else the open goal."""
    if parent is not None:
        old = repositories.experiments.get(parent)
        return Details(old.goal_id, old.steps, measures_of(repositories, parent), old.ask_when)
    goal = repositories.goals.first(
        pair_id=membership.pair.id, member_id=membership.me.id, state=GoalState.OPEN, order="-id"
    )
    return Details(goal.id if goal else None)


def _experiment(
    repositories: Repositories, membership: PairMembership, command: Commit, details: Details, now: datetime
) -> Experiment:
    _require_own_goal(repositories, details.goal_id, membership)
    return Experiment(
        workspace_id=membership.pair.workspace_id,
        pair_id=membership.pair.id,
        member_id=membership.me.id,
        behaviour=_promise(command.behaviour, "behaviour"),
        situation=_promise(command.situation, "situation"),
        until=_until(command.until, membership, now),
        created_at=now,
        sign=clean(command.sign, LINE_LIMIT, "sign"),
        steps=clean(details.steps, STEPS_LIMIT, "steps"),
        goal_id=details.goal_id,
        parent_id=command.parent_id,
        ask_when=details.ask_when,
    )


def _promise(text: str, field: str) -> str:
    return required(without_opening(clean(text, LINE_LIMIT, field), field), LINE_LIMIT, field)


def _until(until: date | None, membership: PairMembership, now: datetime) -> date:
    if until is None:
        raise ChoiceMissing(field="until")
    require_future(until, local_date(now, membership.me.tz))
    return until


def _require_own_goal(repositories: Repositories, goal_id: GoalId | None, membership: PairMembership) -> None:
    """ChoiceMissing unless the goal is the mentee's own in this pair."""
    if goal_id is None:
        return
    if not repositories.goals.count(id=goal_id, pair_id=membership.pair.id, member_id=membership.me.id):
        raise ChoiceMissing(field=goal_field(membership.pair.id))


def _require_same_pair(parent: Experiment, membership: PairMembership) -> None:
    """Raise NotFound for a thread that goes from one pair to another: its words would be read by other people."""
    if parent.pair_id != membership.pair.id:
        raise NotFound("experiment")


def _take_room(
    repositories: Repositories, membership: PairMembership, swap: ExperimentId | None, now: datetime
) -> None:
    """Let go of the one that is swapped; raise TooManyOpen without room.

    Two forms that are sent at once wait for each other here.
    """
    mine = repositories.memberships.first(
        pair_id=membership.pair.id, member_id=membership.me.id, left_at=None
    )
    if mine is not None:
        repositories.memberships.get(mine.id, lock=True)
    open_now = open_experiments(repositories, membership)
    require_room([one for one in open_now if one.id != swap])
    for one in open_now:
        if one.id == swap:
            _let_go(repositories, repositories.experiments.get(one.id, lock=True), now)


def _let_go(repositories: Repositories, experiment: Experiment, now: datetime) -> None:
    if experiment.state is ExperimentState.OPEN:
        dropped = replace(experiment, state=ExperimentState.DROPPED, closed_at=now)
        kept = repositories.experiments.update(dropped)
        cancel_follow_ups(repositories, kept, now)
        _show(repositories, kept, now)


def _keep(
    repositories: Repositories,
    experiment: Experiment,
    membership: PairMembership,
    now: datetime,
    measures: Sequence[Measure] | None = None,
) -> ExperimentId:
    """Keep it with its numbers (None leaves them as they are), make it findable, and show it to both."""
    store = repositories.experiments
    kept = store.update(experiment) if experiment.id else store.insert(experiment)
    if measures is not None:
        keep_measures(repositories, kept, measures)
    plan_follow_ups(repositories, kept, membership, now)
    _make_findable(repositories, kept, membership, now)
    for reader in (membership.me, *membership.mentors):
        enqueue_post(repositories, reader.id, CARD, kept.id, now=now)
    _show(repositories, kept, now)
    return kept.id


def _show(repositories: Repositories, experiment: Experiment, now: datetime) -> None:
    enqueue_update(repositories, CARD, experiment.id, now=now, version=experiment.version)


def _require_unfinished(experiment: Experiment) -> None:
    if experiment.state is ExperimentState.DONE:
        raise AlreadySettled


def _make_findable(
    repositories: Repositories, experiment: Experiment, membership: PairMembership, now: datetime
) -> None:
    index(
        repositories,
        EntryKind.EXPERIMENT,
        experiment,
        access=pair_token(experiment.pair_id),
        title=f"{experiment.behaviour} – {experiment.situation}",
        body="\n".join(filter(None, (experiment.sign, experiment.steps))),
        locale=membership.me.locale,
        now=now,
    )
