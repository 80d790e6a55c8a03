"""Room for one more experiment: the old one goes together with keeping the new one, on a real database."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from bot.domain.errors import InvalidInput, TooManyOpen
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import ExperimentId
from bot.domain.nudges import Nudge, NudgeState, Ritual
from bot.domain.pairs import Pair, PairState
from bot.ports import Repositories
from bot.usecases.dispatch import dispatch
from bot.usecases.experiments import Commit, commit_to_experiment, drop_experiment, move_experiment
from tests.usecases.conftest import Stage

FRIDAY = date(2026, 11, 27)
ASK_FIRST = Commit("ask one open question", "somebody brings me a decision", FRIDAY)


async def commit(stage: Stage, command: Commit, *, key: str = "") -> ExperimentId:
    viewer, key = stage.viewer(stage.mentee), key or command.behaviour
    return await commit_to_experiment(stage.deps, viewer, stage.mentee.id, command, key=key)


@dataclass(frozen=True)
class Two:
    first: ExperimentId
    second: ExperimentId


async def two_open(stage: Stage) -> Two:
    return Two(
        await commit(stage, replace(ASK_FIRST, behaviour="first")),
        await commit(stage, replace(ASK_FIRST, behaviour="second")),
    )


async def states(stage: Stage) -> dict[str, ExperimentState]:
    return {e.behaviour: e.state for e in await stage.read(lambda r: r.experiments.find())}


async def test_a_swap_lets_the_old_one_go_with_keeping_the_new_one(stage: Stage) -> None:
    two = await two_open(stage)

    await commit(stage, replace(ASK_FIRST, behaviour="third", swap_id=two.first))

    open_, dropped = ExperimentState.OPEN, ExperimentState.DROPPED
    assert await states(stage) == {"first": dropped, "second": open_, "third": open_}
    assert {n.state for n in await stage.read(lambda r: _asked_about(r, two.first))} == {NudgeState.SKIPPED}


async def test_a_new_one_that_is_refused_lets_nothing_go(stage: Stage) -> None:
    two = await two_open(stage)

    refused: list[dict[str, Any]] = [{"behaviour": " "}, {"until": date(2026, 11, 1)}, {"until": None}]
    for wrong in refused:
        with pytest.raises(InvalidInput):
            await commit(stage, replace(ASK_FIRST, swap_id=two.first, **wrong), key=str(wrong))

    assert set((await states(stage)).values()) == {ExperimentState.OPEN}


async def test_a_swap_sent_twice_lets_one_go(stage: Stage) -> None:
    two = await two_open(stage)
    third = replace(ASK_FIRST, behaviour="third", swap_id=two.first)

    assert await commit(stage, third) == await commit(stage, third)
    with pytest.raises(TooManyOpen):
        await commit(stage, replace(third, behaviour="fourth"))

    assert list((await states(stage)).values()).count(ExperimentState.DROPPED) == 1


async def test_nothing_of_another_pair_and_nothing_of_somebody_else_is_swapped(stage: Stage) -> None:
    await two_open(stage)
    others = await stage.write(lambda r: _elsewhere(r, stage))

    for number, other in enumerate(others):
        with pytest.raises(TooManyOpen):
            await commit(stage, replace(ASK_FIRST, behaviour="third", swap_id=other), key=f"swap {number}")

    assert set((await states(stage)).values()) == {ExperimentState.OPEN}


async def test_one_that_is_taken_up_again_can_be_swapped_in_too(stage: Stage) -> None:
    dropped = await commit(stage, replace(ASK_FIRST, behaviour="dropped"))
    await drop_experiment(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, dropped, key="drop")
    two = await two_open(stage)

    await commit(
        stage, replace(ASK_FIRST, behaviour="again", experiment_id=dropped, swap_id=two.second), key="again"
    )

    open_, gone = ExperimentState.OPEN, ExperimentState.DROPPED
    assert await states(stage) == {"again": open_, "first": open_, "second": gone}


def _elsewhere(repositories: Repositories, stage: Stage) -> list[ExperimentId]:
    """One of Tom's own in another pair, and one of Mira's in this one."""
    other = repositories.pairs.insert(
        Pair(stage.workspace.id, stage.cohort.id, stage.clock.now(), state=PairState.ACTIVE)
    )
    return [
        repositories.experiments.insert(
            Experiment(stage.workspace.id, pair, member, "elsewhere", "I lead", FRIDAY, stage.clock.now())
        ).id
        for pair, member in ((other.id, stage.mentee.id), (stage.pair.id, stage.mentor.id))
    ]


def _asked_about(repositories: Repositories, experiment: ExperimentId) -> list[Nudge]:
    asked = repositories.occurrences.find(ritual=Ritual.FOLLOW_UP, source_id=experiment)
    return repositories.nudges.find(occurrence_id=[occurrence.id for occurrence in asked])


async def test_another_day_and_other_words_stand_on_both_cards(stage: Stage) -> None:
    me, viewer = stage.mentee, stage.viewer(stage.mentee)
    tried = await commit(stage, ASK_FIRST)
    await dispatch(stage.deps)

    await move_experiment(stage.deps, viewer, me.id, tried, date(2026, 12, 4), key="move")
    await dispatch(stage.deps)
    assert sorted(update.to for update in stage.messenger.updates) == ["UMIRA", "UTOM"]

    await commit(stage, replace(ASK_FIRST, behaviour="wait a breath", experiment_id=tried))
    await dispatch(stage.deps)
    assert sorted(update.to for update in stage.messenger.updates) == ["UMIRA", "UMIRA", "UTOM", "UTOM"]
    assert len(stage.messenger.posts) == 2
