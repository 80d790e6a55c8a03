"""Taking turns: what the coin decides is drawn and kept before the first occasion, and read when it comes."""

from random import SystemRandom

from bot.domain.errors import TurnsBegan
from bot.domain.experiments import AskWhen, Experiment
from bot.domain.indicators import Indicator
from bot.domain.readings import Reading
from bot.domain.series import Turns, draw
from bot.domain.turns import Coin, Toss, Turn, arms_of, compared_by, require_comparable, turns_in
from bot.ports import Tx


def keep_toss(tx: Tx, experiment: Experiment) -> None:
    """Toss the coin for a try that takes turns, once for all of its occasions; forget it for one that does not.

    Raises TurnsNeedEvent, TurnsNeedNumber, TurnsBegan for a second toss once an occasion has come: who may toss until
    it suits them proves nothing.
    """
    tosses = tx.as_system().tosses
    known = tosses.first(experiment_id=experiment.id)
    if experiment.coin is not Coin.NONE:
        numbers = tx.indicators.find(experiment_id=experiment.id)
        require_comparable(numbers, by_event=experiment.ask_when is AskWhen.EVENT)
    if known is not None and len(known.arms) == experiment.coin.occasions:
        return
    if experiment.coin is not Coin.NONE and tx.turns.count(experiment_id=experiment.id):
        raise TurnsBegan(field="coin")
    if known is not None:
        tosses.delete(known)
    if experiment.coin is not Coin.NONE:
        tosses.insert(_tossed(tx, experiment))


def current_turn(tx: Tx, experiment: Experiment) -> Turn | None:
    """The occasion that came last, where a coin decides."""
    if experiment.coin is Coin.NONE:
        return None
    return tx.turns.first(experiment_id=experiment.id, order="-place")


def reading_of(tx: Tx, turn: Turn) -> Reading | None:
    """The number that was noted for an occasion."""
    return tx.readings.first(turn_id=turn.id)


def turns_of(tx: Tx, experiment: Experiment) -> tuple[Indicator, Turns] | None:
    """The number of a try that takes turns, with what was noted so far; None for any other."""
    if experiment.coin is Coin.NONE:
        return None
    number = compared_by(tx.indicators.find(experiment_id=experiment.id))
    if number is None:
        return None
    readings = tx.readings.find(indicator_id=number.id)
    return number, turns_in(number, readings, experiment.coin.occasions)


def _tossed(tx: Tx, experiment: Experiment) -> Toss:
    return Toss(
        experiment.workspace_id,
        experiment.pair_id,
        experiment.id,
        experiment.member_id,
        tx.now,
        arms_of(draw(experiment.coin.occasions, SystemRandom())),
    )
