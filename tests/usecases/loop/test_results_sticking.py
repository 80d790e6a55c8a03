"""Whether it stuck, on a real database: asked once, four weeks later, where it was wished for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed, NotFound
from bot.domain.ids import ResultId
from bot.domain.nudges import NudgeState, Ritual
from bot.domain.pairs import PairState
from bot.domain.results import Adherence, NextStep, Result, Stuck
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import results_sticking
from bot.usecases.loop.results import ResultCard, TellResult, tap, tell_result
from bot.usecases.loop.results_sticking import ask_in_four_weeks, ask_no_more, load_stick, tell_stuck
from bot.usecases.tick import tick
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import a_try, tapped

FOUR_WEEKS = date(2026, 12, 21)


async def kept(setup: Setup, step: NextStep = NextStep.ADOPT) -> ResultId:
    """Tom told a result, and this is what he wants next."""
    tried = await a_try(setup)
    await tapped(setup, tried)
    said = TellResult(tried, {"what_happened": "they spoke", "next_step": step}, readings={})
    return await write_as(setup.deps, setup.viewer(setup.mentee), tell_result, said, key="told")


async def press(setup: Setup, what: Callable[..., Any], result: ResultId, *more: Any, key: str = "") -> None:
    key = key or f"{what.__name__}:{setup.clock.now()}"
    await write_as(setup.deps, setup.viewer(setup.mentee), what, result, *more, key=key)


async def live(setup: Setup, **how_long: float) -> None:
    """Days go by, hour by hour, and what is due is done."""
    end = setup.clock.moment + timedelta(**how_long)
    while setup.clock.moment < end:
        setup.clock.moment += timedelta(hours=6)
        await tick(setup.deps)
    await dispatch(setup.deps)


async def asked(setup: Setup) -> int:
    return (await setup.told(setup.mentee)).count(results_sticking.ASK)


async def the_result(setup: Setup) -> Result:
    (result,) = await setup.read(lambda r: r.results.find())
    return result


async def test_it_is_asked_once_after_four_weeks_at_the_cohorts_time(setup: Setup) -> None:
    result = await kept(setup)
    for key in ("one", "two"):
        await press(setup, ask_in_four_weeks, result, key=key)

    (nudge,) = await setup.read(lambda r: [n for n in r.nudges.find() if n.due_at.date() == FOUR_WEEKS])
    assert nudge.due_at == datetime(2026, 12, 21, 15, 0, tzinfo=UTC)  # ten o'clock in New York
    await live(setup, days=27)
    assert await asked(setup) == 0
    await live(setup, days=2)
    assert await asked(setup) == 1
    await live(setup, days=20)
    assert await asked(setup) == 1
    assert results_sticking.ASK not in await setup.told(setup.mentor)


@pytest.mark.parametrize("stuck", list(Stuck))
async def test_the_answer_stands_on_the_card_of_both_and_can_be_another_later(
    setup: Setup, stuck: Stuck
) -> None:
    result = await kept(setup)
    await press(setup, ask_in_four_weeks, result)
    await live(setup, days=29)

    await press(setup, tell_stuck, result, Stuck.STILL, key="first")
    await press(setup, tell_stuck, result, stuck, key="second")
    await dispatch(setup.deps)

    cards = [post.content for post in setup.messenger.updates if isinstance(post.content, ResultCard)]
    assert {(card.mine, card.result.stuck) for card in cards[-2:]} == {(True, stuck), (False, stuck)}
    nudges = await setup.read(lambda r: r.nudges.find(occurrence_id=_sticks(r)))
    assert [one.state for one in nudges] == [NudgeState.ANSWERED]


async def test_a_wish_that_is_taken_back_is_not_asked_about_and_can_come_again(setup: Setup) -> None:
    result = await kept(setup)
    await press(setup, ask_in_four_weeks, result)
    await press(setup, ask_no_more, result)
    assert (await the_result(setup)).stick_on is None
    setup.clock.move(minutes=5)

    await press(setup, ask_in_four_weeks, result)
    await live(setup, days=29)

    assert await asked(setup) == 1


async def test_without_the_wish_nothing_is_asked(setup: Setup) -> None:
    result = await kept(setup)
    await press(setup, ask_in_four_weeks, result)
    await press(setup, ask_no_more, result)
    await live(setup, days=35)

    assert await asked(setup) == 0
    with pytest.raises(AlreadySettled):
        await press(setup, tell_stuck, result, Stuck.STILL)


async def test_who_keeps_it_no_more_is_not_asked(setup: Setup) -> None:
    result = await kept(setup)
    await press(setup, ask_in_four_weeks, result)
    told = await the_result(setup)
    let_go = TellResult(told.experiment_id, {"what_happened": "x", "next_step": NextStep.DROP}, readings={})
    await write_as(setup.deps, setup.viewer(setup.mentee), tell_result, let_go, key="changed")

    assert (await the_result(setup)).stick_on is None
    await live(setup, days=35)
    assert await asked(setup) == 0


@pytest.mark.parametrize("step", [NextStep.ADAPT, NextStep.DROP, NextStep.REFRAME])
async def test_only_what_is_kept_can_stick(setup: Setup, step: NextStep) -> None:
    result = await kept(setup, step)

    with pytest.raises(AlreadySettled):
        await press(setup, ask_in_four_weeks, result)


async def test_what_was_not_done_cannot_stick(setup: Setup) -> None:
    result = await kept(setup)
    tried = (await the_result(setup)).experiment_id
    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, setup.viewer(setup.mentee), tap, tried, Adherence.DIDNT, key="late tap")
    await setup.write(lambda r: r.results.update(_didnt(r.results.get(result))))

    with pytest.raises(AlreadySettled):
        await press(setup, ask_in_four_weeks, result)


async def test_it_is_the_mentees_own(setup: Setup) -> None:
    result, theirs = await kept(setup), setup.viewer(setup.mentor)
    for what in (ask_in_four_weeks, ask_no_more):
        with pytest.raises(NotAllowed):
            await write_as(setup.deps, theirs, what, result, key=what.__name__)
    await press(setup, ask_in_four_weeks, result)
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, theirs, tell_stuck, result, Stuck.STILL, key="forged")
    with pytest.raises(NotFound):
        await setup.read(lambda r: load_stick(r, result), setup.mentor)


async def test_while_the_pair_rests_it_passes_in_silence(setup: Setup) -> None:
    result = await kept(setup)
    await press(setup, ask_in_four_weeks, result)
    await setup.write(lambda r: r.pairs.update(_resting(r.pairs.get(setup.pair.id))))
    await live(setup, days=35)

    assert await asked(setup) == 0


def _sticks(tx: Any) -> list[int]:
    return [one.id for one in tx.occurrences.find(ritual=Ritual.STICK)]


def _didnt(result: Result) -> Result:
    return replace(result, adherence=Adherence.DIDNT)


def _resting(pair: Any) -> Any:
    return replace(pair, state=PairState.PAUSED)
