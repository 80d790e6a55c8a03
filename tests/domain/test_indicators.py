"""Where a number is to go."""

from decimal import Decimal

import pytest

from bot.domain.indicators import Direction, direction_of


@pytest.mark.parametrize(
    ("start", "hoped", "way"),
    [
        (1, 3, Direction.UP),
        (3, 1, Direction.DOWN),
        (2, 2, None),
        (None, 3, None),
        (3, None, None),
        (None, None, None),
    ],
)
def test_start_and_hope_say_where_a_number_is_to_go(
    start: int | None, hoped: int | None, way: Direction | None
) -> None:
    numbers = [None if number is None else Decimal(number) for number in (start, hoped)]

    assert direction_of(*numbers) is way
