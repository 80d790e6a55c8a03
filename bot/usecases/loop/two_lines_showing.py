"""Bringing the cards up to date on which views of others stand; whoever caused it need not see the cards."""

from bot.domain.goals import GoalState
from bot.domain.ids import ExperimentId, GoalId, MemberId, PairId
from bot.ports import Tx
from bot.usecases.loop.experiments import touch
from bot.usecases.loop.goals import touch_goal


def show_on_goal(tx: Tx, goal_id: GoalId | None) -> None:
    """The card of this goal, if there is one."""
    if goal_id is not None:
        system = tx.as_system()
        touch_goal(system, system.goals.get(goal_id, lock=True))


def show_on_try(tx: Tx, experiment_id: ExperimentId) -> None:
    """The card of this try, and that of the goal that it serves."""
    system = tx.as_system()
    experiment = touch(system, system.experiments.get(experiment_id, lock=True))
    show_on_goal(tx, experiment.goal_id)


def show_on_goals_of(tx: Tx, pair: PairId, member: MemberId) -> None:
    """The cards of this member's open goals in the pair."""
    system = tx.as_system()
    for goal in system.goals.find(pair_id=pair, member_id=member, state=GoalState.OPEN):
        show_on_goal(tx, goal.id)
