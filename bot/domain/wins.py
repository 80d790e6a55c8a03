"""Small wins: what somebody may be glad of on their own card, told by their rows alone."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.domain.goals import Goal, GoalState
from bot.domain.ids import IndicatorId
from bot.domain.indicators import Direction, Indicator
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.readings import Arm, Phase, Reading
from bot.domain.results import Grade, Result
from bot.domain.series import turned


class Win(StrEnum):
    """What there is to be glad of."""

    TESTED = "tested"
    FIRST_BETTER = "first_better"  # the first value that is better than every one before
    FIRST_LOOP = "first_loop"  # the first try that was promised, tried and told
    MILESTONE = "milestone"
    GOAL = "goal"


def win_of_result(
    result: Result, others: Iterable[Result], numbers: Iterable[tuple[Indicator, Sequence[Reading]]]
) -> Win | None:
    """The greatest one of a told result.

    Args:
        others: results of the same member.
        numbers: the indicators of its try, each with what was noted in the whole thread.
    """
    if result.told_at is None or not result.was_tried:
        return None
    if result.grade is Grade.TESTED:
        return Win.TESTED
    if any(_first_better(one, readings) == one.id for one, readings in numbers):
        return Win.FIRST_BETTER
    told_before = (
        one for one in others if one.was_tried and one.told_at is not None and one.told_at < result.told_at
    )
    return None if any(told_before) else Win.FIRST_LOOP


def win_of_goal(goal: Goal) -> Win | None:
    return Win.GOAL if goal.state is GoalState.REACHED else None


def win_of_milestone(milestone: Milestone) -> Win | None:
    return Win.MILESTONE if milestone.state is MilestoneState.CONFIRMED else None


def _first_better(indicator: Indicator, readings: Sequence[Reading]) -> IndicatorId | None:
    """The indicator under which the first value was noted that is better than every one before; None without any.

    Where nobody said which way it is to go, nothing is better; where a coin decides, the grade speaks.
    """
    plain = [one for one in readings if one.arm is Arm.NONE]
    before = [one.value for one in plain if one.phase is Phase.BEFORE]
    if indicator.direction is None or not before:
        return None
    up = indicator.direction is Direction.UP
    best = max(turned(before, more_is_better=up))
    since = sorted((one for one in plain if one.phase is not Phase.BEFORE), key=lambda one: (one.at, one.id))
    better = (one for one in since if turned([one.value], more_is_better=up)[0] > best)
    return next((one.indicator_id for one in better), None)
