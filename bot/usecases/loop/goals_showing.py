"""A goal of a mentor's own, shown to somebody who learns from them: with its tries and what came of them, to read."""

from dataclasses import dataclass, replace

from bot.domain.errors import ChoiceMissing, NotFound
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import GoalId, MemberId
from bot.domain.results import Result
from bot.ports import Tx
from bot.usecases.loop.goals import my_goal, touch_goal
from bot.usecases.people.memberships import my_membership, my_memberships
from bot.usecases.people.memberships_own import my_mentees


@dataclass(frozen=True)
class ShownGoal:
    """What whoever it is shown to reads: no numbers, and nothing that was let go.

    Args:
        tries: each with its result once that was told, the newest first.
    """

    goal: Goal
    owner: str
    tries: tuple[tuple[Experiment, Result | None], ...]


def show_goal(tx: Tx, goal_id: GoalId, reader: MemberId | None) -> GoalId:
    """Let this member read it, and nobody else; None takes it back. Repeating it changes nothing.

    Raises NotFound for a goal that the partner reads anyway, ChoiceMissing for who does not learn from me, NotAllowed.
    """
    goal = my_goal(tx, goal_id, lock=True)
    if not my_membership(tx, goal.pair_id).alone:
        raise NotFound("goal")
    if reader == goal.shown_to:
        return goal.id
    if reader is not None and reader not in {mentee.id for mentee in my_mentees(tx)}:
        raise ChoiceMissing(field="reader")
    touch_goal(tx, replace(goal, shown_to=reader))
    return goal.id


def read_shown_goal(tx: Tx, goal_id: GoalId) -> ShownGoal:
    """As the one to whom it is shown reads it. Raises NotFound, also for who learns from them no more."""
    goal = tx.goals.get(goal_id)
    owner = {member.id: member.name for one in my_memberships(tx) for member in one.mentors}.get(
        goal.member_id
    )
    if goal.shown_to != tx.me or owner is None:
        raise NotFound("goal")
    tries = tx.experiments.find(goal_id=goal.id, order="-id")
    told = {one.experiment_id: one for one in tx.results.find(experiment_id=[each.id for each in tries])}
    return ShownGoal(
        goal,
        owner,
        tuple((each, told.get(each.id)) for each in tries if each.state is not ExperimentState.DROPPED),
    )


def shown_to_me(tx: Tx) -> list[Goal]:
    """The open ones that somebody shows me."""
    return tx.goals.find(shown_to=tx.me, state=GoalState.OPEN)
