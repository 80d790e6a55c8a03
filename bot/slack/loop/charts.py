"""A chart as Slack draws it, and the message that shows one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from bot.domain.charts import Chart, Point
from bot.slack.blocks import ChartBlock
from bot.slack.sizes import fit
from bot.words import Words

# docs.slack.dev/reference/block-kit/blocks/data-visualization-block
TITLE_LIMIT = 50
NAME_LIMIT = 20
MOST_POINTS = 20

Data = dict[str, Any]


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
