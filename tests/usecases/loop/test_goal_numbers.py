"""The number of a goal, on a real database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.errors import NotAllowed, TextMissing
from bot.domain.ids import GoalId, IndicatorId
from bot.domain.readings import NumberWasNoted, Phase, Source
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.goals import SetGoal, load_goal_card, open_goal_form, set_goal
from bot.usecases.loop.readings import ReadSeries
from bot.usecases.loop.readings_noting import NoteNumber, note_number, open_number_form
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_readings import told

VOICES = {"number_name": "Voices", "number_now": Decimal(2), "number_target": Decimal(6)}
GOAL = SetGoal({"text": "Lead a review in which everyone speaks", **VOICES})


async def keep(setup: Setup, command: SetGoal = GOAL, key: str = "goal") -> GoalId:
    return await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, command, key=key)


async def change(setup: Setup, goal: GoalId, **shown: object) -> None:
    await keep(setup, SetGoal({**GOAL.shown, **shown}, goal_id=goal), key=f"change:{shown}")


async def number(setup: Setup, goal: GoalId) -> ReadSeries | None:
    return (await setup.read(lambda r: load_goal_card(r, goal), setup.mentor)).number


async def series(setup: Setup, goal: GoalId) -> dict[Phase, list[str]]:
    found = await number(setup, goal)
    assert found is not None
    return told(found)


async def test_where_the_number_of_a_goal_stands_is_its_first_reading(setup: Setup) -> None:
    goal = await keep(setup)

    found = await number(setup, goal)
    assert found is not None
    (start,) = found.readings
    assert (start.value, start.phase, start.source, start.day) == (
        Decimal(2), Phase.BEFORE, Source.START, date(2026, 11, 23),
    )  # fmt: skip
    assert (found.indicator.goal_id, found.indicator.target) == (goal, Decimal(6))


async def test_another_number_in_the_form_of_the_goal_is_one_of_that_day(setup: Setup) -> None:
    goal = await keep(setup)
    setup.clock.move(days=7)
    await change(setup, goal, number_now=Decimal(3))
    setup.clock.move(days=7)
    await change(setup, goal, number_now=Decimal(3), text="Lead a retrospective")

    assert await series(setup, goal) == {Phase.BEFORE: ["2"], Phase.DURING: ["3"]}
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_goal_form, goal=goal)
    assert form.number is not None
    assert form.number.last == Decimal(3)


async def test_a_start_that_is_put_right_on_its_day_or_taken_out_leaves_nothing_behind(setup: Setup) -> None:
    goal = await keep(setup)
    await change(setup, goal, number_now=Decimal(4))
    assert await series(setup, goal) == {Phase.BEFORE: ["4"]}

    await change(setup, goal, number_now=None)
    assert await series(setup, goal) == {}


async def test_a_number_that_a_form_does_not_show_stays(setup: Setup) -> None:
    goal = await keep(setup)

    await keep(setup, SetGoal({"text": "Lead a retrospective"}, goal_id=goal), key="text alone")

    assert await series(setup, goal) == {Phase.BEFORE: ["2"]}


async def test_a_number_without_its_name_goes_and_one_without_a_name_is_refused(setup: Setup) -> None:
    goal = await keep(setup)
    with pytest.raises(TextMissing):
        await change(setup, goal, number_name=" ")

    await change(setup, goal, number_name="", number_now=None, number_target=None)

    assert await number(setup, goal) is None
    assert await setup.read(lambda r: (r.indicators.count(), r.readings.count())) == (0, 0)


async def test_a_number_of_a_goal_that_was_noted_since_is_not_emptied_away(setup: Setup) -> None:
    goal = await keep(setup)
    setup.clock.move(days=2)
    await change(setup, goal, number_now=Decimal(3))

    with pytest.raises(NumberWasNoted):
        await change(setup, goal, number_name="", number_now=None, number_target=None)

    assert await series(setup, goal) == {Phase.BEFORE: ["2"], Phase.DURING: ["3"]}


async def test_the_number_of_a_goal_is_noted_like_any_other(setup: Setup) -> None:
    goal = await keep(setup)
    await dispatch(setup.deps)
    setup.clock.move(days=2)
    found = await number(setup, goal)
    assert found is not None
    sign, viewer = found.indicator.id, setup.viewer(setup.mentee)

    form = await read_as(setup.deps, viewer, open_number_form, sign)
    assert (form.about, form.mentors) == (GOAL.shown["text"], ("Mira",))
    await write_as(setup.deps, viewer, note_number, NoteNumber(sign, {"value": Decimal(5)}), key="note")
    await dispatch(setup.deps)

    assert await series(setup, goal) == {Phase.BEFORE: ["2"], Phase.DURING: ["5"]}
    assert {post.to for post in setup.messenger.updates} == {"UTOM", "UMIRA"}
    with pytest.raises(NotAllowed):
        await write_as(
            setup.deps,
            setup.viewer(setup.mentor),
            note_number,
            NoteNumber(sign, {"value": Decimal(1)}),
            key="no",
        )


async def test_the_number_of_one_goal_is_not_that_of_another(setup: Setup) -> None:
    first = await keep(setup)
    second = await keep(setup, replace(GOAL, shown={**GOAL.shown, "number_now": Decimal(9)}), key="second")

    found = [await number(setup, goal) for goal in (first, second)]

    assert [one.last for one in found if one] == [Decimal(2), Decimal(9)]
    assert len({one.indicator.id for one in found if one} | {IndicatorId(0)}) == 3
