"""The one number that a check-in asks for, on a real database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, NumberNotUnderstood, NumberOutside
from bot.domain.indicators import NumberKind
from bot.domain.members import Member
from bot.domain.readings import Phase, Source
from bot.usecases.loop.experiments import drop_experiment
from bot.usecases.loop.indicators import Measure
from bot.usecases.rhythm.checkins import AnswerCheckIn, CheckInForm, answer_check_in, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_goal_numbers import keep
from tests.usecases.loop.test_readings import PAUSE, number, promise, series, told


@pytest.fixture
async def begun(setup: Setup) -> Setup:
    setup.pair = await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


async def the_form(setup: Setup) -> CheckInForm:
    return await read_as(setup.deps, setup.viewer(setup.mentee), open_check_in_form)


async def answer(setup: Setup, form: CheckInForm, value: str | None, by: Member | None = None) -> None:
    sign = form.number.indicator.id if form.number else None
    typed = None if value is None else Decimal(value)
    command = AnswerCheckIn(form.occurrence.id, {"went_well": "all"}, indicator_id=sign, number=typed)
    viewer = setup.viewer(by or setup.mentee)
    await write_as(setup.deps, viewer, answer_check_in, command, key=f"answer:{sign}:{value}")


async def test_a_check_in_asks_for_no_number_where_nothing_is_counted(begun: Setup) -> None:
    await promise(begun)

    assert (await the_form(begun)).number is None


async def test_of_several_numbers_the_one_noted_longest_ago_is_asked_for(begun: Setup) -> None:
    goal = await keep(begun)
    begun.clock.move(minutes=1)
    experiment = await promise(begun, PAUSE)
    found = (await the_form(begun)).number
    assert found is not None
    assert found.indicator.goal_id == goal

    begun.clock.move(minutes=1)
    await answer(begun, await the_form(begun), "4")

    found = (await the_form(begun)).number
    assert found is not None
    assert found.indicator == await number(begun, experiment)


async def test_what_a_check_in_says_of_a_number_is_a_reading_of_that_day(begun: Setup) -> None:
    experiment = await promise(begun, PAUSE)

    await answer(begun, await the_form(begun), "2.5")

    found = await series(begun, experiment)
    assert told(found) == {Phase.BEFORE: ["1"], Phase.DURING: ["2.5"]}
    assert found.readings[-1].source is Source.CHECKIN


async def test_a_number_that_is_left_empty_is_not_noted(begun: Setup) -> None:
    experiment = await promise(begun, PAUSE)

    await answer(begun, await the_form(begun), None)

    assert told(await series(begun, experiment)) == {Phase.BEFORE: ["1"]}
    assert await begun.read(lambda r: r.check_ins.count()) == 1


@pytest.mark.parametrize(("value", "error"), [("6", NumberOutside), ("1" * 21, NumberNotUnderstood)])
async def test_a_number_that_cannot_be_is_told_at_its_field_and_nothing_is_kept(
    begun: Setup, value: str, error: type[Exception]
) -> None:
    await promise(begun, Measure("Calm", kind=NumberKind.RATING5))

    with pytest.raises(error) as caught:
        await answer(begun, await the_form(begun), value)

    assert caught.value.field == "number"  # type: ignore[attr-defined]  # both carry a field
    assert await begun.read(lambda r: (r.check_ins.count(), r.readings.count())) == (0, 0)


async def test_what_ended_meanwhile_takes_no_number(begun: Setup) -> None:
    experiment = await promise(begun, PAUSE)
    form = await the_form(begun)
    await write_as(begun.deps, begun.viewer(begun.mentee), drop_experiment, experiment, key="drop")

    with pytest.raises(AlreadySettled):
        await answer(begun, form, "2")


async def test_a_check_in_notes_nobody_elses_number(begun: Setup) -> None:
    await promise(begun, PAUSE)
    form = await the_form(begun)
    assert form.number is not None
    foreign = replace(
        form.number, indicator=replace(form.number.indicator, id=type(form.number.indicator.id)(99))
    )

    with pytest.raises((NotFound, NotAllowed)):
        await answer(begun, replace(form, number=foreign), "2")
