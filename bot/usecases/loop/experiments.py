"""Trying something small: promising it, changing it, letting it go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.cadence import local_date
from bot.domain.errors import AlreadySettled, ChoiceMissing, NotFound, PreparingNeedsNumber
from bot.domain.experiments import (
    OPEN_LIMIT,
    PREPARES_FOR,
    Experiment,
    ExperimentState,
    Starts,
    first_end,
    require_future,
    require_room,
)
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import ExperimentId, PairId
from bot.domain.resources import Resource
from bot.domain.reuse import ReusableTry
from bot.domain.rhythms import rhythm_of
from bot.domain.sessions import AgendaSource
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.experiment_cards import CARD
from bot.usecases.loop.indicators import Measure, checked, keep_measures, measures_anew, measures_of
from bot.usecases.loop.reuse import others_tried
from bot.usecases.loop.turns import keep_toss
from bot.usecases.loop.two_lines_waiting import need_no_lines
from bot.usecases.outgoing import enqueue_card, enqueue_update
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import (
    PairMembership,
    PairQuestion,
    my_membership,
)
from bot.usecases.people.memberships_own import my_kept_membership, my_trying_membership, pair_choices
from bot.usecases.rhythm.agenda import move_on_agenda
from bot.usecases.rhythm.nudges import cancel_follow_ups, plan_follow_ups
from bot.usecases.rhythm.owed_replies import reply_by_talk


@dataclass(frozen=True)
class Commit:
    """What the form sends.

    Args:
        shown: what the form showed. What it did not stays as it was; a new one serves the open goal.
        measures: all its numbers; None where the form showed none, and those that were there stay.
        pair_id: in which pair; None means the newest in which the member is a mentee, else for themselves alone.
        experiment_id: the one that is changed, None promises a new one.
        parent_id: the one that this one tries in another way.
        swap_id: an open one of the same pair that is let go for this one, once this one is kept.
    """

    shown: Shown
    measures: tuple[Measure, ...] | None = None
    pair_id: PairId | None = None
    experiment_id: ExperimentId | None = None
    parent_id: ExperimentId | None = None
    swap_id: ExperimentId | None = None


@dataclass(frozen=True)
class ExperimentForm(PairQuestion):
    """What the form needs to open.

    Args:
        goals: the open goals of that pair, the newest first.
        today: on the mentee's calendar.
        until: the preset day: the pair's first check-in that leaves time to try it.
        open_now: what the mentee tries in this pair now.
        experiment: the one that is changed (`changes`), or the one that this tries in another way.
        measures: its signs as numbers.
        others: what others tried, without names.
        resources: of the cohort, of which one is offered where it fits.
        alone: it is tried in a pair of one.
    """

    goals: tuple[Goal, ...]
    today: date
    until: date
    open_now: tuple[Experiment, ...]
    experiment: Experiment | None = None
    measures: tuple[Measure, ...] = ()
    changes: bool = False
    others: tuple[ReusableTry, ...] = ()
    resources: tuple[Resource, ...] = ()
    alone: bool = False

    @property
    def full(self) -> bool:
        """Whether one must go before this one can begin."""
        going_on = self.changes and self.experiment in self.open_now
        return len(self.open_now) >= OPEN_LIMIT and not going_on


def open_experiment_form(
    tx: Tx,
    *,
    pair_id: PairId | None = None,
    experiment: ExperimentId | None = None,
    parent: ExperimentId | None = None,
) -> ExperimentForm:
    """The form for a new experiment, to change `experiment`, or to try `parent` in another way.

    Raises NoPair, NotAllowed, NotFound, and AlreadySettled for a change after the result was told.
    """
    if experiment is not None:
        found = my_experiment(tx, experiment)
        _require_unfinished(found)
        return _experiment_form(tx, my_membership(tx, found.pair_id), found, changes=True)
    old = my_experiment(tx, parent) if parent is not None else None
    membership = my_trying_membership(tx, old.pair_id if old else pair_id)
    return _experiment_form(tx, membership, old)


def commit_to_experiment(tx: Tx, command: Commit) -> ExperimentId:
    """Keep the experiment, or its change, show the card to both, and plan when to ask.

    A dropped experiment that is changed is taken up again.

    Raises InvalidInput for the field at fault, TooManyOpen, NoPair, NotAllowed, NotFound, AlreadySettled.
    """
    return _commit(tx, command) if command.experiment_id is None else _change(tx, command)


def move_experiment(tx: Tx, experiment: ExperimentId, until: date | None) -> ExperimentId:
    """Give it another last day. Raises DateInPast, ChoiceMissing, NotAllowed, NotFound, AlreadySettled."""
    found = my_experiment(tx, experiment, lock=True)
    _require_unfinished(found)
    membership = my_membership(tx, found.pair_id)
    return _keep_experiment(tx, _checked(tx, changed(found, {"until": until}), membership), membership)


def drop_experiment(tx: Tx, experiment: ExperimentId) -> ExperimentId:
    """Let it go; it can be taken up again. Raises NotAllowed, NotFound, AlreadySettled once a result was told."""
    found = my_experiment(tx, experiment, lock=True)
    _require_unfinished(found)
    _let_go(tx, found)
    return found.id


def discuss_experiment(tx: Tx, experiment: ExperimentId, *, wanted: bool) -> ExperimentId:
    """Put an experiment on the agenda, or take it off; nothing changes if it is so already. Raises NotFound."""
    found = tx.experiments.get(experiment, lock=True)
    if move_on_agenda(tx, found.pair_id, AgendaSource.EXPERIMENT, found.id, wanted=wanted):
        if result := tx.results.first(experiment_id=found.id):
            reply_by_talk(tx, result, wanted=wanted)
        touch(tx, found)
    return found.id


def goal_field(pair: PairId) -> str:
    """The field of the goal. It is named for its pair, so that a choice does not outlive a change of the pair."""
    return f"goal_{pair}"


def open_experiments(tx: Tx, membership: PairMembership) -> list[Experiment]:
    """What this member tries in this pair now, the oldest first."""
    return tx.experiments.find(**membership.mine, state=ExperimentState.OPEN)


def my_experiment(tx: Tx, experiment_id: ExperimentId, *, lock: bool = False) -> Experiment:
    """The experiment, if it is this member's own; NotAllowed for the partner's."""
    return my_own(tx, tx.experiments, experiment_id, lock=lock)


def touch(tx: Tx, experiment: Experiment) -> Experiment:
    """Bring the cards up to date after something beside the experiment itself has changed."""
    touched = tx.experiments.update(experiment)
    _show_card(tx, touched)
    return touched


def _experiment_form(
    tx: Tx, membership: PairMembership, experiment: Experiment | None, *, changes: bool = False
) -> ExperimentForm:
    today = local_date(tx.now, membership.me.tz)
    stands = rhythm_of(membership.pair, tx.cohorts.get(membership.pair.cohort_id))
    return ExperimentForm(
        pair_id=membership.pair.id,
        pairs=pair_choices(tx, membership),
        goals=tuple(_open_goals(tx, membership)),
        today=today,
        until=first_end(stands, today),
        open_now=tuple(open_experiments(tx, membership)),
        experiment=experiment,
        measures=_measures(tx, experiment, changes=changes),
        changes=changes,
        others=others_tried(tx),
        resources=tuple(tx.resources.find(cohort_id=membership.pair.cohort_id)),
        alone=membership.alone,
    )


def _measures(tx: Tx, experiment: Experiment | None, *, changes: bool) -> tuple[Measure, ...]:
    if experiment is None:
        return ()
    return measures_of(tx, experiment.id) if changes else measures_anew(tx, experiment.id)


def _open_goals(tx: Tx, membership: PairMembership) -> list[Goal]:
    """The mentee's in this pair, the newest first."""
    return tx.goals.find(**membership.mine, state=GoalState.OPEN, order="-id")


def _commit(tx: Tx, command: Commit) -> ExperimentId:
    membership = my_kept_membership(tx, command.pair_id)
    if command.parent_id is not None:
        _require_same_pair(my_experiment(tx, command.parent_id), membership)
    experiment = _begun(tx, membership, command)
    measures = command.measures
    if measures is None:
        measures = measures_anew(tx, command.parent_id) if command.parent_id else ()
    experiment = _waiting_for_three(experiment, measures)
    _take_room(tx, membership, command.swap_id)
    return _keep_experiment(tx, experiment, membership, checked(measures))


def _change(tx: Tx, command: Commit) -> ExperimentId:
    old = my_experiment(tx, ExperimentId(command.experiment_id or 0), lock=True)
    _require_unfinished(old)
    membership = my_membership(tx, old.pair_id)
    new = _checked(tx, changed(old, command.shown), membership)
    if old.state is ExperimentState.DROPPED:
        _take_room(tx, membership, command.swap_id)
        new = replace(new, state=ExperimentState.OPEN, closed_at=None)
    return _keep_experiment(
        tx, new, membership, None if command.measures is None else checked(command.measures)
    )


def _begun(tx: Tx, membership: PairMembership, command: Commit) -> Experiment:
    """A new one: what the form did not show is as in its parent, or serves the open goal."""
    if command.parent_id is None:
        goal_id = next((goal.id for goal in _open_goals(tx, membership)), None)
        shown = {"goal_id": goal_id, **command.shown}
        new = begun(Experiment, shown, **membership.whose, created_at=tx.now)
        return _checked(tx, new, membership)
    parent = replace(tx.experiments.get(command.parent_id), state=ExperimentState.OPEN, closed_at=None)
    anew = replace(parent, id=ExperimentId(0), version=1, created_at=tx.now, parent_id=parent.id)
    anew = replace(anew, starts=Starts.AT_ONCE, began_on=None)  # the series has its "before"
    return _checked(tx, changed(anew, command.shown), membership)


def _waiting_for_three(experiment: Experiment, measures: Sequence[Measure]) -> Experiment:
    """Where its number is noted three times first, its last day is as much later as that may take.

    Raises PreparingNeedsNumber.
    """
    if experiment.starts is Starts.AT_ONCE:
        return experiment
    if not measures:
        raise PreparingNeedsNumber(field="starts")
    return replace(experiment, until=experiment.until + PREPARES_FOR)


def versions_of(tx: Tx, experiment: Experiment) -> list[Experiment]:
    """All tries of the thread that this one belongs to, as far as the viewer may see them, the oldest first."""
    thread = {experiment.id: experiment}
    newest = [experiment]
    while newest:
        near = tx.experiments.find(id=[one.parent_id for one in newest if one.parent_id])
        near += tx.experiments.find(parent_id=[one.id for one in newest])
        newest = [one for one in near if one.id not in thread]
        thread |= {one.id: one for one in newest}
    return [thread[id_] for id_ in sorted(thread)]


def _checked(tx: Tx, experiment: Experiment, membership: PairMembership) -> Experiment:
    """The experiment as it is; ChoiceMissing unless its goal is the mentee's own, DateInPast if its day has passed."""
    if experiment.goal_id is not None and not tx.goals.count(id=experiment.goal_id, **membership.mine):
        raise ChoiceMissing(field=goal_field(membership.pair.id))
    require_future(experiment.until, local_date(tx.now, membership.me.tz))
    return experiment


def _require_same_pair(parent: Experiment, membership: PairMembership) -> None:
    """Raise NotFound for a thread that goes from one pair to another: its words would be read by other people."""
    if parent.pair_id != membership.pair.id:
        raise NotFound("experiment")


def _take_room(tx: Tx, membership: PairMembership, swap: ExperimentId | None) -> None:
    """Let go of the one that is swapped; raise TooManyOpen without room.

    Two forms that are sent at once wait for each other here.
    """
    mine = tx.memberships.first(**membership.mine, left_at=None)
    if mine is not None:
        tx.memberships.get(mine.id, lock=True)
    open_now = open_experiments(tx, membership)
    require_room([one for one in open_now if one.id != swap])
    for one in open_now:
        if one.id == swap:
            _let_go(tx, tx.experiments.get(one.id, lock=True))


def _let_go(tx: Tx, experiment: Experiment) -> None:
    if experiment.state is ExperimentState.OPEN:
        dropped = replace(experiment, state=ExperimentState.DROPPED, closed_at=tx.now)
        kept = tx.experiments.update(dropped)
        cancel_follow_ups(tx, kept)
        need_no_lines(tx, experiment_id=kept.id)
        _show_card(tx, kept)


def _keep_experiment(
    tx: Tx, experiment: Experiment, membership: PairMembership, measures: Sequence[Measure] | None = None
) -> ExperimentId:
    """Keep it with its numbers (None leaves them as they are), make it findable, and show it to both."""
    store = tx.experiments
    kept = store.update(experiment) if experiment.id else store.insert(experiment)
    if measures is not None:
        keep_measures(tx, kept, measures, local_date(tx.now, membership.me.tz))
    keep_toss(tx, kept)
    plan_follow_ups(tx, kept, membership)
    make_findable(tx, kept)
    enqueue_card(tx, CARD, kept, [reader.id for reader in (membership.me, *membership.mentors)])
    return kept.id


def _show_card(tx: Tx, experiment: Experiment) -> None:
    enqueue_update(tx, CARD, experiment.id, version=experiment.version)


def _require_unfinished(experiment: Experiment) -> None:
    if experiment.state is ExperimentState.DONE:
        raise AlreadySettled
