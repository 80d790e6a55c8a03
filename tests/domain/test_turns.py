"""Who may toss a coin, and what is compared?"""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.domain.errors import TurnsNeedEvent, TurnsNeedNumber
from bot.domain.ids import ExperimentId, IndicatorId, MemberId, PairId, TurnId, WorkspaceId
from bot.domain.indicators import Direction, Indicator, NumberKind
from bot.domain.readings import Arm, Reading
from bot.domain.series import OCCASIONS, Turns, schedules
from bot.domain.turns import Coin, arms_of, compared_by, require_comparable, turns_in

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
W, P, TOM = WorkspaceId(1), PairId(1), MemberId(3)
PAUSE = Indicator(W, P, ExperimentId(5), "Pause", id=IndicatorId(2))
COUNT = replace(PAUSE, kind=NumberKind.COUNT, id=IndicatorId(1))


def a_reading(value: int, arm: Arm, turn: int | None, indicator: Indicator = PAUSE) -> Reading:
    turn_id = None if turn is None else TurnId(turn)
    return Reading(
        W, P, indicator.id, TOM, NOW.date(), NOW, Decimal(value), arm=arm, turn_id=turn_id
    )  # fmt: skip


def test_a_coin_is_tossed_for_as_many_occasions_as_there_are_schedules_for() -> None:
    assert tuple(coin.occasions for coin in Coin) == (0, *OCCASIONS)
    assert all(len(schedule) == coin.occasions for coin in (Coin.SIX, Coin.EIGHT)
               for schedule in schedules(coin.occasions))  # fmt: skip


def test_where_it_is_true_the_try_is_done() -> None:
    assert arms_of((True, False)) == (Arm.TRY, Arm.USUAL)


@pytest.mark.parametrize("kind", [NumberKind.NUMBER, NumberKind.RATING5])
def test_a_number_or_a_rating_tells_the_times_apart(kind: NumberKind) -> None:
    number = replace(PAUSE, kind=kind)
    assert compared_by([COUNT, number]) == number
    require_comparable([number], by_event=True)


def test_a_coin_needs_a_number_and_somebody_who_says_that_it_comes_up() -> None:
    with pytest.raises(TurnsNeedNumber) as without:
        require_comparable([COUNT, replace(PAUSE, kind=NumberKind.SHARE)], by_event=True)
    assert without.value.field == "name_1"
    with pytest.raises(TurnsNeedEvent) as unasked:
        require_comparable([PAUSE], by_event=False)
    assert unasked.value.field == "ask_when"


def test_only_the_numbers_of_its_own_turns_count_in_the_order_in_which_they_came() -> None:
    readings = [
        a_reading(3, Arm.USUAL, 12),
        a_reading(9, Arm.TRY, 11),
        a_reading(5, Arm.NONE, None),
        a_reading(1, Arm.TRY, 4, COUNT),
    ]
    assert turns_in(PAUSE, readings, 6) == Turns(6, (True, False), (Decimal(9), Decimal(3)))
    falling = replace(PAUSE, direction=Direction.DOWN)
    assert not turns_in(falling, readings, 6).more_is_better
