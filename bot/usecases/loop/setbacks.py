"""“It's not working”: said early, of anything that is tried now, with one tap."""

from dataclasses import dataclass, replace

from bot.domain.errors import AlreadySettled
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import ExperimentId, SetbackId
from bot.domain.outgoing import Priority
from bot.domain.setbacks import Setback
from bot.ports import Tx
from bot.usecases.loop.experiments import ExperimentForm, my_experiment, open_experiment_form, touch
from bot.usecases.outgoing import Message, enqueue_post, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import membership_in, my_membership
from bot.usecases.rhythm.asks import AskForm, open_ask_form


@dataclass(frozen=True)
class WaysOn:
    """What the mentee is offered once they said it; `mentors` are those who can be asked."""

    experiment: Experiment
    mentors: tuple[str, ...]


@dataclass(frozen=True)
class SetbackNews:
    """The same as the mentor reads it; `may_hint` is false once the experiment is over."""

    setback: Setback
    experiment: Experiment
    owner: str
    may_hint: bool


def say_not_working(tx: Tx, experiment_id: ExperimentId) -> SetbackId:
    """Note it, and let the mentors know: by a message once, later on the cards alone.

    Raises NotFound, NotAllowed for the partner's, AlreadySettled once it is over.
    """
    experiment = my_experiment(tx, experiment_id, lock=True)
    if experiment.state is not ExperimentState.OPEN:
        raise AlreadySettled
    membership = my_membership(tx, experiment.pair_id)
    setback = _keep_setback(tx, experiment)
    for mentor in membership.mentors:
        enqueue_post(tx, mentor.id, NEWS, setback.id)
    if setback.version > 1:
        enqueue_update(tx, NEWS, setback.id, version=setback.version)
    touch(tx, experiment)
    return setback.id


def see_ways_on(tx: Tx, experiment_id: ExperimentId) -> WaysOn:
    """What to offer now. Raises NotFound, NotAllowed."""
    experiment = my_experiment(tx, experiment_id)
    return WaysOn(experiment, my_membership(tx, experiment.pair_id).mentor_names)


def open_another_way(tx: Tx, experiment_id: ExperimentId) -> ExperimentForm:
    """The form for another way while this one is open. Raises NotFound, NotAllowed, NoPair."""
    return open_experiment_form(tx, parent=experiment_id)


def open_ask_about(tx: Tx, experiment_id: ExperimentId) -> tuple[Experiment, AskForm]:
    """The form to ask the mentor about it, its own pair first. Raises NotFound, NotAllowed, NoPair."""
    experiment = my_experiment(tx, experiment_id)
    form = open_ask_form(tx)
    pairs = sorted(form.pairs, key=lambda pair: pair.pair_id != experiment.pair_id)
    return experiment, replace(form, pairs=tuple(pairs))


def load_setback(tx: Tx, setback_id: int) -> SetbackNews:
    """The news as this reader finds it; NotFound if they may not."""
    setback = tx.setbacks.get(setback_id)
    experiment = tx.experiments.get(setback.experiment_id)
    membership = membership_in(tx, setback.pair_id, setback.member_id)
    mentors = tx.me in {mentor.id for mentor in membership.mentors}
    still = experiment.state is ExperimentState.OPEN
    return SetbackNews(setback, experiment, membership.me.name, mentors and still)


def _keep_setback(tx: Tx, experiment: Experiment) -> Setback:
    known = tx.setbacks.first(experiment_id=experiment.id)
    if known is not None:
        return tx.setbacks.update(replace(known, said_at=tx.now))
    own = (experiment.workspace_id, experiment.pair_id, experiment.member_id, experiment.id)
    return tx.setbacks.insert(Setback(*own, created_at=tx.now, said_at=tx.now))


NEWS = Message(
    "setback.news",
    SetbackNews,
    load_setback,
    while_people_read_it,
    priority=Priority.ESCALATION,
    gathered=True,
)
