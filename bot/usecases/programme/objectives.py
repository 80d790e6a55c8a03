"""Aims of the organisation: kept by whoever leads the cohort, who reads how many goals serve each, and no goal."""

from dataclasses import dataclass, replace

from bot.domain.cohorts import Cohort
from bot.domain.errors import NotFound
from bot.domain.ids import ObjectiveId
from bot.domain.objectives import Objective, ObjectiveCounts, ObjectiveState, counts_of
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.goals import touch_goal
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.resources import follow_aim


@dataclass(frozen=True)
class ObjectiveLine:
    """One aim; `counts` is None where too few people serve it."""

    objective: Objective
    counts: ObjectiveCounts | None


@dataclass(frozen=True)
class CohortObjectives:
    """A cohort's aims, the open ones first and the newest first among them."""

    cohort: Cohort
    lines: tuple[ObjectiveLine, ...]


@dataclass(frozen=True)
class ObjectiveForm:
    """What the form needs to open; None for a new aim."""

    cohort: Cohort
    objective: Objective | None = None


@dataclass(frozen=True)
class KeepObjective:
    """What the form sends; `objective_id` None keeps a new one."""

    cohort_id: int
    objective_id: int | None
    shown: Shown


def see_objectives(tx: Tx, cohort_id: int) -> CohortObjectives:
    """Raises NotFound, and NotAllowed for who does not lead the cohort."""
    cohort = led_by_me(tx, cohort_id)
    found = sorted(
        tx.objectives.find(cohort_id=cohort.id, order="-id"),
        key=lambda one: one.state is ObjectiveState.CLOSED,
    )
    return CohortObjectives(cohort, tuple(ObjectiveLine(one, _counts(tx, one.id)) for one in found))


def open_objective_form(tx: Tx, cohort_id: int) -> ObjectiveForm:
    """The form for a new aim. Raises NotFound, NotAllowed."""
    return ObjectiveForm(led_by_me(tx, cohort_id))


def open_objective(tx: Tx, objective_id: int) -> ObjectiveForm:
    """The form for one that is there. Raises NotFound, NotAllowed."""
    objective = tx.objectives.get(objective_id)
    return ObjectiveForm(led_by_me(tx, objective.cohort_id), objective)


def keep_objective(tx: Tx, command: KeepObjective) -> int:
    """Keep an aim, or its change, also on the goals that serve it; returns the cohort's id.

    Raises InvalidInput for the field at fault, NotFound, NotAllowed.
    """
    cohort = led_by_me(tx, command.cohort_id)
    if command.objective_id is None:
        own = {"workspace_id": cohort.workspace_id, "cohort_id": cohort.id, "member_id": tx.me}
        tx.objectives.insert(begun(Objective, command.shown, **own, created_at=tx.now))
        return cohort.id
    known = tx.objectives.get(command.objective_id, lock=True)
    if known.cohort_id != cohort.id:
        raise NotFound("objective")
    kept = tx.objectives.update(changed(known, command.shown))
    if kept.name != known.name:
        _rename_on_goals(tx, kept)
        follow_aim(tx, known, kept)
    return cohort.id


def _counts(tx: Tx, objective: ObjectiveId) -> ObjectiveCounts | None:
    """Counted as Pairloop itself: goals are their pairs' alone, and none of their words leaves here."""
    system = tx.as_system()
    goals = system.goals.find(objective_id=objective)
    tries = system.experiments.find(goal_id=[goal.id for goal in goals]) if goals else []
    return counts_of(goals, tries)


def _rename_on_goals(tx: Tx, objective: Objective) -> None:
    """Goals carry the name themselves, since their pairs read and find it there."""
    system = tx.as_system()
    for goal in system.goals.find(objective_id=objective.id):
        renamed = replace(goal, objective=objective.name)
        touch_goal(system, renamed)
        make_findable(system, renamed)
