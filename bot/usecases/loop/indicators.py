"""The signs of an experiment as numbers: what the form sends, and how they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.domain.errors import TextMissing
from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId
from bot.domain.indicators import (
    INDICATOR_LIMIT,
    NAME_LIMIT,
    UNIT_LIMIT,
    Indicator,
    NumberKind,
    direction_of,
    require_fitting,
)
from bot.domain.texts import clean, sane
from bot.ports import Tx
from bot.usecases.loop.readings import keep_start, series_of, take_away_number


@dataclass(frozen=True)
class Measure:
    """One sign as a number; `row` is where it stands in the form, from 1."""

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    row: int = 1
    kind: NumberKind = NumberKind.NUMBER


def measures_of(tx: Tx, experiment: ExperimentId) -> tuple[Measure, ...]:
    """The numbers of an experiment, as its form shows them."""
    found = tx.indicators.find(experiment_id=experiment)
    return tuple(_measure(one, row, one.baseline) for row, one in enumerate(found, 1))


def measures_anew(tx: Tx, experiment: ExperimentId) -> tuple[Measure, ...]:
    """The numbers of an experiment, as one that goes on from it begins with them: each where it stands now."""
    found = tx.indicators.find(experiment_id=experiment)
    series = series_of(tx, found)
    return tuple(_measure(one, row, series[one.id].last) for row, one in enumerate(found, 1))


def _measure(one: Indicator, row: int, today: Decimal | None) -> Measure:
    return Measure(one.name, one.unit, today, one.target, row, one.kind)


def checked(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """The numbers as they are kept: each has a name, and all fit. InvalidInput names the field by its row."""
    for measure in measures:
        if not measure.name.strip():
            raise TextMissing(field=f"name_{measure.row}")
    return tuple(
        Measure(
            clean(measure.name, NAME_LIMIT, f"name_{measure.row}"),
            clean(measure.unit, UNIT_LIMIT, f"unit_{measure.row}"),
            _fitting_value(measure, measure.baseline, f"today_{measure.row}"),
            _fitting_value(measure, measure.target, f"hoped_{measure.row}"),
            measure.row,
            measure.kind,
        )
        for measure in measures[:INDICATOR_LIMIT]
    )


def _fitting_value(measure: Measure, value: Decimal | None, field: str) -> Decimal | None:
    require_fitting(measure.kind, value, field)
    return sane(value, field)


def keep_measures(tx: Tx, experiment: Experiment, measures: Sequence[Measure], today: date) -> None:
    """Keep these as the experiment's numbers, each with where it starts.

    A row of the form is the number that stood there before, so that readings stay with what they read. A new one with
    the name of one of the try that this was reframed from goes on with its series. Raises NumberWasNoted rather than
    forget with a number what was noted of it.
    """
    known = dict(enumerate(tx.indicators.find(experiment_id=experiment.id), 1))
    earlier = _by_name(tx, experiment.parent_id)
    for measure in measures:
        new = _indicator(experiment, measure, earlier.get(measure.name.casefold()))
        if old := known.pop(measure.row, None):
            kept = tx.indicators.update(_going_on(old, new))
        else:
            kept = tx.indicators.insert(new)
        keep_start(tx, kept, experiment.member_id, today)
    for row, surplus in known.items():
        take_away_number(tx, surplus, f"name_{row}")


def _going_on(old: Indicator, new: Indicator) -> Indicator:
    """The number as it is now, in the series that it was in."""
    way = old.direction if old.series_id else new.direction or old.direction
    return replace(new, id=old.id, version=old.version, series_id=old.series_id, direction=way)


def _by_name(tx: Tx, experiment: ExperimentId | None) -> dict[str, Indicator]:
    if experiment is None:
        return {}
    return {one.name.casefold(): one for one in tx.indicators.find(experiment_id=experiment)}


def _indicator(experiment: Experiment, measure: Measure, earlier: Indicator | None) -> Indicator:
    way = earlier.direction if earlier else None
    return Indicator(
        workspace_id=experiment.workspace_id,
        pair_id=experiment.pair_id,
        experiment_id=experiment.id,
        name=measure.name,
        unit=measure.unit,
        baseline=measure.baseline,
        target=measure.target,
        kind=measure.kind,
        direction=way or direction_of(measure.baseline, measure.target),
        series_id=earlier.root_id if earlier else None,
    )
