"""The signs of an experiment as numbers: what the form sends, and how they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.errors import TextMissing
from bot.domain.experiments import INDICATOR_LIMIT, NAME_LIMIT, UNIT_LIMIT, Experiment, Indicator
from bot.domain.ids import ExperimentId
from bot.domain.texts import clean, sane
from bot.ports import Tx


@dataclass(frozen=True)
class Measure:
    """One sign as a number; `row` is where it stands in the form, from 1."""

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    row: int = 1


def measures_of(tx: Tx, experiment: ExperimentId) -> tuple[Measure, ...]:
    """The numbers of an experiment, as a new one would begin with them."""
    found = tx.indicators.find(experiment_id=experiment)
    return tuple(
        Measure(one.name, one.unit, one.baseline, one.target, row) for row, one in enumerate(found, 1)
    )


def checked(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The numbers as they are kept: each has a name, and all fit. InvalidInput names the field by its row."""
    for measure in measures:
        if not measure.name.strip():
            raise TextMissing(field=f"name_{measure.row}")
    return tuple(
        Measure(
            clean(measure.name, NAME_LIMIT, f"name_{measure.row}"),
            clean(measure.unit, UNIT_LIMIT, f"unit_{measure.row}"),
            sane(measure.baseline, f"today_{measure.row}"),
            sane(measure.target, f"hoped_{measure.row}"),
            measure.row,
        )
        for measure in measures[:INDICATOR_LIMIT]
    )


def keep_measures(tx: Tx, experiment: Experiment, measures: Sequence[Measure]) -> None:
    """Keep these as the experiment's numbers. Rows keep their ids, so that readings stay with what they read."""
    known = tx.indicators.find(experiment_id=experiment.id)
    for place, measure in enumerate(measures):
        new = _indicator(experiment, measure)
        if place < len(known):
            tx.indicators.update(replace(new, id=known[place].id, version=known[place].version))
        else:
            tx.indicators.insert(new)
    for surplus in known[len(measures) :]:
        tx.indicators.delete(surplus)


def _indicator(experiment: Experiment, measure: Measure) -> Indicator:
    return Indicator(
        workspace_id=experiment.workspace_id,
        pair_id=experiment.pair_id,
        experiment_id=experiment.id,
        name=measure.name,
        unit=measure.unit,
        baseline=measure.baseline,
        target=measure.target,
    )
