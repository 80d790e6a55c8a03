"""An occasion comes up: the coin says which way, and afterwards one number is noted."""

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.cadence import local_date
from bot.domain.errors import AlreadySettled, NotFound, NotTakingTurns, NoTurnLeft, TextMissing
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import ExperimentId, TurnId
from bot.domain.indicators import Indicator, require_fitting
from bot.domain.readings import Arm, Reading, Source
from bot.domain.series import Turns
from bot.domain.texts import sane
from bot.domain.turns import Coin, Turn
from bot.ports import Tx
from bot.usecases.loop.experiments import my_experiment, touch
from bot.usecases.loop.turns import current_turn, keep_toss, reading_of, turns_of
from bot.usecases.people.memberships import my_membership


@dataclass(frozen=True)
class TurnView:
    """One occasion with its number, if it was noted.

    Args:
        number: by which the occasions are compared.
        turns: all that were noted so far.
        mentors: the names of those who see it besides.
    """

    turn: Turn
    experiment: Experiment
    number: Indicator
    turns: Turns
    value: Decimal | None
    mentors: tuple[str, ...]


def come_up(tx: Tx, experiment_id: ExperimentId) -> TurnId:
    """The occasion comes up: what the coin decided for it. One that has no number yet is still the one that came.

    Raises NoTurnLeft after the last, NotTakingTurns, NotFound, NotAllowed, AlreadySettled.
    """
    experiment = _open_try(tx, experiment_id)
    if experiment.coin is Coin.NONE:
        raise NotTakingTurns
    last = current_turn(tx, experiment)
    if last is not None and reading_of(tx, last) is None:
        return last.id
    turn = tx.turns.insert(_next_turn(tx, experiment, last.place + 1 if last else 1))
    touch(tx, experiment)
    return turn.id


def see_turn(tx: Tx, turn_id: TurnId) -> TurnView:
    """One occasion of one's own. Raises NotFound, NotAllowed, NotTakingTurns."""
    turn = tx.turns.get(turn_id)
    experiment = my_experiment(tx, turn.experiment_id)
    found = turns_of(tx, experiment)
    if found is None:
        raise NotTakingTurns
    reading = reading_of(tx, turn)
    mentors = my_membership(tx, experiment.pair_id).mentor_names
    return TurnView(turn, experiment, *found, reading.value if reading else None, mentors)


def note_turn(tx: Tx, turn_id: TurnId, value: Decimal | None) -> TurnId:
    """Keep the number of an occasion, or another one in its place, and show it to both.

    Raises TextMissing for nothing, NumberNotUnderstood, NotTakingTurns, NotFound, NotAllowed, AlreadySettled.
    """
    turn = tx.turns.get(turn_id)
    experiment = _open_try(tx, turn.experiment_id)
    view = see_turn(tx, turn.id)
    known = reading_of(tx, turn)
    value = sane(value, "value")
    if value is None:
        raise TextMissing(field="value")
    require_fitting(view.number.kind, value, "value")
    if known is not None:
        tx.readings.update(replace(known, value=value))
    else:
        tx.readings.insert(_reading(tx, view, value))
    touch(tx, experiment)
    return turn.id


def stop_turns(tx: Tx, experiment_id: ExperimentId) -> ExperimentId:
    """From now on it is a plain try; what was noted stays. Raises NotFound, NotAllowed, AlreadySettled."""
    experiment = _open_try(tx, experiment_id)
    if experiment.coin is not Coin.NONE:
        keep_toss(tx, touch(tx, replace(experiment, coin=Coin.NONE)))
    return experiment.id


def _open_try(tx: Tx, experiment_id: ExperimentId) -> Experiment:
    experiment = my_experiment(tx, experiment_id, lock=True)
    if experiment.state is not ExperimentState.OPEN:
        raise AlreadySettled
    return experiment


def _next_turn(tx: Tx, experiment: Experiment, place: int) -> Turn:
    toss = tx.as_system().tosses.first(experiment_id=experiment.id)
    if toss is None:
        raise NotFound("toss")
    if place > len(toss.arms):
        raise NoTurnLeft(len(toss.arms))
    whose = (experiment.workspace_id, experiment.pair_id, experiment.id, experiment.member_id)
    return Turn(*whose, place, Arm(toss.arms[place - 1]), tx.now)


def _reading(tx: Tx, view: TurnView, value: Decimal) -> Reading:
    turn, number = view.turn, view.number
    return Reading(
        turn.workspace_id,
        turn.pair_id,
        number.id,
        turn.member_id,
        local_date(tx.now, tx.members.get(tx.me).tz),
        tx.now,
        value,
        arm=turn.arm,
        source=Source.TURN,
        turn_id=turn.id,
    )
