"""Numbers over time, on a real database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.ids import ExperimentId
from bot.domain.indicators import Direction, Indicator
from bot.domain.readings import Phase, Reading, Source
from bot.domain.results import Adherence, NextStep
from bot.ports import Tx
from bot.usecases.loop.experiments import Commit, commit_to_experiment, open_experiment_form
from bot.usecases.loop.indicators import Measure
from bot.usecases.loop.readings import ReadSeries, series_of
from bot.usecases.loop.results import TellResult, tap, tell_result
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

IN_DECEMBER = date(2026, 12, 18)
PAUSE = Measure("Pause", "s", Decimal(1), Decimal(3))


async def promise(setup: Setup, *measures: Measure, key: str = "try", **more: object) -> ExperimentId:
    shown = {"behaviour": "ask first", "situation": "I lead", "until": IN_DECEMBER}
    command = replace(Commit(shown, tuple(measures)), **more)  # type: ignore[arg-type]  # fields by name
    return await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, command, key=key)


async def number(setup: Setup, experiment: ExperimentId) -> Indicator:
    (found,) = await setup.read(lambda r: r.indicators.find(experiment_id=experiment))
    return found


async def series(setup: Setup, experiment: ExperimentId) -> ReadSeries:
    sign = await number(setup, experiment)
    return (await setup.read(lambda r: series_of(r, [sign]), setup.mentee))[sign.id]


def told(found: ReadSeries) -> dict[Phase, list[str]]:
    return {phase: [str(point.value) for point in points] for phase, points in found.points.items() if points}


async def tell(setup: Setup, experiment: ExperimentId, value: int) -> None:
    me, sign = setup.viewer(setup.mentee), await number(setup, experiment)
    await write_as(setup.deps, me, tap, experiment, Adherence.DID, key=f"tap:{experiment}")
    command = TellResult(
        experiment, {"what_happened": "so", "next_step": NextStep.REFRAME}, {sign.id: Decimal(value)}
    )
    await write_as(setup.deps, me, tell_result, command, key=f"tell:{experiment}")


async def test_where_a_number_stands_when_it_is_promised_is_its_first_reading(setup: Setup) -> None:
    experiment = await promise(setup, PAUSE)

    found = await series(setup, experiment)
    (start,) = found.readings
    assert (start.value, start.phase, start.source) == (Decimal(1), Phase.BEFORE, Source.START)
    assert (start.day, start.at, start.member_id) == (date(2026, 11, 23), setup.clock.now(), setup.mentee.id)
    assert found.indicator.direction is Direction.UP


async def test_a_start_that_is_put_right_is_one_reading_and_one_that_is_taken_out_is_none(
    setup: Setup,
) -> None:
    experiment = await promise(setup, PAUSE)
    await promise(setup, replace(PAUSE, baseline=Decimal(2)), experiment_id=experiment, key="put right")
    assert told(await series(setup, experiment)) == {Phase.BEFORE: ["2"]}

    await promise(setup, replace(PAUSE, baseline=None), experiment_id=experiment, key="taken out")
    assert told(await series(setup, experiment)) == {}


async def test_a_number_that_is_taken_away_leaves_the_others_with_what_was_noted_of_them(
    setup: Setup,
) -> None:
    voices = Measure("Voices", "", Decimal(5), row=2)
    experiment = await promise(setup, PAUSE, voices)

    await promise(setup, voices, experiment_id=experiment, key="without the first")

    assert (await number(setup, experiment)).name == "Voices"
    assert told(await series(setup, experiment)) == {Phase.BEFORE: ["5"]}
    assert await setup.read(lambda r: r.readings.count()) == 1


async def test_another_way_goes_on_with_the_series_and_begins_where_it_stands(setup: Setup) -> None:
    first = await promise(setup, PAUSE)
    await tell(setup, first, 2)
    setup.clock.move(days=3)

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_experiment_form, parent=first)
    assert [measure.baseline for measure in form.measures] == [Decimal(2)]
    second = await promise(setup, *form.measures, parent_id=first, key="second")
    await tell(setup, second, 3)
    setup.clock.move(days=3)
    third = await promise(setup, replace(PAUSE, baseline=Decimal(5)), parent_id=second, key="third")

    assert told(await series(setup, third)) == {Phase.BEFORE: ["1"], Phase.DURING: ["2", "3", "5"]}
    assert told(await series(setup, first)) == {Phase.BEFORE: ["1"], Phase.DURING: ["2"]}
    assert (await number(setup, third)).series_id == (await number(setup, first)).id
    assert (await number(setup, third)).direction is Direction.UP


async def test_many_series_are_read_at_once_and_each_has_its_own(setup: Setup) -> None:
    one = await promise(setup, PAUSE)
    other = await promise(setup, replace(PAUSE, baseline=Decimal(7)), key="other")

    def both(tx: Tx) -> list[list[Reading]]:
        signs = tx.indicators.find(experiment_id=[one, other])
        return [list(found.readings) for found in series_of(tx, signs).values()]

    assert [[reading.value for reading in found] for found in await setup.read(both)] == [
        [Decimal(1)], [Decimal(7)],
    ]  # fmt: skip
    assert await setup.read(lambda r: series_of(r, [])) == {}
