"""A number over time as a line: what is drawn, whoever draws it."""

from dataclasses import dataclass
from decimal import Decimal

from bot.domain.indicators import Indicator
from bot.domain.readings import Phase, Point, Points
from bot.domain.series import middle, series_from

FEWEST_POINTS = 3  # two are read faster as "from 1 to 3"


@dataclass(frozen=True)
class Chart:
    """One number over time, the oldest point first, with what it can be compared with.

    Args:
        start: where it stood before anything was tried.
        hoped: where it is hoped to come.
        middle: the median.
    """

    name: str
    unit: str
    points: tuple[Point, ...]
    start: Decimal | None = None
    hoped: Decimal | None = None
    middle: Decimal | None = None


def chart_of(indicator: Indicator, points: Points) -> Chart | None:
    """The line of this number, None where it would show no more than its numbers say."""
    drawn = sorted((point for phase in Phase for point in points[phase]), key=lambda point: point.day)
    if len(drawn) < FEWEST_POINTS:
        return None
    before = [point.value for point in points[Phase.BEFORE]]
    series = series_from(points, indicator.direction)
    start = before[0] if before else indicator.baseline
    return Chart(indicator.name, indicator.unit, tuple(drawn), start, indicator.target, middle(series))
