"""What others tried, without names: looked through once a day as Pairloop, and read as anybody reads it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

from bot.domain.audit import AuditEntry
from bot.domain.cadence import to_utc
from bot.domain.cohorts import require_admin
from bot.domain.errors import NotFound
from bot.domain.experiments import Experiment
from bot.domain.ids import GoalId, ReusableTryId
from bot.domain.members import Workspace
from bot.domain.results import MayReuse, NextStep, Result
from bot.domain.reuse import OBSTACLES, Consented, ReusableTry, gathered
from bot.packs.shelf import aims_for
from bot.ports import Tx

GATHERED = "reuse.gathered"


def gather_reusable(tx: Tx, workspace: Workspace) -> int:
    """What may be met from today on; once a day, so that no two of a day can be compared.

    Returns how many there are.
    """
    today = tx.now.date()
    known = tx.reusable_tries.find(workspace_id=workspace.id, order="id")
    if any(one.checked_on == today for one in known):
        return len(known)
    counted = tx.counted_tries.find(workspace_id=workspace.id)
    anew = _is_first_of_month(tx, workspace)
    found = gathered(_consented(tx, workspace), known, counted, workspace.id, tx.now, anew=anew)
    for one in known:
        if one not in found.stay:
            tx.reusable_tries.delete(one)
    for one in found.stay:
        tx.reusable_tries.update(replace(one, checked_on=today))
    aims = {one.aim for one in found.made}
    for before in counted:
        if before.aim in aims:
            tx.counted_tries.delete(before)
    tx.counted_tries.insert_all(found.counted)
    return len(tx.reusable_tries.insert_all(found.made)) + len(found.stay)


def _is_first_of_month(tx: Tx, workspace: Workspace) -> bool:
    """Whether nobody has looked in this month yet; then that is noted, also where nothing may be met."""
    month = to_utc(tx.now.date().replace(day=1), time(), "UTC")
    if tx.audit.count(workspace_id=workspace.id, action=GATHERED, at__since=month):
        return False
    tx.audit.insert(AuditEntry(workspace.id, GATHERED, workspace.id, tx.now))
    return True


def others_tried(tx: Tx) -> tuple[ReusableTry, ...]:
    """All tries that may be met here, a few of each aim."""
    return tuple(one for one in tx.reusable_tries.find() if one.aim != OBSTACLES)


def load_reusable(tx: Tx, reusable_id: ReusableTryId, made_on: date) -> ReusableTry:
    """A try as it was made on that day. Raises NotFound, also where it was made anew since."""
    found = tx.reusable_tries.first(id=reusable_id, made_on=made_on)
    if found is None or found.aim == OBSTACLES:
        raise NotFound("others")
    return found


def draft_report(tx: Tx) -> tuple[ReusableTry, ...]:
    """What an admin may say to everybody of what helped here, and what got in the way. Raises NotAllowed."""
    require_admin(tx.members.get(tx.me))
    return tuple(tx.reusable_tries.find())


def _consented(tx: Tx, workspace: Workspace) -> list[Consented]:
    """What people let others meet: what was done, with what it was for, and what could get in the way."""
    may = [MayReuse.YES, MayReuse.WITH_OBSTACLE]
    told = [
        result
        for result in tx.results.find(workspace_id=workspace.id, may_reuse=may)
        if result.told_at is not None
    ]
    tried = {one.id: one for one in tx.experiments.find(id=[result.experiment_id for result in told])}
    goals = {
        goal.id: goal.text for goal in tx.goals.find(id=[e.goal_id for e in tried.values() if e.goal_id])
    }
    found = [(result, tried[result.experiment_id]) for result in told]
    return [
        *(_as_tried(*one, aim) for one in found if one[0].was_tried and (aim := _aim(one[1], goals))),
        *(_as_obstacle(*one) for one in found if _lets_obstacle_be_met(*one)),
    ]


def _as_tried(result: Result, experiment: Experiment, aim: str) -> Consented:
    helped = result.next_step is NextStep.ADOPT
    return Consented(
        result.member_id, result.pair_id, aim, experiment.behaviour, helped, experiment.id, result.grade
    )


def _lets_obstacle_be_met(result: Result, experiment: Experiment) -> bool:
    return result.may_reuse is MayReuse.WITH_OBSTACLE and bool(experiment.obstacle)


def _as_obstacle(result: Result, experiment: Experiment) -> Consented:
    """Only how many met it is ever said of it."""
    return Consented(
        result.member_id,
        result.pair_id,
        OBSTACLES,
        experiment.obstacle,
        helped=False,
        experiment=experiment.id,
    )


def _aim(experiment: Experiment, goals: Mapping[GoalId, str]) -> str:
    """What it was for, by its goal or else by its own words; "" where the shelf knows no such aim."""
    text = goals.get(experiment.goal_id or GoalId(0), "") or experiment.behaviour
    return next((aim.id for aim in aims_for(text)), "")
