"""Taking turns: a coin decides for each occasion, from a schedule that nobody reads before it comes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.errors import (
    AlreadySettled,
    NotAllowed,
    NotFound,
    NotTakingTurns,
    NoTurnLeft,
    NumberNotUnderstood,
    TurnsBegan,
    TurnsNeedEvent,
    TurnsNeedNumber,
)
from bot.domain.experiments import AskWhen
from bot.domain.ids import ExperimentId, TurnId
from bot.domain.indicators import NumberKind
from bot.domain.readings import Arm, Source
from bot.domain.results import Adherence, Grade, NextStep, Result
from bot.domain.series import schedules
from bot.domain.turns import Coin, Toss, Turn, arms_of
from bot.ports import Tx
from bot.usecases.home.home import see_home
from bot.usecases.loop.experiment_cards import load_experiment_card
from bot.usecases.loop.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.loop.indicators import Measure
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.loop.turns_taking import come_up, note_turn, see_turn, stop_turns
from bot.usecases.repository.export import export
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

PAUSE = Measure("Pause", "s", None, None)
SHOWN: dict[str, Any] = {
    "behaviour": "ask first", "situation": "I lead", "until": date(2026, 12, 18),
    "ask_when": AskWhen.EVENT, "coin": Coin.SIX,
}  # fmt: skip


async def promise(setup: Setup, *measures: Measure, **shown: Any) -> ExperimentId:
    command = Commit({**SHOWN, **shown}, measures or (PAUSE,))
    kept: ExperimentId = await do(setup, commit_to_experiment, command)
    return kept


async def change(setup: Setup, experiment: ExperimentId, **shown: Any) -> None:
    await do(setup, commit_to_experiment, Commit({**SHOWN, **shown}, experiment_id=experiment))


async def do(setup: Setup, use_case: Any, *args: Any, key: str | None = None) -> Any:
    return await write_as(setup.deps, setup.viewer(setup.mentee), use_case, *args, key=key)


async def a_turn(setup: Setup, experiment: ExperimentId, value: int) -> TurnId:
    turn: TurnId = await do(setup, come_up, experiment)
    await do(setup, note_turn, turn, Decimal(value))
    return turn


async def toss(setup: Setup, experiment: ExperimentId) -> Toss | None:
    return await setup.read(lambda r: r.tosses.first(experiment_id=experiment))


async def turns(setup: Setup, experiment: ExperimentId) -> list[Turn]:
    return await setup.read(lambda r: r.turns.find(experiment_id=experiment, order="place"))


async def rig(setup: Setup, experiment: ExperimentId) -> None:
    """Have the coin fall as planned, as usual, and so on."""
    arms = arms_of((True, False, True, True, False, False))

    def put(tx: Tx) -> None:
        drawn = tx.tosses.first(experiment_id=experiment)
        assert drawn is not None
        tx.tosses.update(replace(drawn, arms=arms))

    await setup.write(put)


async def tell(setup: Setup, experiment: ExperimentId) -> Result:
    await do(setup, tap, experiment, Adherence.DID)
    command = TellResult(experiment, {"what_happened": "so", "next_step": NextStep.ADOPT}, {})
    kept = await do(setup, tell_result, command)
    return await setup.read(lambda r: r.results.get(kept))


@pytest.mark.parametrize("coin", [Coin.SIX, Coin.EIGHT])
async def test_the_schedule_is_drawn_and_kept_before_the_first_occasion(setup: Setup, coin: Coin) -> None:
    experiment = await promise(setup, coin=coin)

    drawn = await toss(setup, experiment)
    assert drawn is not None
    assert drawn.arms in [arms_of(schedule) for schedule in schedules(coin.occasions)]
    assert await turns(setup, experiment) == []


async def test_a_change_of_other_words_does_not_toss_again(setup: Setup) -> None:
    experiment = await promise(setup)
    drawn = await toss(setup, experiment)

    await change(setup, experiment, behaviour="ask twice")

    assert await toss(setup, experiment) == drawn


async def test_nobody_reads_what_is_still_to_come_also_not_in_what_they_take_along(setup: Setup) -> None:
    experiment = await promise(setup)
    await a_turn(setup, experiment, 4)
    drawn = await toss(setup, experiment)
    assert drawn is not None

    for member in (setup.mentee, setup.mentor, setup.admin):
        viewer = setup.viewer(member)
        assert await read_as(setup.deps, viewer, lambda tx: tx.tosses.count()) == 0
        taken = await read_as(setup.deps, viewer, export, member)
        assert "toss" not in taken.records
        came = [str(row["arm"]) for row in taken.records["turn"]]
        assert came == ([drawn.arms[0]] if member is not setup.admin else [])


async def test_the_coin_says_which_way_in_the_order_that_was_drawn(setup: Setup) -> None:
    experiment = await promise(setup)
    drawn = await toss(setup, experiment)
    assert drawn is not None

    for value in range(6):
        await a_turn(setup, experiment, value)

    came = await turns(setup, experiment)
    assert [turn.arm for turn in came] == [Arm(arm) for arm in drawn.arms]
    assert [turn.place for turn in came] == [1, 2, 3, 4, 5, 6]
    readings = await setup.read(lambda r: r.readings.find(source=Source.TURN))
    assert [(one.arm, one.value) for one in readings] == [
        (turn.arm, Decimal(value)) for value, turn in enumerate(came)
    ]


async def test_tapped_twice_it_is_the_same_occasion_until_its_number_is_noted(setup: Setup) -> None:
    experiment = await promise(setup)

    first = await do(setup, come_up, experiment, key="a")
    assert await do(setup, come_up, experiment, key="b") == first
    await do(setup, note_turn, first, Decimal(3))
    assert await do(setup, come_up, experiment, key="c") != first


async def test_an_occasion_after_the_last_is_refused(setup: Setup) -> None:
    experiment = await promise(setup)
    for value in range(6):
        await a_turn(setup, experiment, value)

    with pytest.raises(NoTurnLeft) as refused:
        await do(setup, come_up, experiment)
    assert refused.value.occasions == 6
    assert len(await turns(setup, experiment)) == 6


async def test_the_number_of_an_occasion_can_be_put_right(setup: Setup) -> None:
    experiment = await promise(setup)
    turn = await a_turn(setup, experiment, 3)

    await do(setup, note_turn, turn, Decimal(4))

    (reading,) = await setup.read(lambda r: r.readings.find(turn_id=turn))
    assert reading.value == 4


async def test_a_number_of_too_many_digits_is_refused_at_its_field(setup: Setup) -> None:
    experiment = await promise(setup)
    turn = await do(setup, come_up, experiment)

    with pytest.raises(NumberNotUnderstood) as refused:
        await do(setup, note_turn, turn, Decimal("1" * 40))
    assert refused.value.field == "value"


async def test_it_is_complete_with_the_last_number(setup: Setup) -> None:
    experiment = await promise(setup)
    complete = []
    for value in range(6):
        turn = await a_turn(setup, experiment, value)
        view = await read_as(setup.deps, setup.viewer(setup.mentee), see_turn, turn)
        complete.append(view.turns.complete)
    assert complete == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("values", "kept"), [((9, 1, 8, 7, 2, 3), Grade.TESTED), ((9, 1, 8, 2, 7, 3), Grade.HUNCH)]
)
async def test_only_what_was_clearly_better_in_turns_is_tested(
    setup: Setup, values: tuple[int, ...], kept: Grade
) -> None:
    experiment = await promise(setup)
    await rig(setup, experiment)
    for value in values:
        await a_turn(setup, experiment, value)

    assert (await tell(setup, experiment)).grade is kept


async def test_before_the_last_occasion_nothing_is_tested(setup: Setup) -> None:
    experiment = await promise(setup)
    await rig(setup, experiment)
    for value in (9, 1, 8, 7, 2):
        await a_turn(setup, experiment, value)

    assert (await tell(setup, experiment)).grade is Grade.HUNCH


async def test_stopped_it_is_a_plain_try_that_keeps_its_numbers(setup: Setup) -> None:
    experiment = await promise(setup)
    turn = await a_turn(setup, experiment, 3)

    await do(setup, stop_turns, experiment)

    assert (await setup.read(lambda r: r.experiments.get(experiment))).coin is Coin.NONE
    assert await toss(setup, experiment) is None
    assert await setup.read(lambda r: r.readings.count(turn_id=turn)) == 1
    with pytest.raises(NotTakingTurns):
        await do(setup, come_up, experiment)


async def test_nobody_tosses_anew_until_it_suits_them(setup: Setup) -> None:
    experiment = await promise(setup)
    await change(setup, experiment, coin=Coin.EIGHT)
    await a_turn(setup, experiment, 3)

    for coin in (Coin.SIX, Coin.NONE, Coin.EIGHT):
        if coin is Coin.NONE:
            await change(setup, experiment, coin=coin)
            continue
        with pytest.raises(TurnsBegan) as refused:
            await change(setup, experiment, coin=coin)
        assert refused.value.field == "coin"


async def test_a_coin_needs_a_number_and_a_tap(setup: Setup) -> None:
    with pytest.raises(TurnsNeedEvent):
        await promise(setup, ask_when=AskWhen.END)
    with pytest.raises(TurnsNeedNumber):
        await promise(setup, replace(PAUSE, kind=NumberKind.COUNT))
    assert await setup.read(lambda r: r.experiments.count()) == 0


async def test_a_try_that_is_closed_or_somebody_elses_has_no_occasions(setup: Setup) -> None:
    experiment = await promise(setup)
    turn = await do(setup, come_up, experiment)

    for use_case, args in (
        (come_up, (experiment,)),
        (note_turn, (turn, Decimal(1))),
        (stop_turns, (experiment,)),
    ):
        with pytest.raises(NotAllowed):
            await write_as(setup.deps, setup.viewer(setup.mentor), use_case, *args)
        with pytest.raises(NotFound):
            await write_as(setup.deps, setup.viewer(setup.admin), use_case, *args)
    await do(setup, drop_experiment, experiment)
    for use_case, args in (
        (come_up, (experiment,)),
        (note_turn, (turn, Decimal(1))),
        (stop_turns, (experiment,)),
    ):
        with pytest.raises(AlreadySettled):
            await do(setup, use_case, *args)


async def test_both_see_what_has_come(setup: Setup) -> None:
    experiment = await promise(setup)
    await a_turn(setup, experiment, 3)
    await do(setup, come_up, experiment)

    for member in (setup.mentee, setup.mentor):
        card = await read_as(setup.deps, setup.viewer(member), load_experiment_card, experiment)
        assert card.turns is not None
        assert card.turns[1].values == (Decimal(3),)
        assert card.turn is not None
        assert card.turn.place == 2


async def test_home_has_the_numbers_of_what_is_tried(setup: Setup) -> None:
    experiment = await promise(setup)
    await a_turn(setup, experiment, 3)

    home = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)
    (read,) = home.series
    assert (read.indicator.experiment_id, read.last) == (experiment, Decimal(3))
