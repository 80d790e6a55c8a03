"""Aims of the organisation: the lead keeps them, goals serve them, and nobody outside a pair reads its goals."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.errors import ChoiceMissing, NotAllowed, NotFound, TextMissing
from bot.domain.goals import Goal
from bot.domain.ids import CohortId, GoalId, MemberId, ObjectiveId, PairId
from bot.domain.members import Member
from bot.domain.objectives import Objective, ObjectiveState
from bot.domain.pairs import Pair
from bot.domain.privacy import FEWEST_PEOPLE
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.loop.goals import SetGoal, open_goal_form, set_goal
from bot.usecases.programme.objectives import (
    KeepObjective,
    keep_objective,
    open_objective,
    open_objective_form,
    see_objectives,
)
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_sessions import a_member

NAME = "Decide faster"


async def an_aim(setup: Setup, **more: Any) -> Objective:
    command = KeepObjective(setup.cohort.id, None, {"name": NAME, **more})
    await setup.write(lambda tx: keep_objective(tx, command), setup.admin)
    return (await setup.read(lambda tx: tx.objectives.find(order="-id")))[0]


async def change(setup: Setup, aim: Objective, **shown: Any) -> None:
    command = KeepObjective(setup.cohort.id, aim.id, shown)
    await setup.write(lambda tx: keep_objective(tx, command), setup.admin)


async def goal_for(
    setup: Setup, aim: ObjectiveId | None, *, goal: GoalId | None = None, own: str = ""
) -> Goal:
    shown = {"text": "ask first", "objective": own}
    command = SetGoal(shown, goal_id=goal, asks_objective=True, objective_id=aim)
    kept = await setup.write(lambda tx: set_goal(tx, command), setup.mentee)
    return await setup.read(lambda tx: tx.goals.get(kept))


async def test_the_lead_keeps_an_aim_and_changes_it(setup: Setup) -> None:
    aim = await an_aim(setup, owner="Product", until=date(2027, 3, 31))
    await change(setup, aim, name="Decide closer", state=ObjectiveState.CLOSED)

    data = await setup.read(lambda tx: see_objectives(tx, setup.cohort.id), setup.admin)

    [line] = data.lines
    kept = line.objective
    assert (kept.name, kept.owner, kept.until) == ("Decide closer", "Product", date(2027, 3, 31))
    assert (kept.state, line.counts) == (ObjectiveState.CLOSED, None)


async def test_an_aim_needs_a_name(setup: Setup) -> None:
    with pytest.raises(TextMissing) as error:
        await an_aim(setup, name=" ")
    assert error.value.field == "name"


async def test_only_whoever_leads_keeps_aims(setup: Setup) -> None:
    aim = await an_aim(setup)

    def ways(tx: Tx) -> None:
        for way in (
            lambda: see_objectives(tx, setup.cohort.id),
            lambda: open_objective_form(tx, setup.cohort.id),
            lambda: open_objective(tx, aim.id),
            lambda: keep_objective(tx, KeepObjective(setup.cohort.id, None, {"name": "x"})),
            lambda: keep_objective(tx, KeepObjective(setup.cohort.id, aim.id, {"name": "x"})),
        ):
            with pytest.raises(NotAllowed):
                way()

    for person in (setup.mentor, setup.mentee):
        await setup.write(ways, person)


async def test_an_aim_of_another_cohort_is_not_found(setup: Setup) -> None:
    aim = await an_aim(setup)
    other = await setup.write(
        lambda tx: tx.cohorts.insert(replace(setup.cohort, id=CohortId(0), name="Autumn"))
    )

    with pytest.raises(NotFound):
        await setup.write(
            lambda tx: keep_objective(tx, KeepObjective(other.id, aim.id, {"name": "x"})), setup.admin
        )


async def test_the_form_of_a_goal_offers_open_aims_and_the_one_that_it_serves(setup: Setup) -> None:
    closed, served, open_one = [await an_aim(setup, name=name) for name in ("a", "b", "c")]
    goal = await goal_for(setup, served.id)
    for aim in (closed, served):
        await change(setup, aim, state=ObjectiveState.CLOSED)

    new = await setup.read(open_goal_form, setup.mentee)
    known = await setup.read(lambda tx: open_goal_form(tx, goal=goal.id), setup.mentee)

    assert [one.id for one in new.objectives] == [open_one.id]
    assert [one.id for one in known.objectives] == [open_one.id, served.id]


async def test_a_goal_carries_the_name_of_its_aim_and_follows_it(setup: Setup) -> None:
    aim = await an_aim(setup)
    goal = await goal_for(setup, aim.id)
    await change(setup, aim, name="Decide closer")

    renamed = await setup.read(lambda tx: tx.goals.get(goal.id))
    entry = await setup.read(lambda tx: tx.entries.first(kind=EntryKind.GOAL, subject_id=goal.id))

    assert (goal.objective, goal.objective_id) == (NAME, aim.id)
    assert (renamed.objective, renamed.objective_id) == ("Decide closer", aim.id)
    assert entry is not None
    assert "closer" in repr(entry)


async def test_another_aim_is_said_in_words_of_ones_own(setup: Setup) -> None:
    aim = await an_aim(setup)
    goal = await goal_for(setup, aim.id)

    changed = await goal_for(setup, None, goal=goal.id, own="be kinder")

    assert (changed.objective_id, changed.objective) == (None, "be kinder")


async def test_an_aim_that_is_not_offered_is_said_at_the_field(setup: Setup) -> None:
    aim = await an_aim(setup, state=ObjectiveState.CLOSED)

    for chosen in (aim.id, ObjectiveId(99)):
        with pytest.raises(ChoiceMissing) as error:
            await goal_for(setup, chosen)
        assert error.value.field == "objective_id"


async def test_a_form_that_did_not_show_the_aims_leaves_what_was_chosen(setup: Setup) -> None:
    aim = await an_aim(setup)
    goal = await goal_for(setup, aim.id)

    command = SetGoal({"text": "ask later"}, goal_id=goal.id)
    await setup.write(lambda tx: set_goal(tx, command), setup.mentee)

    kept = await setup.read(lambda tx: tx.goals.get(goal.id))
    assert (kept.text, kept.objective, kept.objective_id) == ("ask later", NAME, aim.id)


async def test_whoever_leads_reads_counts_from_five_people_on_and_no_goal(setup: Setup) -> None:
    aim = await an_aim(setup)
    for number in range(FEWEST_PEOPLE):
        await _serves(setup, await a_member(setup, f"Person {number}"), aim)

        data = await setup.read(lambda tx: see_objectives(tx, setup.cohort.id), setup.admin)
        counts = data.lines[0].counts
        assert (counts is None) == (number + 1 < FEWEST_PEOPLE)

    assert counts is not None
    assert (counts.goals, counts.reached, counts.tries) == (FEWEST_PEOPLE, 0, 0)
    assert "private words" not in repr(data)


async def _serves(setup: Setup, member: Member, aim: Objective) -> None:
    def work(tx: Tx) -> None:
        now = setup.clock.now()
        pair = tx.pairs.insert(Pair(setup.workspace.id, setup.cohort.id, now, None))
        goal = Goal(setup.workspace.id, PairId(pair.id), MemberId(member.id), "private words", now, now)
        tx.goals.insert(replace(goal, objective=aim.name, objective_id=aim.id))

    await setup.write(work)
