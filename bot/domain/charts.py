"""A number over time as a line: what is drawn, whoever draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FEWEST_POINTS = 3  # two are read faster as "from 1 to 3"


@dataclass(frozen=True)
class Point:
    """What a number was on a day."""

    day: date
    value: Decimal


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


def is_worth_drawing(points: Sequence[Point]) -> bool:
    """Whether a line shows more than its numbers say."""
    return len(points) >= FEWEST_POINTS
