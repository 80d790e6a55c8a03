"""A chart as Slack draws it, and the message that shows one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.charts import Chart
from bot.domain.ids import ExperimentId
from bot.domain.readings import Point
from bot.slack.blocks import ChartBlock, Message, button, fields, header, note, section
from bot.slack.loop.series import number_series_text
from bot.slack.sizes import fit
from bot.usecases.loop.charts import ShownCharts, charts_in
from bot.usecases.loop.readings import ReadSeries
from bot.words import Words

# docs.slack.dev/reference/block-kit/blocks/data-visualization-block
TITLE_LIMIT = 50
NAME_LIMIT = 20
MOST_POINTS = 20
MOST_CHARTS = 2  # in a message; the words of all numbers stand there, too

SHOW = "chart.show"

Data = dict[str, Any]


def show_button(experiment: ExperimentId, words: Words) -> ButtonElement:
    """For where no chart can stand: it comes as a message."""
    return button(words.t("Show the chart"), SHOW, experiment)


def on_its_way(words: Words) -> Message:
    text = words.t("The chart is in your messages with me.")
    return Message(text, [section(text)])


def charts_message(shown: ShownCharts, words: Words) -> Message:
    """All that was noted of a try's numbers, in words and as lines."""
    title = words.t("Your numbers") if shown.mine else words.t("{name}'s numbers", name=shown.owner)
    noted = [(read.indicator.name, _in_words(read, shown, words)) for read in shown.reads]
    rows = [
        (words.t("Tried"), shown.experiment.behaviour),
        (words.t("When"), shown.experiment.situation),
        *((name, text) for name, text in noted if text),
    ]
    blocks = [
        header(title),
        fields(*rows),
        *chart_blocks(shown.reads, words),
        note(words.t("Only you see this.")),
    ]
    return Message(f"{title}: {shown.experiment.behaviour}", blocks)


def chart_blocks(reads: Iterable[ReadSeries], words: Words) -> list[Block]:
    """The lines of these numbers, as many as a message may hold."""
    return [chart_block(chart, words) for chart in charts_in(reads)[:MOST_CHARTS]]


def _in_words(read: ReadSeries, shown: ShownCharts, words: Words) -> str:
    return number_series_text(read, words, occasions=shown.experiment.coin.occasions, mine=shown.mine)


def chart_block(chart: Chart, words: Words) -> ChartBlock:
    """The line over the last days, with what it is compared with as lines of their own."""
    shown = chart.points[-MOST_POINTS:]
    labels = list(_labels(shown, words))
    axis: Data = {"categories": labels}
    if chart.unit:
        axis["y_label"] = fit(chart.unit, TITLE_LIMIT)
    if len(shown) < len(chart.points):
        axis["x_label"] = words.t("The last {count} numbers", count=len(shown))
    lines = {words.t("Noted"): [point.value for point in shown]}
    lines |= {name: [value] * len(shown) for name, value in _compared(chart, words)}
    series = [_drawn_line(name, labels, values) for name, values in lines.items()]
    return ChartBlock(fit(chart.name, TITLE_LIMIT), {"type": "line", "series": series, "axis_config": axis})


def _compared(chart: Chart, words: Words) -> Iterator[tuple[str, Decimal]]:
    """What stands beside the line, and stays the same on all days."""
    known = [
        (words.t("At the start"), chart.start),
        (words.t("Hoped for"), chart.hoped),
        (words.t("The middle"), chart.middle),
    ]
    yield from ((name, value) for name, value in known if value is not None)


def _drawn_line(name: str, labels: Sequence[str], values: Sequence[Decimal]) -> Data:
    data = [{"label": label, "value": _for_json(value)} for label, value in zip(labels, values, strict=True)]
    return {"name": fit(name, NAME_LIMIT), "data": data}


def _for_json(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _labels(points: Sequence[Point], words: Words) -> Iterator[str]:
    """A day for each point; Slack tells points apart by it, so the second one of a day says so."""
    seen: Counter[str] = Counter()
    for point in points:
        day = words.short_day(point.day)
        seen[day] += 1
        yield day if seen[day] == 1 else f"{day} ({seen[day]})"
