"""The numbers of a try as lines, for whoever asks to see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.charts import Chart, chart_of
from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId
from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.loop.readings import ReadSeries, series_of
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.people.memberships import membership_in


@dataclass(frozen=True)
class ShownCharts:
    """What was noted of a try's numbers, as one of the pair asked to see it; `owner` tries it."""

    experiment: Experiment
    owner: str
    mine: bool
    reads: tuple[ReadSeries, ...]


def charts_in(reads: Iterable[ReadSeries]) -> tuple[Chart, ...]:
    """The lines of those of which enough was noted."""
    found = (chart_of(read.indicator, read.points) for read in reads)
    return tuple(chart for chart in found if chart is not None)


def show_charts(tx: Tx, experiment_id: ExperimentId) -> ExperimentId:
    """Post the numbers of a try to whoever asks, once for each time. Raises NotFound."""
    experiment = tx.experiments.get(experiment_id)
    enqueue_post(tx, tx.me, SHOWN, experiment.id, key=f"{SHOWN}:{experiment.id}:{tx.me}:{tx.key}")
    return experiment.id


def load_charts(tx: Tx, experiment_id: int) -> ShownCharts:
    """The numbers as they stand now; NotFound for everybody but the pair."""
    experiment = tx.experiments.get(experiment_id)
    membership = membership_in(tx, experiment.pair_id, experiment.member_id)
    reads = series_of(tx, tx.indicators.find(experiment_id=experiment.id))
    return ShownCharts(experiment, membership.me.name, experiment.member_id == tx.me, tuple(reads.values()))


SHOWN = Message("chart.shown", ShownCharts, load_charts, of_use=None, priority=Priority.ACT)
