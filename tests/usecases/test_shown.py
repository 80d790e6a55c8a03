"""Changing something: what a form did not show keeps its value, whatever there is to show."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.insights import Visibility
from bot.domain.results import Adherence, NextStep
from bot.domain.turns import Coin
from bot.slack.fields import FieldList
from bot.slack.loop import experiments, goals, results
from bot.slack.repository import insights
from bot.slack.rhythm import checkins
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.repository.insights import KeepInsight, keep_insight
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.field_lists import filled
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

Id = Any
Send = Callable[[Setup, Id, dict[str, object]], Awaitable[Id]]
PROMISE = {"behaviour": "ask first", "situation": "I lead", "until": date(2026, 11, 27)}
WORDS = {"behaviour": "ask first", "outcome": "they speak"}


async def sent(setup: Setup, use_case: Callable[..., Id], *command: object) -> Id:
    return await write_as(setup.deps, setup.viewer(setup.mentee), use_case, *command, key=str(command))


async def commit(setup: Setup, known: Id, shown: dict[str, object]) -> Id:
    return await sent(setup, commit_to_experiment, Commit(shown or PROMISE, experiment_id=known))


async def set_(setup: Setup, known: Id, shown: dict[str, object]) -> Id:
    return await sent(setup, set_goal, SetGoal(shown or {"text": "lead"}, goal_id=known))


async def tell(setup: Setup, known: Id, shown: dict[str, object]) -> Id:
    experiment = known and (await setup.read(lambda tx: tx.results.get(known))).experiment_id
    if not known:
        experiment = await commit(setup, None, {})
        await sent(setup, tap, experiment, Adherence.DID)
    told = shown or {"what_happened": "much", "next_step": NextStep.DROP}
    return await sent(setup, tell_result, TellResult(experiment, told, {}))


async def keep(setup: Setup, known: Id, shown: dict[str, object]) -> Id:
    words = {"visibility": Visibility.PAIR, **(shown or WORDS)}
    return await sent(setup, keep_insight, KeepInsight(setup.pair.id, words, insight_id=known))


async def answer(setup: Setup, known: Id, shown: dict[str, object]) -> Id:
    if not known:
        await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_check_in_form)
    return await sent(setup, answer_check_in, AnswerCheckIn(form.occurrence.id, shown))


FORMS: dict[str, tuple[FieldList, Send]] = {
    "experiments": (experiments.FORM, commit),
    "goals": (goals.FORM, set_),
    "results": (results.FORM, tell),
    "insights": (insights.FORM, keep),
    "check_ins": (checkins.FORM, answer),
}


# Chosen, and then asked about; and what needs a number to go with it.
ALONE: dict[str, dict[str, Any]] = {
    "insights": {"visibility": Visibility.PAIR},
    "experiments": {"coin": Coin.NONE},
}


@pytest.mark.parametrize("store", FORMS)
async def test_a_change_leaves_alone_what_its_form_did_not_show(setup: Setup, store: str) -> None:
    asks, send = FORMS[store]
    subject = await send(setup, None, {})
    alone = ALONE.get(store, {})

    for name, value in (filled(asks, "new") | alone).items():
        old = await setup.write(
            lambda tx: getattr(tx, store).update(
                replace(getattr(tx, store).get(subject), **filled(asks) | alone)
            )
        )
        shown = ", ".join(value) if name == "tags" else value
        assert await send(setup, subject, {name: shown}) == subject
        new = await setup.read(lambda tx: getattr(tx, store).get(subject))
        rules = {"version", "updated_at", "edition", "grade", "source"}  # what follows from the change
        before, after = ({k: v for k, v in vars(one).items() if k not in rules} for one in (old, new))
        assert after == {**before, name: value}
