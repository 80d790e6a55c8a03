"""The card of an experiment: what each of the two reads on it."""

from dataclasses import dataclass
from datetime import date

from bot.domain.cadence import local_date
from bot.domain.experiments import PREPARES_FOR, Experiment, ExperimentState
from bot.domain.ids import ExperimentId
from bot.domain.indicators import Indicator
from bot.domain.outgoing import Priority
from bot.domain.series import Turns
from bot.domain.sessions import AgendaSource
from bot.domain.setbacks import Setback
from bot.domain.turns import Turn
from bot.domain.two_lines_views import LinesFrom
from bot.ports import Tx
from bot.usecases.loop.readings import ReadSeries, series_of
from bot.usecases.loop.suggestion_cards import Origin, origin_of
from bot.usecases.loop.turns import current_turn, reading_of, turns_of
from bot.usecases.loop.two_lines_views import lines_about
from bot.usecases.outgoing import Message, as_long_as
from bot.usecases.people.memberships import PairMembership, owner_in
from bot.usecases.rhythm.agenda import is_on_agenda


@dataclass(frozen=True)
class Note:
    """A line that somebody added, with their name."""

    name: str
    text: str


@dataclass(frozen=True)
class ExperimentCard:
    """An experiment as this reader finds it.

    Args:
        owner: the name of the one who tries it.
        mentors: the names of those who see it besides.
        mine: the reader is the one who tries it.
        alone: it is tried in a pair of one.
        may_hint: the reader mentors the one who tries it.
        goal: the text of the goal that it serves, or "".
        parent: what was tried before in this thread, or "".
        evidence: how many pieces of evidence are kept with it.
        origin: the suggestion that it came from, if one did.
        turn: the occasion that came and has no number yet, where a coin decides.
        turns: the number of a try that takes turns, with what was noted so far.
        setback: the owner said that it is not working.
        lines: what others wrote about it, the newest first.
    """

    experiment: Experiment
    owner: str
    mentors: tuple[str, ...]
    mine: bool
    may_hint: bool
    numbers: tuple[ReadSeries, ...] = ()
    hints: tuple[Note, ...] = ()
    goal: str = ""
    parent: str = ""
    evidence: int = 0
    on_agenda: bool = False
    origin: Origin | None = None
    turn: Turn | None = None
    turns: tuple[Indicator, Turns] | None = None
    setback: Setback | None = None
    begins_by: date | None = (
        None  # the day on which it begins at the latest, while it waits for its third number
    )
    lines: tuple[LinesFrom, ...] = ()
    alone: bool = False

    @property
    def notes(self) -> bool:
        """Whether its reader may note its numbers now."""
        return self.mine and self.experiment.state is ExperimentState.OPEN


def load_experiment_card(tx: Tx, experiment_id: int) -> ExperimentCard:
    """The card as this reader sees it; NotFound if they may not."""
    experiment = tx.experiments.get(experiment_id)
    membership = owner_in(tx, experiment.pair_id, experiment.member_id)
    mine = tx.me == experiment.member_id
    # A new mentor may see what was tried, and not what for.
    goal = tx.goals.first(id=experiment.goal_id) if experiment.goal_id else None
    return ExperimentCard(
        experiment=experiment,
        owner=membership.me.name,
        mentors=membership.mentor_names,
        mine=mine,
        may_hint=not mine and tx.me in {mentor.id for mentor in membership.mentors},
        numbers=tuple(series_of(tx, tx.indicators.find(experiment_id=experiment.id)).values()),
        hints=_hints(tx, experiment.id, membership),
        goal=goal.text if goal else "",
        parent=tx.experiments.get(experiment.parent_id).behaviour if experiment.parent_id else "",
        evidence=tx.evidence.count(experiment_id=experiment.id),
        turn=_waiting_turn(tx, experiment),
        turns=turns_of(tx, experiment),
        on_agenda=is_on_agenda(tx, experiment.pair_id, AgendaSource.EXPERIMENT, experiment.id),
        origin=origin_of(tx, experiment),
        setback=tx.setbacks.first(experiment_id=experiment.id),
        begins_by=_begins_by(tx, experiment, membership.me.tz),
        lines=lines_about(tx, experiment),
        alone=membership.alone,
    )


def _begins_by(tx: Tx, experiment: Experiment, tz: str) -> date | None:
    created = local_date(experiment.created_at, tz)
    waits = experiment.is_preparing(created, local_date(tx.now, tz))
    return created + PREPARES_FOR if waits else None


def _waiting_turn(tx: Tx, experiment: Experiment) -> Turn | None:
    turn = current_turn(tx, experiment)
    return turn if turn is not None and reading_of(tx, turn) is None else None


def _hints(tx: Tx, experiment: ExperimentId, membership: PairMembership) -> tuple[Note, ...]:
    """All hints, the oldest first; those of somebody who left stay, and are told by name."""
    found = tx.hints.find(experiment_id=experiment)
    writers = tx.members.find(id={hint.member_id for hint in found} or {membership.me.id})
    names = {writer.id: writer.name for writer in writers}
    return tuple(Note(names.get(hint.member_id, ""), hint.text) for hint in found)


CARD = Message(
    "experiment.card",
    ExperimentCard,
    load_experiment_card,
    as_long_as(lambda card: card.experiment.state is ExperimentState.OPEN),
    priority=Priority.ACT,
    gathered=True,
)
