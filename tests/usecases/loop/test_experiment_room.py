"""Room for one more experiment: the old one goes together with keeping the new one, on a real database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from bot.domain.errors import InvalidInput, TooManyOpen
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import ExperimentId
from bot.domain.nudges import Nudge, NudgeState, Ritual
from bot.domain.pairs import Pair, PairState
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiments import Commit, commit_to_experiment, drop_experiment, move_experiment
from tests.commands import showing
from tests.running import write_as
from tests.usecases.conftest import Setup

FRIDAY = date(2026, 11, 27)
ASK_FIRST = Commit(
    {"behaviour": "ask one open question", "situation": "somebody brings me a decision", "until": FRIDAY}
)


async def commit(setup: Setup, command: Commit, *, key: str = "") -> ExperimentId:
    viewer, key = setup.viewer(setup.mentee), key or str(command.shown["behaviour"])
    return await write_as(setup.deps, viewer, commit_to_experiment, command, key=key)


@dataclass(frozen=True)
class Two:
    first: ExperimentId
    second: ExperimentId


async def two_open(setup: Setup) -> Two:
    return Two(
        await commit(setup, showing(ASK_FIRST, behaviour="first")),
        await commit(setup, showing(ASK_FIRST, behaviour="second")),
    )


async def states(setup: Setup) -> dict[str, ExperimentState]:
    return {e.behaviour: e.state for e in await setup.read(lambda r: r.experiments.find())}


async def test_a_swap_lets_the_old_one_go_with_keeping_the_new_one(setup: Setup) -> None:
    two = await two_open(setup)

    await commit(setup, showing(ASK_FIRST, behaviour="third", swap_id=two.first))

    open_, dropped = ExperimentState.OPEN, ExperimentState.DROPPED
    assert await states(setup) == {"first": dropped, "second": open_, "third": open_}
    assert {n.state for n in await setup.read(lambda r: _asked_about(r, two.first))} == {NudgeState.SKIPPED}


async def test_a_new_one_that_is_refused_lets_nothing_go(setup: Setup) -> None:
    two = await two_open(setup)

    refused: list[dict[str, Any]] = [{"behaviour": " "}, {"until": date(2026, 11, 1)}, {"until": None}]
    for wrong in refused:
        with pytest.raises(InvalidInput):
            await commit(setup, showing(ASK_FIRST, swap_id=two.first, **wrong), key=str(wrong))

    assert set((await states(setup)).values()) == {ExperimentState.OPEN}


async def test_a_swap_sent_twice_lets_one_go(setup: Setup) -> None:
    two = await two_open(setup)
    third = showing(ASK_FIRST, behaviour="third", swap_id=two.first)

    assert await commit(setup, third) == await commit(setup, third)
    with pytest.raises(TooManyOpen):
        await commit(setup, showing(third, behaviour="fourth"))

    assert list((await states(setup)).values()).count(ExperimentState.DROPPED) == 1


async def test_nothing_of_another_pair_and_nothing_of_somebody_else_is_swapped(setup: Setup) -> None:
    await two_open(setup)
    others = await setup.write(lambda r: _elsewhere(r, setup))

    for number, other in enumerate(others):
        with pytest.raises(TooManyOpen):
            await commit(setup, showing(ASK_FIRST, behaviour="third", swap_id=other), key=f"swap {number}")

    assert set((await states(setup)).values()) == {ExperimentState.OPEN}


async def test_one_that_is_taken_up_again_can_be_swapped_in_too(setup: Setup) -> None:
    dropped = await commit(setup, showing(ASK_FIRST, behaviour="dropped"))
    await write_as(setup.deps, setup.viewer(setup.mentee), drop_experiment, dropped, key="drop")
    two = await two_open(setup)

    await commit(
        setup, showing(ASK_FIRST, behaviour="again", experiment_id=dropped, swap_id=two.second), key="again"
    )

    open_, gone = ExperimentState.OPEN, ExperimentState.DROPPED
    assert await states(setup) == {"again": open_, "first": open_, "second": gone}


def _elsewhere(tx: Tx, setup: Setup) -> list[ExperimentId]:
    """One of Tom's own in another pair, and one of Mira's in this one."""
    other = tx.pairs.insert(
        Pair(setup.workspace.id, setup.cohort.id, setup.clock.now(), state=PairState.ACTIVE)
    )
    return [
        tx.experiments.insert(
            Experiment(setup.workspace.id, pair, member, "elsewhere", "I lead", FRIDAY, setup.clock.now())
        ).id
        for pair, member in ((other.id, setup.mentee.id), (setup.pair.id, setup.mentor.id))
    ]


def _asked_about(tx: Tx, experiment: ExperimentId) -> list[Nudge]:
    asked = tx.occurrences.find(ritual=Ritual.FOLLOW_UP, source_id=experiment)
    return tx.nudges.find(occurrence_id=[occurrence.id for occurrence in asked])


async def test_another_day_and_other_words_stand_on_both_cards(setup: Setup) -> None:
    viewer = setup.viewer(setup.mentee)
    tried = await commit(setup, ASK_FIRST)
    await dispatch(setup.deps)

    await write_as(setup.deps, viewer, move_experiment, tried, date(2026, 12, 4), key="move")
    await dispatch(setup.deps)
    assert sorted(update.to for update in setup.messenger.updates) == ["UMIRA", "UTOM"]

    await commit(setup, showing(ASK_FIRST, behaviour="wait a breath", experiment_id=tried))
    await dispatch(setup.deps)
    assert sorted(update.to for update in setup.messenger.updates) == ["UMIRA", "UMIRA", "UTOM", "UTOM"]
    assert len(setup.messenger.posts) == 2
