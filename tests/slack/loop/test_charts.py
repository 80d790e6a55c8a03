"""A number over time as Slack draws it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.charts import Chart
from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId, IndicatorId, MemberId, PairId, ReadingId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.domain.readings import Point, Reading
from bot.slack.blocks import Message
from bot.slack.loop.charts import MOST_CHARTS, MOST_POINTS, chart_block, charts_message
from bot.usecases.loop.charts import ShownCharts
from bot.usecases.loop.readings import ReadSeries
from bot.words import Words
from tests.messages import shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
MONDAY = date(2026, 11, 2)
W, P, TOM = WorkspaceId(1), PairId(1), MemberId(3)
TRY = Experiment(W, P, TOM, "ask", "I lead", date(2026, 11, 27), NOW, id=ExperimentId(5))
VOICES = Indicator(W, P, TRY.id, "Voices", "of 8", Decimal(1), Decimal(6), id=IndicatorId(2))

Json = dict[str, Any]


def points(*values: float) -> tuple[Point, ...]:
    """One a week."""
    return tuple(Point(MONDAY + timedelta(weeks=at), Decimal(str(value))) for at, value in enumerate(values))


SPEAKING = Chart("Speaking up", "times", points(1, 2.5, 1), Decimal(1), Decimal(4), Decimal("1.5"))


def test_the_line_stands_beside_the_start_what_is_hoped_for_and_the_middle() -> None:
    (block,) = shown(Message("x", [chart_block(SPEAKING, ENGLISH)]))["blocks"]

    lines = {each["name"]: [point["value"] for point in each["data"]] for each in block["chart"]["series"]}
    assert lines == {
        "Noted": [1, 2.5, 1],
        "At the start": [1, 1, 1],
        "Hoped for": [4, 4, 4],
        "The middle": [1.5, 1.5, 1.5],
    }
    assert block["title"] == "Speaking up"
    assert block["chart"]["axis_config"] == {"categories": ["Nov 2", "Nov 9", "Nov 16"], "y_label": "times"}


def test_what_is_not_known_has_no_line() -> None:
    block = chart_block(Chart("Speaking up", "", points(1, 2, 3)), ENGLISH)

    assert [each["name"] for each in block.chart["series"]] == ["Noted"]
    assert "y_label" not in block.chart["axis_config"]


def test_two_points_of_one_day_are_told_apart() -> None:
    twice = (*points(1), *points(2, 3))

    axis = chart_block(Chart("Speaking up", "", twice), ENGLISH).chart["axis_config"]
    assert axis["categories"] == ["Nov 2", "Nov 2 (2)", "Nov 9"]


def test_of_a_long_series_the_last_points_are_drawn_and_the_chart_says_so() -> None:
    block = chart_block(Chart("Speaking up", "", points(*range(30))), ENGLISH)

    assert [point["value"] for point in block.chart["series"][0]["data"]] == list(range(10, 30))
    assert block.chart["axis_config"]["x_label"] == f"The last {MOST_POINTS} numbers"


def test_a_german_reads_german_days_and_names() -> None:
    chart = chart_block(SPEAKING, Words("de-DE", now=NOW)).chart

    assert chart["axis_config"]["categories"] == ["2. Nov.", "9. Nov.", "16. Nov."]
    assert chart["series"][1]["name"] == "Am Anfang"


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(
    st.builds(
        Chart,
        name=st.text(min_size=1, max_size=300),
        unit=st.text(max_size=40),
        points=st.lists(st.builds(Point, DAYS, NUMBERS), min_size=3, max_size=40).map(tuple),
        start=st.none() | NUMBERS,
        hoped=st.none() | NUMBERS,
        middle=st.none() | NUMBERS,
    ),
    st.sampled_from(["en-US", "en-GB", "de-DE"]),
)
def test_slack_takes_every_chart(chart: Chart, locale: str) -> None:
    shown(Message("x", [chart_block(chart, Words(locale))]))


def readings(*values: int) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            W, P, IndicatorId(2), TOM, MONDAY + timedelta(weeks=at), NOW, Decimal(value), id=ReadingId(at)
        )
        for at, value in enumerate(values)
    )


def reads(*values: int, count: int = 1) -> tuple[ReadSeries, ...]:
    names = ["Voices", "Pause", "Minutes"][:count]
    return tuple(ReadSeries(replace(VOICES, name=name), readings(*values)) for name in names)


def shown_charts(*values: int, count: int = 1, mine: bool = True) -> list[Json]:
    shown_now = ShownCharts(TRY, "Tom", mine, reads(*values, count=count))
    return list(shown(charts_message(shown_now, ENGLISH))["blocks"])


def test_the_words_stand_beside_the_line_always() -> None:
    blocks = shown_charts(1, 2, 4)

    assert [block["type"] for block in blocks].count("data_visualization") == 1
    assert "1, 2, 4" in str(blocks[1])


def test_too_little_for_a_line_is_told_in_words() -> None:
    blocks = shown_charts(1, 2)

    assert "data_visualization" not in [block["type"] for block in blocks]
    assert "1, 2" in str(blocks[1])


def test_of_three_numbers_two_are_drawn_and_all_are_told() -> None:
    blocks = shown_charts(1, 2, 4, count=3)

    assert [block["type"] for block in blocks].count("data_visualization") == MOST_CHARTS
    assert all(name in str(blocks[1]) for name in ("Voices", "Pause", "Minutes"))


def test_a_mentor_reads_whose_numbers_they_are() -> None:
    assert "Tom" in str(shown_charts(1, 2, 4, mine=False)[0])
