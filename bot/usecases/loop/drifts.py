"""Asking once whether a goal is still the goal, with a check-in that is sent anyway."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain

from bot.domain.cadence import local_date
from bot.domain.drifts import GoalDrift, Work, drift_of
from bot.domain.experiments import ExperimentState
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import GoalDriftId
from bot.domain.indicators import Direction
from bot.domain.members import Member
from bot.domain.nudges import Nudge, Occurrence
from bot.ports import Tx
from bot.usecases.loop.readings import series_of
from bot.usecases.outgoing import enqueue_update
from bot.usecases.people.authors import my_own
from bot.usecases.rhythm.reviews_messages import OF_A_ROUND


def ask_whether_it_still_is(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> None:
    """Note with a check-in that is about to be sent what it is to ask about a goal, one question at most."""
    member = tx.members.get(nudge.member_id)
    goals = tx.goals.find(pair_id=nudge.pair_id, member_id=member.id, state=GoalState.OPEN, order="-id")
    for goal in goals:
        said = {(one.cause, one.about) for one in tx.drifts.find(goal_id=goal.id)}
        created = local_date(goal.created_at, member.tz)
        found = drift_of(goal, _work(tx, goal, member), said, created, local_date(tx.now, member.tz))
        if found is not None:
            cause, about = found
            whose = (goal.workspace_id, goal.pair_id, goal.id, member.id, occurrence.id)
            tx.drifts.insert(GoalDrift(*whose, cause, created_at=tx.now, about=about))
            return


def keep_goal(tx: Tx, drift_id: GoalDriftId) -> GoalDriftId:
    """It is still the goal: one tap, and a second one changes nothing. Raises NotFound, NotAllowed."""
    drift = my_own(tx, tx.drifts, drift_id, lock=True)
    settle_drifts(tx, tx.goals.get(drift.goal_id))
    return drift.id


def settle_drifts(tx: Tx, goal: Goal) -> None:
    """What was asked about this goal is said: the check-ins that asked it show that."""
    for drift in tx.drifts.find(goal_id=goal.id, settled_at=None):
        tx.drifts.update(replace(drift, settled_at=tx.now))
        occurrences = tx.as_system().occurrences
        asked = occurrences.update(replace(occurrences.get(drift.occurrence_id)))
        for message in OF_A_ROUND:
            enqueue_update(tx, message, asked.id, version=asked.version)


def _work(tx: Tx, goal: Goal, member: Member) -> Work:
    tries = tx.experiments.find(pair_id=goal.pair_id, member_id=member.id, order="-id")
    for_it = [one for one in tries if one.goal_id == goal.id]
    last = [
        tx.now if one.state is ExperimentState.OPEN else one.closed_at or one.created_at for one in for_it
    ]
    newest = local_date(max(last), member.tz) if last else None
    return Work(newest, [one.goal_id for one in tries], *_number(tx, goal))


def _number(tx: Tx, goal: Goal) -> tuple[list[Decimal], Direction | None]:
    """What the goal's number read so far, day by day, and where it is to go."""
    number = tx.indicators.first(goal_id=goal.id)
    if number is None:
        return [], None
    points = chain.from_iterable(series_of(tx, [number])[number.id].points.values())
    return [point.value for point in sorted(points, key=lambda point: point.day)], number.direction
