"""Evidence: keeping what anyone of the pair can look at, with an experiment or with the goal alone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bot.domain.errors import ChoiceMissing, InvalidInput, NoPair
from bot.domain.evidence import Evidence, EvidenceNumber, headline, names_shown, number_meant, require_link
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import GoalState
from bot.domain.ids import EvidenceId, ExperimentId, GoalId, PairId
from bot.domain.indicators import Indicator
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.entries import forget, make_findable
from bot.usecases.loop.experiments import touch
from bot.usecases.loop.readings_noting import NoteNumber, note_number
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import PairMembership, my_membership, my_memberships


@dataclass(frozen=True)
class Target:
    """Where evidence may belong: an experiment, or without one the goal of a pair.

    Args:
        owner: the names of those whose experiment or goal it is; empty for the member's own.
        partners: who will see it besides the member.
    """

    pair_id: PairId
    partners: tuple[str, ...]
    owner: tuple[str, ...] = ()
    experiment: Experiment | None = None


@dataclass(frozen=True)
class EvidenceForm:
    """What the form needs to open.

    Args:
        names: those of mentioned people, by Slack user id.
        numbers: what the numbers are called that the member may note with it.
    """

    targets: tuple[Target, ...]
    names: dict[str, str]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class SaveEvidence:
    """What the form sends. Its `said_by` is the Slack user who wrote the message, "" for words of one's own."""

    shown: Shown
    pair_id: PairId | None
    experiment_id: ExperimentId | None = None
    number: Shown = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """One piece as a reader finds it; `mine` may be taken away again."""

    evidence: Evidence
    keeper: str
    mine: bool


@dataclass(frozen=True)
class EvidenceList:
    """What is kept with an experiment, the newest first; `may_ask` is whether the reader may ask others about it."""

    experiment: Experiment
    partners: tuple[str, ...]
    pieces: tuple[Piece, ...]
    may_ask: bool = False


@dataclass(frozen=True)
class Saved:
    """What was saved, for the answer: with which experiment, and who sees it."""

    partners: tuple[str, ...]
    experiment: Experiment | None


def open_evidence_form(
    tx: Tx, *, mentioned: Collection[str] = (), experiment: ExperimentId | None = None
) -> EvidenceForm:
    """The form with everything the evidence may belong to, or for one experiment. Raises NoPair, NotFound."""
    people = tx.members.find(user_id=list(mentioned)) if mentioned else []
    names = {person.user_id: person.name for person in people}
    if experiment is None:
        return _form_for(tx, _targets(tx), names)
    found = tx.experiments.get(experiment)
    return _form_for(tx, (_target(my_membership(tx, found.pair_id), found),), names)


def save_evidence(tx: Tx, command: SaveEvidence) -> tuple[EvidenceId, str | None]:
    """Keep it for the pair and make it findable; with the value of which its number took the place, as a text.

    Raises InvalidInput for the field at fault, NotFound.
    """
    if command.pair_id is None:
        raise ChoiceMissing(field="target")
    membership = my_membership(tx, command.pair_id)
    experiment = _locked(tx, command.experiment_id, membership)
    evidence = begun(
        Evidence,
        command.shown,
        **membership.whose,
        created_at=tx.now,
        experiment_id=experiment.id if experiment else None,
    )
    require_link(evidence.link)
    before = _note(tx, begun(EvidenceNumber, command.number), membership.pair.id, experiment)
    evidence = tx.evidence.insert(evidence)
    make_findable(tx, evidence)
    if experiment is not None:
        touch(tx, tx.experiments.get(experiment.id, lock=True))  # a number may have changed it
    return evidence.id, before


def what_was_saved(tx: Tx, evidence: EvidenceId) -> Saved:
    """What to tell the one who saved it. Raises NotFound."""
    kept = tx.evidence.get(evidence)
    partners = my_membership(tx, kept.pair_id).partner_names
    return Saved(partners, tx.experiments.get(kept.experiment_id) if kept.experiment_id else None)


def list_evidence(tx: Tx, experiment: ExperimentId) -> EvidenceList:
    """Everything kept with this experiment. Raises NotFound."""
    found = tx.experiments.get(experiment)
    membership = my_membership(tx, found.pair_id)
    kept = tx.evidence.find(experiment_id=found.id, order="-id")
    people = tx.members.find(id={piece.member_id for piece in kept})
    names = {person.id: person.name for person in people}
    pieces = [Piece(one, names.get(one.member_id, ""), one.member_id == tx.me) for one in kept]
    may_ask = found.member_id == tx.me and found.state is ExperimentState.OPEN
    return EvidenceList(found, membership.partner_names, tuple(pieces), may_ask)


def remove_evidence(tx: Tx, evidence: EvidenceId) -> ExperimentId | None:
    """Forget what the member kept; it is no longer found. Returns the experiment that it was kept with.

    Raises NotFound, NotAllowed for what the partner kept.
    """
    kept = my_own(tx, tx.evidence, evidence, lock=True)
    forget(tx, kept)
    tx.evidence.delete(kept)
    if kept.experiment_id is not None:
        touch(tx, tx.experiments.get(kept.experiment_id, lock=True))
    return kept.experiment_id


def _form_for(tx: Tx, targets: tuple[Target, ...], names: dict[str, str]) -> EvidenceForm:
    mine = (_my_numbers(tx, target.pair_id, target.experiment) for target in targets)
    shown = (name for numbers in mine for name in names_shown(numbers, _about_goals(tx, numbers)))
    return EvidenceForm(targets, names, tuple(dict.fromkeys(shown)))


def _about_goals(tx: Tx, numbers: Collection[Indicator]) -> dict[GoalId, str]:
    goals = [one.goal_id for one in numbers if one.goal_id is not None]
    return {goal.id: headline(goal.text) for goal in tx.goals.find(id=goals)} if goals else {}


def _my_numbers(tx: Tx, pair: PairId, experiment: Experiment | None) -> list[Indicator]:
    """The numbers of my own open try, else those of my open goals in the pair."""
    if experiment is not None:
        mine = experiment.member_id == tx.me and experiment.state is ExperimentState.OPEN
        return tx.indicators.find(experiment_id=experiment.id) if mine else []
    goals = tx.goals.find(pair_id=pair, member_id=tx.me, state=GoalState.OPEN)
    return tx.indicators.find(goal_id=[goal.id for goal in goals]) if goals else []


def _note(tx: Tx, number: EvidenceNumber, pair: PairId, experiment: Experiment | None) -> str | None:
    """Keep the number as a reading of the one that it names, and return the value of which it takes the place.

    Raises InvalidInput for the field at fault.
    """
    if not number:
        return None
    mine = _my_numbers(tx, pair, experiment)
    meant = number_meant(number, mine, _about_goals(tx, mine))
    try:
        return note_number(tx, NoteNumber(meant.id, {"value": number.number_value, "day": number.number_day}))
    except InvalidInput as error:
        error.field = f"number_{error.field}"
        raise


def _targets(tx: Tx) -> tuple[Target, ...]:
    """Open experiments first, my own before others'; then the goal alone."""
    memberships = my_memberships(tx)[::-1]
    if not memberships:
        raise NoPair
    tried = [target for membership in memberships for target in _tried_in(tx, membership)]
    tried.sort(key=lambda target: bool(target.owner))
    return (*tried, *map(_goal_of, memberships))


def _tried_in(tx: Tx, membership: PairMembership) -> Iterator[Target]:
    pair, state = membership.pair.id, ExperimentState.OPEN
    for experiment in tx.experiments.find(pair_id=pair, state=state, order="-id"):
        yield _target(membership, experiment)


def _target(membership: PairMembership, experiment: Experiment) -> Target:
    owners = [one.name for one in membership.partners if one.id == experiment.member_id]
    return Target(membership.pair.id, membership.partner_names, tuple(owners), experiment)


def _goal_of(membership: PairMembership) -> Target:
    owner = () if membership.role.learns else membership.mentee_names
    return Target(membership.pair.id, membership.partner_names, owner)


def _locked(tx: Tx, experiment: ExperimentId | None, membership: PairMembership) -> Experiment | None:
    if experiment is None:
        return None
    found = tx.experiments.get(experiment, lock=True)
    if found.pair_id != membership.pair.id:
        raise ChoiceMissing(field="target")
    return found
