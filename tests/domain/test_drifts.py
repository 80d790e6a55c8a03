"""When to ask whether a goal is still the goal."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.drifts import SAID_AGAIN_AFTER, UNTRIED_FOR, Cause, Work, drift_of
from bot.domain.goals import Goal
from bot.domain.ids import GoalId, MemberId, PairId, WorkspaceId
from bot.domain.indicators import Direction

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = NOW.date()
A_DAY = timedelta(days=1)
OTHER = GoalId(8)
AT_IT = Work(newest_try=TODAY, served=[GoalId(7)])


def goal(horizon: date | None = None) -> Goal:
    whose = (WorkspaceId(1), PairId(1), MemberId(1))
    return Goal(*whose, "Lead a review", NOW, NOW, horizon=horizon, id=GoalId(7))


def cause(work: Work = AT_IT, horizon: date | None = None, created: date = TODAY) -> Cause | None:
    found = drift_of(goal(horizon), work, [], created, TODAY)
    return found[0] if found else None


def test_a_goal_that_is_worked_on_is_not_doubted() -> None:
    assert cause() is None
    assert cause(horizon=TODAY) is None


def test_the_day_after_its_day_somebody_is_asked_what_of_it_and_once_more_after_two_weeks() -> None:
    passed = TODAY - A_DAY
    assert drift_of(goal(passed), AT_IT, [], TODAY, TODAY) == (Cause.DAY_PASSED, passed.isoformat())

    said = [(Cause.DAY_PASSED, passed.isoformat())]
    later = passed + SAID_AGAIN_AFTER
    assert drift_of(goal(passed), AT_IT, said, TODAY, later - A_DAY) is None
    assert drift_of(goal(passed), AT_IT, said, TODAY, later) == (Cause.DAY_PASSED_AGAIN, passed.isoformat())

    both = [*said, (Cause.DAY_PASSED_AGAIN, passed.isoformat())]
    assert drift_of(goal(passed), AT_IT, both, TODAY, later + UNTRIED_FOR) is None


def test_a_new_day_that_passes_is_asked_about_again() -> None:
    old, new = TODAY - 30 * A_DAY, TODAY - A_DAY
    assert drift_of(goal(new), AT_IT, [(Cause.DAY_PASSED, old.isoformat())], TODAY, TODAY) == (
        Cause.DAY_PASSED,
        new.isoformat(),
    )


def test_a_goal_for_which_nothing_was_tried_in_four_weeks_is_asked_about_once() -> None:
    assert cause(Work(TODAY - UNTRIED_FOR, [])) is Cause.UNTRIED
    assert cause(Work(TODAY - UNTRIED_FOR + A_DAY, [])) is None
    assert cause(Work(None, []), created=TODAY - UNTRIED_FOR) is Cause.UNTRIED
    assert drift_of(goal(), Work(None, []), [(Cause.UNTRIED, "")], TODAY - UNTRIED_FOR, TODAY) is None


@pytest.mark.parametrize(
    ("values", "direction", "asked"),
    [
        ([5, 4, 3, 2], Direction.UP, True),
        ([2, 3, 4, 5], Direction.DOWN, True),
        ([5, 4, 3, 2], Direction.DOWN, False),
        ([5, 4, 3, 3], Direction.UP, False),
        ([4, 3, 2], Direction.UP, False),
        ([9, 5, 4, 3, 2], Direction.UP, True),
        ([5, 4, 3, 2], None, False),
    ],
)
def test_three_readings_in_a_row_against_the_hope_are_asked_about(
    values: list[int], direction: Direction | None, *, asked: bool
) -> None:
    work = Work(TODAY, [GoalId(7)], [Decimal(value) for value in values], direction)
    assert cause(work) is (Cause.WRONG_WAY if asked else None)


@pytest.mark.parametrize(
    ("served", "asked"),
    [
        ([OTHER, OTHER, OTHER], True),
        ([OTHER, OTHER, OTHER, GoalId(7)], True),
        ([OTHER, OTHER], False),
        ([OTHER, None, OTHER], False),
        ([OTHER, GoalId(7), OTHER, OTHER], False),
    ],
)
def test_three_tries_for_another_goal_are_asked_about(served: list[GoalId | None], *, asked: bool) -> None:
    assert cause(Work(TODAY, served)) is (Cause.ELSEWHERE if asked else None)
