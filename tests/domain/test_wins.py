"""What counts as a small win, and what does not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.goals import Goal, GoalState
from bot.domain.ids import (
    ExperimentId,
    GoalId,
    IndicatorId,
    MemberId,
    PairId,
    ReadingId,
    ResultId,
    WorkspaceId,
)
from bot.domain.indicators import Direction, Indicator
from bot.domain.readings import Arm, Phase, Reading
from bot.domain.results import Adherence, Grade, Result
from bot.domain.wins import Win, win_of_goal, win_of_result

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
W, P, TOM = WorkspaceId(1), PairId(1), MemberId(2)
TOLD = Result(W, P, ExperimentId(1), TOM, Adherence.DID, NOW, told_at=NOW, grade=Grade.HUNCH, id=ResultId(1))
EARLIER = replace(TOLD, id=ResultId(2), told_at=NOW - timedelta(days=1))
FEWER = Indicator(W, P, ExperimentId(1), "talks", direction=Direction.DOWN, id=IndicatorId(1))
MORE = replace(FEWER, direction=Direction.UP)


def series(*values: int, before: int = 1, indicator: int = 1) -> list[Reading]:
    return [
        Reading(
            W, P, IndicatorId(indicator), TOM, NOW.date(), NOW + timedelta(hours=at), Decimal(value),
            phase=Phase.BEFORE if at < before else Phase.DURING, id=ReadingId(at + 1),
        )
        for at, value in enumerate(values)
    ]  # fmt: skip


def test_the_first_round_is_one_and_the_second_is_not() -> None:
    assert win_of_result(TOLD, [TOLD], []) is Win.FIRST_LOOP
    assert win_of_result(TOLD, [TOLD, EARLIER], []) is None


def test_what_was_not_done_or_not_told_is_none_and_takes_the_first_round_from_nothing() -> None:
    undone = replace(EARLIER, adherence=Adherence.DIDNT)
    assert win_of_result(replace(TOLD, told_at=None), [], []) is None
    assert win_of_result(undone, [], []) is None
    assert win_of_result(TOLD, [undone, replace(EARLIER, told_at=None)], []) is Win.FIRST_LOOP


def test_a_tested_one_is_the_greatest() -> None:
    assert win_of_result(replace(TOLD, grade=Grade.TESTED), [], [(MORE, series(1, 2))]) is Win.TESTED


@pytest.mark.parametrize(
    ("indicator", "readings", "better"),
    [
        (MORE, series(1, 2), True),
        (MORE, series(1, 1), False),  # as good is not better
        (MORE, series(1, 3, 2, before=2), False),  # one of those before was better
        (FEWER, series(3, 2), True),
        (FEWER, series(3, 4), False),
        (replace(MORE, direction=None), series(2, 1), False),
        (replace(MORE, direction=None), series(1, 2), False),  # nobody said which way it is to go
        (MORE, series(1, 2, before=0), False),  # nothing was noted before
    ],
)
def test_a_value_better_than_every_one_before_is_one(
    indicator: Indicator, readings: list[Reading], *, better: bool
) -> None:
    found = win_of_result(TOLD, [EARLIER], [(indicator, readings)])
    assert found is (Win.FIRST_BETTER if better else None)


def test_only_the_first_better_value_is_one_in_the_try_in_which_it_was_noted() -> None:
    later = replace(MORE, id=IndicatorId(2), series_id=MORE.id)
    thread = [*series(1, 2), *(replace(one, indicator_id=later.id) for one in series(0, 0, 5)[2:])]
    assert win_of_result(TOLD, [EARLIER], [(MORE, thread)]) is Win.FIRST_BETTER
    assert win_of_result(TOLD, [EARLIER], [(later, thread)]) is None


def test_what_a_coin_decided_is_left_to_the_grade() -> None:
    turns = [*series(1), *(replace(one, arm=Arm.TRY) for one in series(0, 5)[1:])]
    assert win_of_result(TOLD, [EARLIER], [(MORE, turns)]) is None


def test_a_goal_is_one_once_it_is_reached() -> None:
    goal = Goal(W, P, TOM, "Delegate", NOW, NOW, id=GoalId(1))
    states = {state: win_of_goal(replace(goal, state=state)) for state in GoalState}
    assert states == {GoalState.OPEN: None, GoalState.REACHED: Win.GOAL, GoalState.DROPPED: None}
