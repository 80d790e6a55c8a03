"""When is a number over time worth a line?"""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.charts import Point, is_worth_drawing


@pytest.mark.parametrize(("count", "drawn"), [(0, False), (2, False), (3, True), (40, True)])
def test_a_line_is_drawn_from_three_points_on(count: int, *, drawn: bool) -> None:
    assert is_worth_drawing([Point(date(2026, 11, 2), Decimal(1))] * count) is drawn
