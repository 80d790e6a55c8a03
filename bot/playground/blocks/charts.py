"""What may stand in a data_visualization block?

The numbers are those of https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block; that a message
takes no more than two of them was seen at Slack (https://github.com/vercel/chat/pull/696). Lines and bars are
drawn here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.playground.blocks.kinds import Items, JsonObject, Number, Shape, Str, Tagged, fault, typed

KIND: Final = "data_visualization"
MOST_CHARTS: Final = 2
NAME: Final = Str(20, kept=True)
LABEL: Final = Str(50, kept=True)


def names_differ(chart: JsonObject, at: str) -> Iterator[str]:
    """Each series has a name of its own."""
    names: list[str] = [series["name"] for series in chart["series"]]
    for name, count in Counter(names).items():
        if count > 1:
            yield fault(f'series `name` "{name}" already exists', f"{at}/series")


def labels_are_the_categories(chart: JsonObject, at: str) -> Iterator[str]:
    """Each series has exactly one point for each category, and no other."""
    categories = Counter(chart["axis_config"]["categories"])
    for index, series in enumerate(chart["series"]):
        if Counter(point["label"] for point in series["data"]) != categories:
            yield fault("must have one data point for each category", f"{at}/series/{index}/data")


def categories_differ(axis: JsonObject, at: str) -> Iterator[str]:
    """Two points with one label could not be told apart."""
    names: list[str] = axis["categories"]
    for name, count in Counter(names).items():
        if count > 1:
            yield fault(f'category "{name}" already exists', f"{at}/categories")


def few_charts(blocks: Sequence[dict[str, Any]], at: str) -> Iterator[str]:
    """No more charts in one message than Slack takes."""
    places = [index for index, block in enumerate(blocks) if block["type"] == KIND]
    for index in places[MOST_CHARTS:]:
        yield fault(f"no more than {MOST_CHARTS} {KIND} blocks allowed", f"{at}/{index}")


POINT: Final = Shape({"label": NAME, "value": Number()}, ("label", "value"))
SERIES: Final = Shape({"name": NAME, "data": Items(POINT, 20)}, ("name", "data"))
AXIS: Final = Shape(
    {"categories": Items(NAME, 20), "x_label": LABEL, "y_label": LABEL},
    ("categories",),
    rules=(categories_differ,),
)
LINE: Final = typed(
    {"series": Items(SERIES, 6), "axis_config": AXIS},
    "series",
    "axis_config",
    rules=(names_differ, labels_are_the_categories),
)
CHART: Final = typed(
    {
        "block_id": Str(255),
        "title": LABEL,
        "chart": Tagged({"line": LINE, "bar": LINE}, frozenset({"pie", "area"})),
    },
    "title",
    "chart",
)
