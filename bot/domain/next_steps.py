"""The next step: what to try once something has ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, GoalId, PairId
from bot.domain.results import NextStep, Result

OTHER_WAYS = (NextStep.ADAPT, NextStep.REFRAME)


@dataclass(frozen=True)
class NextTry:
    """What a new try begins with.

    Args:
        goal_id: the goal that it serves; None leaves it to the form.
        parent_id: the one that it tries in another way.
    """

    pair_id: PairId
    goal_id: GoalId | None = None
    parent_id: ExperimentId | None = None


def after_result(experiment: Experiment, result: Result) -> NextTry:
    """What is tried next: another way where that was the wish, else something new for the same goal."""
    parent = experiment.id if result.next_step in OTHER_WAYS else None
    return NextTry(experiment.pair_id, experiment.goal_id, parent)


def after_check_in(goals: Sequence[Goal], open_now: Sequence[Experiment]) -> NextTry | None:
    """Something for the newest of these open goals, where nothing is tried now."""
    if open_now or not goals:
        return None
    newest = max(goals, key=lambda goal: goal.id)
    return NextTry(newest.pair_id, newest.id)
