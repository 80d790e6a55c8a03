"""Noting a number, on a real database."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import (
    AlreadySettled,
    DayToCome,
    DayTooEarly,
    InvalidInput,
    NotAllowed,
    NotFound,
    NumberNotUnderstood,
    NumberOutside,
    PreparingNeedsNumber,
    TextMissing,
    TextTooLong,
    TooManyOpen,
)
from bot.domain.experiments import Experiment, Starts
from bot.domain.ids import ExperimentId, ReadingId
from bot.domain.indicators import Direction, NumberKind
from bot.domain.members import Member
from bot.domain.readings import NumberWasNoted, Phase, Source
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiment_cards import load_experiment_card
from bot.usecases.loop.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.loop.indicators import Measure
from bot.usecases.loop.readings_noting import (
    NoteNumber,
    count_one,
    counted_so_far,
    note_number,
    open_number_form,
    open_number_form_of,
    take_back_count,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_readings import PAUSE, number, promise, series, tell, told

TODAY = date(2026, 11, 23)
QUESTIONS = Measure("Questions", kind=NumberKind.COUNT)


async def note(
    setup: Setup, experiment: ExperimentId, value: str, by: Member | None = None, **more: object
) -> str | None:
    sign = await number(setup, experiment)
    shown: Mapping[str, object] = {"value": Decimal(value), **more}
    key = f"{value}:{more}:{setup.clock.now()}"
    return await write_as(
        setup.deps, setup.viewer(by or setup.mentee), note_number, NoteNumber(sign.id, shown), key=key
    )


async def tap(setup: Setup, experiment: ExperimentId, key: str, by: Member | None = None) -> ReadingId:
    sign = await number(setup, experiment)
    reading, _ = await write_as(setup.deps, setup.viewer(by or setup.mentee), count_one, sign.id, key=key)
    return reading


async def take_back(setup: Setup, experiment: ExperimentId, reading: ReadingId, key: str = "back") -> None:
    sign = await number(setup, experiment)
    await write_as(setup.deps, setup.viewer(setup.mentee), take_back_count, sign.id, reading, key=key)


async def so_far(setup: Setup, experiment: ExperimentId) -> int:
    sign = await number(setup, experiment)
    return int(await read_as(setup.deps, setup.viewer(setup.mentee), counted_so_far, sign.id))


async def test_a_number_that_was_noted_since_is_not_emptied_away(setup: Setup) -> None:
    experiment = await promise(setup, PAUSE)
    await note(setup, experiment, "2")

    with pytest.raises(NumberWasNoted) as caught:
        await promise(setup, experiment_id=experiment, key="without it")

    assert caught.value.field == "name_1"
    assert told(await series(setup, experiment)) == {Phase.BEFORE: ["1"], Phase.DURING: ["2"]}


async def test_a_number_keeps_what_was_noted_of_it_when_one_above_it_is_emptied(setup: Setup) -> None:
    experiment = await promise(setup, replace(PAUSE, row=2))
    await note(setup, experiment, "2")
    await promise(setup, replace(QUESTIONS, row=2), PAUSE, experiment_id=experiment, key="one more")
    assert len(await setup.read(lambda r: r.indicators.find(experiment_id=experiment))) == 2

    await promise(setup, PAUSE, experiment_id=experiment, key="without the new one")

    assert told(await series(setup, experiment)) == {Phase.BEFORE: ["1"], Phase.DURING: ["2"]}


async def test_ten_taps_at_once_are_ten_and_each_can_be_taken_back(setup: Setup) -> None:
    experiment = await promise(setup, QUESTIONS)

    readings = await asyncio.gather(*(tap(setup, experiment, f"tap:{n}") for n in range(10)))

    assert await so_far(setup, experiment) == 10
    assert told(await series(setup, experiment)) == {Phase.DURING: ["10"]}
    for count, reading in enumerate(readings, 1):
        await take_back(setup, experiment, reading, key=f"back:{reading}")
        assert await so_far(setup, experiment) == 10 - count


async def test_a_tap_that_slack_delivers_twice_is_one(setup: Setup) -> None:
    experiment = await promise(setup, QUESTIONS)

    first = await tap(setup, experiment, "tap")

    assert await tap(setup, experiment, "tap") == first
    assert await so_far(setup, experiment) == 1


async def test_taking_a_tap_back_twice_takes_back_no_other(setup: Setup) -> None:
    experiment = await promise(setup, QUESTIONS)
    first, _ = await tap(setup, experiment, "one"), await tap(setup, experiment, "other")

    await take_back(setup, experiment, first)
    await take_back(setup, experiment, first, key="again")

    assert await so_far(setup, experiment) == 1


async def test_only_taps_are_taken_back(setup: Setup) -> None:
    experiment = await promise(setup, QUESTIONS)
    await note(setup, experiment, "4")
    (reading,) = (await series(setup, experiment)).readings

    await take_back(setup, experiment, reading.id)

    assert await so_far(setup, experiment) == 4


async def test_both_find_what_was_noted_on_the_card(setup: Setup) -> None:
    experiment = await promise(setup, PAUSE)
    await dispatch(setup.deps)
    await note(setup, experiment, "2", note="in the stand-up")
    await dispatch(setup.deps)

    assert {post.to for post in setup.messenger.updates} == {"UTOM", "UMIRA"}
    for member in (setup.mentee, setup.mentor):
        card = await read_as(setup.deps, setup.viewer(member), load_experiment_card, experiment)
        assert told(card.numbers[0]) == {Phase.BEFORE: ["1"], Phase.DURING: ["2"]}
        assert card.notes is (member is setup.mentee)
    (_, noted) = (await series(setup, experiment)).readings
    assert (noted.note, noted.source, noted.day) == ("in the stand-up", Source.NOTE, TODAY)


async def test_the_same_day_twice_replaces_and_says_what(setup: Setup) -> None:
    experiment = await promise(setup, PAUSE)
    assert await note(setup, experiment, "2") is None
    setup.clock.move(hours=2)

    assert await note(setup, experiment, "3") == "2"

    assert told(await series(setup, experiment)) == {Phase.BEFORE: ["1"], Phase.DURING: ["3"]}
    assert await setup.read(lambda r: r.readings.count()) == 2


async def test_a_number_for_the_whole_day_takes_the_place_of_its_taps(setup: Setup) -> None:
    experiment = await promise(setup, QUESTIONS)
    await tap(setup, experiment, "one")
    setup.clock.move(minutes=1)

    assert await note(setup, experiment, "5") == "1"
    setup.clock.move(minutes=1)
    await tap(setup, experiment, "other")

    assert told(await series(setup, experiment)) == {Phase.DURING: ["6"]}


async def test_a_day_before_the_try_began_is_before_and_one_since_is_since(setup: Setup) -> None:
    experiment = await promise(setup, PAUSE)
    for back, value in ((3, "2"), (1, "5"), (30, "3")):
        await note(setup, experiment, value, day=TODAY - timedelta(days=back))
    setup.clock.move(days=2)
    await note(setup, experiment, "4")

    found = await series(setup, experiment)

    assert told(found) == {Phase.BEFORE: ["3", "2", "5", "1"], Phase.DURING: ["4"]}
    assert found.compared.since == (Decimal(4),)
    assert found.compared.more_is_better


async def test_where_it_started_can_be_put_right_on_its_own_day(setup: Setup) -> None:
    first = await promise(setup, PAUSE)
    await tell(setup, first, 2)
    second = await promise(setup, replace(PAUSE, baseline=Decimal(4)), parent_id=first, key="second")

    assert await note(setup, second, "5") == "4"

    assert (await number(setup, second)).baseline == Decimal(5)
    assert told(await series(setup, second))[Phase.DURING][-1] == "5"


@pytest.mark.parametrize(
    ("shown", "error", "field"),
    [
        ({"value": None}, TextMissing, "value"),
        ({"value": Decimal("1" * 21)}, NumberNotUnderstood, "value"),
        ({"day": TODAY + timedelta(days=1)}, DayToCome, "day"),
        ({"day": TODAY - timedelta(days=31)}, DayTooEarly, "day"),
        ({"note": "n" * 301}, TextTooLong, "note"),
    ],
)
async def test_what_does_not_fit_is_told_at_its_field(
    setup: Setup, shown: dict[str, object], error: type[InvalidInput], field: str
) -> None:
    sign = await number(setup, await promise(setup, PAUSE))
    command = NoteNumber(sign.id, {"value": Decimal(2), **shown})

    with pytest.raises(error) as caught:
        await write_as(setup.deps, setup.viewer(setup.mentee), note_number, command, key="note")

    assert caught.value.field == field
    assert await setup.read(lambda r: r.readings.count()) == 1


@pytest.mark.parametrize(
    ("kind", "value"), [(NumberKind.RATING5, "6"), (NumberKind.RATING5, "0"), (NumberKind.SHARE, "101")]
)
async def test_a_number_is_within_what_its_kind_can_be(setup: Setup, kind: NumberKind, value: str) -> None:
    experiment = await promise(setup, Measure("Calm", kind=kind))

    with pytest.raises(NumberOutside):
        await note(setup, experiment, value)
    with pytest.raises(NumberOutside):
        await promise(setup, Measure("Calm", target=Decimal(value), kind=kind), key="hoped for")


async def test_a_day_is_the_writers_own(setup: Setup) -> None:
    experiment = await promise(setup, PAUSE)
    setup.clock.move(hours=18)  # 02:00 in UTC, and still the evening before in New York

    assert (
        await read_as(setup.deps, setup.viewer(setup.mentee), open_number_form_of, experiment)
    ).today == TODAY
    await note(setup, experiment, "2")

    assert (await series(setup, experiment)).readings[-1].day == TODAY


async def test_a_try_that_is_over_takes_no_more_numbers(setup: Setup) -> None:
    experiment = await promise(setup, QUESTIONS)
    reading = await tap(setup, experiment, "one")
    viewer = setup.viewer(setup.mentee)
    await write_as(setup.deps, viewer, drop_experiment, experiment, key="drop")
    sign = await number(setup, experiment)

    with pytest.raises(AlreadySettled):
        await tap(setup, experiment, "other")
    with pytest.raises(AlreadySettled):
        await note(setup, experiment, "3")
    with pytest.raises(AlreadySettled):
        await take_back(setup, experiment, reading)
    with pytest.raises(AlreadySettled):
        await read_as(setup.deps, viewer, open_number_form, sign.id)
    with pytest.raises(AlreadySettled):
        await read_as(setup.deps, viewer, open_number_form_of, experiment)


async def test_a_number_is_noted_by_whoever_tries_and_found_by_their_pair(setup: Setup) -> None:
    experiment = await promise(setup, QUESTIONS)
    sign = await number(setup, experiment)

    with pytest.raises(NotAllowed):
        await tap(setup, experiment, "by Mira", by=setup.mentor)
    with pytest.raises(NotAllowed):
        await note(setup, experiment, "2", by=setup.mentor)
    with pytest.raises(NotFound):
        await tap(setup, experiment, "by Ada", by=setup.admin)
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.admin), counted_so_far, sign.id)


async def test_which_way_is_better_is_kept_once_somebody_says_it(setup: Setup) -> None:
    experiment = await promise(setup, Measure("Interruptions"))

    await note(setup, experiment, "4", direction=Direction.DOWN)

    assert (await number(setup, experiment)).direction is Direction.DOWN
    assert not (await series(setup, experiment)).compared.more_is_better


async def test_a_result_told_on_the_day_of_a_note_is_one_reading(setup: Setup) -> None:
    experiment = await promise(setup, PAUSE)
    await note(setup, experiment, "2")

    await tell(setup, experiment, 3)

    assert told(await series(setup, experiment)) == {Phase.BEFORE: ["1"], Phase.DURING: ["3"]}
    assert [one.source for one in (await series(setup, experiment)).readings] == [Source.START, Source.RESULT]


CALM = Measure("Calm", "", Decimal(2), Decimal(4))
FRIDAY = date(2026, 11, 27)


async def preparing(setup: Setup) -> ExperimentId:
    shown = {"behaviour": "breathe", "situation": "I lead", "until": FRIDAY, "starts": Starts.AFTER_THREE}
    command = Commit(shown, (CALM,))
    return await write_as(
        setup.deps, setup.viewer(setup.mentee), commit_to_experiment, command, key="breathe"
    )


async def the_try(setup: Setup, experiment: ExperimentId) -> Experiment:
    return await setup.read(lambda r: r.experiments.get(experiment))


async def test_what_is_noted_three_times_first_begins_with_the_third_number(setup: Setup) -> None:
    experiment = await preparing(setup)
    assert (await the_try(setup, experiment)).until == FRIDAY + timedelta(days=14)
    setup.clock.move(days=1)
    await note(setup, experiment, "3")
    assert (await the_try(setup, experiment)).began_on is None
    setup.clock.move(days=2)
    await note(setup, experiment, "1")

    tried = await the_try(setup, experiment)
    assert (tried.began_on, tried.until) == (TODAY + timedelta(days=3), FRIDAY + timedelta(days=3))
    (follow_up,) = await setup.read(lambda r: r.occurrences.find(source_id=experiment))
    assert follow_up.day == tried.until
    setup.clock.move(days=1)
    await note(setup, experiment, "4")
    assert told(await series(setup, experiment)) == {Phase.BEFORE: ["2", "3", "1"], Phase.DURING: ["4"]}


async def test_after_two_weeks_it_begins_with_what_there_is(setup: Setup) -> None:
    experiment = await preparing(setup)
    by = (await read_as(setup.deps, setup.viewer(setup.mentor), load_experiment_card, experiment)).begins_by
    assert by == TODAY + timedelta(days=14)
    setup.clock.move(days=13)
    await note(setup, experiment, "3")
    setup.clock.move(days=1)
    await note(setup, experiment, "4")

    card = await read_as(setup.deps, setup.viewer(setup.mentor), load_experiment_card, experiment)
    assert card.begins_by is None
    assert told(card.numbers[0]) == {Phase.BEFORE: ["2", "3"], Phase.DURING: ["4"]}
    assert (await the_try(setup, experiment)).until == FRIDAY + timedelta(days=14)


async def test_what_waits_for_its_numbers_counts_as_open(setup: Setup) -> None:
    for key in ("one", "other"):
        await promise(setup, PAUSE, key=key)

    with pytest.raises(TooManyOpen):
        await preparing(setup)


async def test_without_a_number_nothing_can_be_noted_three_times_first(setup: Setup) -> None:
    shown = {"behaviour": "b", "situation": "s", "until": FRIDAY, "starts": Starts.AFTER_THREE}
    viewer = setup.viewer(setup.mentee)
    with pytest.raises(PreparingNeedsNumber) as caught:
        await write_as(setup.deps, viewer, commit_to_experiment, Commit(shown), key="none")

    assert caught.value.field == "starts"
    assert await setup.read(lambda r: r.experiments.count()) == 0


async def test_another_way_has_its_numbers_of_before_and_begins_at_once(setup: Setup) -> None:
    first = await preparing(setup)
    await write_as(setup.deps, setup.viewer(setup.mentee), drop_experiment, first, key="drop")

    again = await promise(setup, CALM, parent_id=first, key="again")

    tried = await the_try(setup, again)
    assert (tried.starts, tried.began_on) == (Starts.AT_ONCE, None)


async def test_a_try_without_a_number_has_no_form_for_one(setup: Setup) -> None:
    experiment = await promise(setup)

    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.mentee), open_number_form_of, experiment)
