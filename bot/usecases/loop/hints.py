"""A mentor's hint on a card."""

from dataclasses import dataclass

from bot.domain.errors import AlreadySettled, NotAllowed
from bot.domain.experiments import LINE_LIMIT, Experiment, ExperimentState, Hint
from bot.domain.ids import ExperimentId, HintId
from bot.domain.outgoing import Priority
from bot.domain.texts import required
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.experiments import touch
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.people.memberships import PairMembership, membership_in


@dataclass(frozen=True)
class HintForm:
    """What the form needs to open: which experiment, and who besides the writer finds the hint."""

    experiment: Experiment
    readers: tuple[str, ...]


@dataclass(frozen=True)
class HintAdded:
    """What the mentee is told."""

    experiment: Experiment
    mentor: str
    text: str


def open_hint_form(tx: Tx, experiment: ExperimentId) -> HintForm:
    """Raises NotFound, NotAllowed unless the member mentors the one who tries it, AlreadySettled."""
    found, membership = _mentored_experiment(tx, tx.experiments.get(experiment))
    others = [partner.name for partner in membership.partners if partner.id != tx.me]
    return HintForm(found, (membership.me.name, *others))


def add_hint(tx: Tx, experiment: ExperimentId, text: str) -> HintId:
    """Keep the hint, show it on both cards, and tell the mentee. Raises like `open_hint_form`, and InvalidInput."""
    found, _ = _mentored_experiment(tx, tx.experiments.get(experiment, lock=True))
    hint = tx.hints.insert(
        Hint(
            workspace_id=found.workspace_id,
            pair_id=found.pair_id,
            experiment_id=found.id,
            member_id=tx.me,
            text=required(text, LINE_LIMIT, "hint"),
            created_at=tx.now,
        )
    )
    make_findable(tx, hint)
    touch(tx, found)
    enqueue_post(tx, found.member_id, ADDED, hint.id)
    return hint.id


def load_hint(tx: Tx, hint_id: int) -> HintAdded:
    """The hint for the one who tries it; NotFound if it is gone."""
    hint = tx.hints.get(hint_id)
    mentor = tx.members.get(hint.member_id)
    return HintAdded(tx.experiments.get(hint.experiment_id), mentor.name, hint.text)


def _mentored_experiment(tx: Tx, experiment: Experiment) -> tuple[Experiment, PairMembership]:
    """The experiment, and the membership of the one who tries it."""
    membership = membership_in(tx, experiment.pair_id, experiment.member_id)
    if tx.me not in {mentor.id for mentor in membership.mentors}:
        raise NotAllowed("mentor")
    if experiment.state is not ExperimentState.OPEN:
        raise AlreadySettled
    return experiment, membership


ADDED = Message("hint.added", HintAdded, load_hint, of_use=None, priority=Priority.ACT)
