"""What a pair writes can be found by both of them, whole, and by nobody else; and each card follows what changes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.entries import Entry, EntryKind
from bot.domain.goals import GoalState
from bot.domain.ids import AskId, ExperimentId, GoalId, ResultId
from bot.domain.insights import Visibility
from bot.domain.results import NextStep
from bot.domain.sessions import AnswerKind
from bot.usecases.agenda import discuss_experiment
from bot.usecases.asks import answer_ask, ask_mentor, discuss_ask
from bot.usecases.dispatch import dispatch
from bot.usecases.evidence import SaveEvidence, save_evidence
from bot.usecases.experiments import Commit, Details, commit_to_experiment, move_experiment
from bot.usecases.goals import SetGoal, move_goal, set_goal
from bot.usecases.hints import add_hint
from bot.usecases.insights import KeepInsight, keep_insight
from bot.usecases.responses import Respond, respond, will_answer
from bot.usecases.results import ResultQuestion, TellResult, tell_result
from bot.usecases.sessions import TellSession, tell_session
from bot.usecases.tick import tick
from tests.usecases.conftest import Stage
from tests.usecases.test_results import tapped

DAY = date(2026, 12, 20)
GOAL = SetGoal("goal text", "goal baseline", "goal signs", objective="goal objective")


async def written(stage: Stage) -> dict[str, int]:
    """One thing of each kind, told by Tom; the ids by kind."""
    deps, me, mine = stage.deps, stage.mentee, stage.viewer(stage.mentee)
    pair = stage.pair.id
    goal = await set_goal(deps, mine, me.id, GOAL, key="goal")
    command = Commit("behaviour", "situation", DAY, "sign", Details(goal, "steps"))
    experiment = await commit_to_experiment(deps, mine, me.id, command, key="try")
    await tapped(stage, experiment)
    told = TellResult(experiment, "what happened", NextStep.ADOPT, {}, "why")
    result = await tell_result(deps, mine, me.id, told, key="told")
    quoted = SaveEvidence("words that were said", pair, experiment, "note")
    evidence = await save_evidence(deps, mine, me.id, quoted, key="evidence")
    found = KeepInsight(pair, "i situation", "i behaviour", "i outcome", "tag", Visibility.PAIR)
    insight = await keep_insight(deps, mine, me.id, found, key="insight")
    session = await tell_session(deps, mine, me.id, TellSession(pair, "takeaway"), key="talk")
    ask = await ask_mentor(deps, mine, me.id, "asked", None, key="ask")
    await dispatch(deps)
    return {
        "goal": goal,
        "experiment": experiment,
        "result": result,
        "evidence": evidence,
        "insight": insight,
        "session": session,
        "ask": ask,
    }


async def entries(stage: Stage) -> dict[EntryKind, Entry]:
    return {entry.kind: entry for entry in await stage.read(lambda r: r.entries.find())}


async def test_each_kind_is_found_with_all_of_its_words(stage: Stage) -> None:
    ids = await written(stage)

    found = await entries(stage)

    assert set(found) == set(EntryKind) - {EntryKind.SHARED}  # nobody agreed to share anything
    assert {kind: (entry.title, entry.body) for kind, entry in found.items()} == {
        EntryKind.GOAL: ("goal text", "goal baseline\ngoal signs\ngoal objective"),
        EntryKind.EXPERIMENT: ("behaviour – situation", "sign\nsteps"),
        EntryKind.RESULT: ("behaviour – situation", "what happened\nwhy"),
        EntryKind.EVIDENCE: ("words that were said", "note"),
        EntryKind.INSIGHT: ("i behaviour – i situation", "i outcome"),
        EntryKind.SESSION: ("takeaway", ""),
    }
    for kind, entry in found.items():
        assert entry.subject_id == ids[kind]
        assert (entry.access, entry.pair_id) == (f"p{stage.pair.id}", stage.pair.id)
        assert (entry.member_id, entry.created_at) == (stage.mentee.id, stage.clock.now())
    assert found[EntryKind.INSIGHT].tags == ("tag",)


async def test_what_changes_is_found_by_its_new_words_under_its_first_day(stage: Stage) -> None:
    ids = await written(stage)
    before = (await entries(stage))[EntryKind.GOAL]
    stage.clock.move(days=1)
    me = stage.mentee

    command = replace(SetGoal("other words"), goal_id=GoalId(ids["goal"]))
    await set_goal(stage.deps, stage.viewer(me), me.id, command, key="changed")

    after = (await entries(stage))[EntryKind.GOAL]
    assert (after.id, after.title, after.body, after.created_at) == (
        before.id,
        "other words",
        "",
        before.created_at,
    )
    assert "baselin" not in after.tokens


async def test_words_are_stemmed_in_the_writers_language(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(stage.mentee, locale="de-DE")))
    await written(stage)

    found = await entries(stage)

    assert {entry.language for entry in found.values()} == {"de"}


Ids = dict[str, int]
Act = Callable[[Stage, Ids], Awaitable[object]]


async def change_goal(stage: Stage, ids: Ids) -> None:
    me = stage.mentee
    command = replace(GOAL, text="other", goal_id=GoalId(ids["goal"]))
    await set_goal(stage.deps, stage.viewer(me), me.id, command, key="change")


async def reach_goal(stage: Stage, ids: Ids) -> None:
    me, goal = stage.mentee, GoalId(ids["goal"])
    await move_goal(stage.deps, stage.viewer(me), me.id, goal, GoalState.REACHED, key="reach")


async def answer(stage: Stage, ids: Ids) -> None:
    mira, ask = stage.mentor, AskId(ids["ask"])
    await answer_ask(stage.deps, stage.viewer(mira), mira.id, ask, AnswerKind.STORY, "I waited", key="a")


async def discuss(stage: Stage, ids: Ids) -> None:
    mira, ask = stage.mentor, AskId(ids["ask"])
    await discuss_ask(stage.deps, stage.viewer(mira), mira.id, ask, wanted=True, key="d")


async def respond_to(stage: Stage, ids: Ids) -> None:
    mira, command = stage.mentor, Respond(ResultId(ids["result"]), "You waited")
    await respond(stage.deps, stage.viewer(mira), mira.id, command, key="r")


async def see(stage: Stage, ids: Ids) -> None:
    mira, result = stage.mentor, ResultId(ids["result"])
    await will_answer(stage.deps, stage.viewer(mira), mira.id, result, key="s")


async def keep_more(stage: Stage, ids: Ids) -> None:
    mira, more = stage.mentor, SaveEvidence("more", stage.pair.id, ExperimentId(ids["experiment"]))
    await save_evidence(stage.deps, stage.viewer(mira), mira.id, more, key="e")


async def bring(stage: Stage, ids: Ids) -> None:
    mira, tried = stage.mentor, ExperimentId(ids["experiment"])
    await discuss_experiment(stage.deps, stage.viewer(mira), mira.id, tried, wanted=True, key="b")


@pytest.mark.parametrize(
    ("act", "kind", "subject"),
    [
        (change_goal, "goal.card", "goal"),
        (reach_goal, "goal.card", "goal"),
        (answer, "ask.card", "ask"),
        (discuss, "ask.card", "ask"),
        (respond_to, "result.card", "result"),
        (see, "result.card", "result"),
        (keep_more, "experiment.card", "experiment"),
        (bring, "experiment.card", "experiment"),
    ],
)
async def test_the_cards_of_both_follow_each_change(stage: Stage, act: Act, kind: str, subject: str) -> None:
    ids = await written(stage)
    before = len(stage.messenger.updates)

    await act(stage, ids)
    await dispatch(stage.deps)

    assert sorted(update.to for update in stage.messenger.updates[before:]) == ["UMIRA", "UTOM"]
    rows = await stage.read(lambda r: r.outgoing.find(kind=kind, subject_id=ids[subject]))
    assert {row.member_id for row in rows if row.updates and row.state == "sent"} == {
        stage.mentor.id,
        stage.mentee.id,
    }


async def test_the_cards_of_what_is_tried_follow_their_goal_their_hints_and_their_day(stage: Stage) -> None:
    me, mine, mira = stage.mentee, stage.viewer(stage.mentee), stage.mentor
    goal = await set_goal(stage.deps, mine, me.id, GOAL, key="goal")
    command = Commit("behaviour", "situation", DAY)
    tried = await commit_to_experiment(stage.deps, mine, me.id, command, key="try")
    await dispatch(stage.deps)

    async def shown() -> list[Any]:
        before = len(stage.messenger.updates)
        await dispatch(stage.deps)
        cards = [update.content for update in stage.messenger.updates[before:]]
        return [card for card in cards if hasattr(card, "experiment")]

    await set_goal(stage.deps, mine, me.id, replace(GOAL, text="other", goal_id=goal), key="change")
    assert [card.goal for card in await shown()] == ["other", "other"]
    await add_hint(stage.deps, stage.viewer(mira), mira.id, tried, "breathe", key="hint")
    assert [[(note.name, note.text) for note in card.hints] for card in await shown()] == [
        [("Mira", "breathe")]
    ] * 2
    await move_experiment(stage.deps, mine, me.id, tried, date(2026, 12, 21), key="move")
    assert [card.experiment.until for card in await shown()] == [date(2026, 12, 21)] * 2


async def test_a_tap_changes_the_question_that_was_asked_and_no_other(stage: Stage) -> None:
    me, mine = stage.mentee, stage.viewer(stage.mentee)
    tries = []
    for what in ("one", "two"):
        command = Commit(what, "situation", date(2026, 11, 24))
        tries.append(await commit_to_experiment(stage.deps, mine, me.id, command, key=what))
    stage.clock.move(days=3)
    await tick(stage.deps)
    await dispatch(stage.deps)
    before = len(stage.messenger.updates)

    await tapped(stage, tries[0])
    await dispatch(stage.deps)

    (update,) = stage.messenger.updates[before:]
    assert isinstance(update.content, ResultQuestion)
    assert (update.to, update.content.experiment.id) == ("UTOM", tries[0])
    assert update.content.result is not None
