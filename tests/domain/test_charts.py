"""When is a number over time worth a line, and what does it stand beside?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.charts import chart_of
from bot.domain.ids import ExperimentId, PairId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.domain.readings import Phase, Point, Points

MONDAY = date(2026, 11, 2)
SPEAKING = Indicator(
    WorkspaceId(1), PairId(1), ExperimentId(1), "People who speak", "of 8", Decimal(2), Decimal(6)
)


def noted(**values: list[int]) -> Points:
    """One a week in each phase, which are named in their order."""
    weeks = iter(range(100))
    told = {Phase(phase): numbers for phase, numbers in values.items()}
    return {
        phase: tuple(Point(MONDAY + timedelta(weeks=next(weeks)), Decimal(n)) for n in told.get(phase, []))
        for phase in Phase
    }


@pytest.mark.parametrize(
    ("points", "drawn"),
    [
        (noted(), False),
        (noted(before=[1], during=[2]), False),
        (noted(before=[1], during=[2, 3]), True),
        (noted(before=[1], after=[2, 3]), True),
        (noted(during=[2, 3, 4]), True),
    ],
)
def test_a_line_is_drawn_from_three_points_on(points: Points, *, drawn: bool) -> None:
    assert (chart_of(SPEAKING, points) is not None) is drawn


def test_the_line_goes_through_all_phases_by_day() -> None:
    chart = chart_of(SPEAKING, noted(before=[3, 1], during=[4, 5], after=[6]))

    assert chart is not None
    assert [point.value for point in chart.points] == [3, 1, 4, 5, 6]
    assert [point.day for point in chart.points] == sorted(point.day for point in chart.points)


def test_it_starts_where_its_series_started_and_not_where_this_try_did() -> None:
    chart = chart_of(SPEAKING, noted(before=[1], during=[4, 5]))
    without = chart_of(SPEAKING, noted(during=[4, 5, 6]))

    assert chart is not None
    assert (chart.start, chart.hoped) == (Decimal(1), Decimal(6))
    assert without is not None
    assert without.start == SPEAKING.baseline


def test_the_middle_is_that_of_before_where_enough_is_known_of_it() -> None:
    known = chart_of(SPEAKING, noted(before=[1, 3, 2], during=[6, 7]))
    unknown = chart_of(SPEAKING, noted(before=[1], during=[6, 7]))

    assert known is not None
    assert unknown is not None
    assert (known.middle, unknown.middle) == (Decimal(2), Decimal(6))
