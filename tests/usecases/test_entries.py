"""What a pair writes can be found by both of them, whole, and by nobody else; and each card follows what changes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.entries import Entry
from bot.domain.errors import NotFound
from bot.domain.goals import GoalState
from bot.domain.ids import (
    AnswerId,
    AskId,
    ExperimentId,
    GoalId,
    IndicatorId,
    MilestoneId,
    ResponseId,
    ResultId,
    SuggestionId,
    TwoLinesId,
)
from bot.domain.insights import Visibility
from bot.domain.pairs import PairState
from bot.domain.readings import Reading
from bot.domain.results import Grade, NextStep
from bot.domain.sessions import AnswerKind
from bot.domain.stored import EntryKind
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.entries import make_findable
from bot.usecases.loop.evidence import SaveEvidence, save_evidence
from bot.usecases.loop.experiments import (
    Commit,
    commit_to_experiment,
    discuss_experiment,
    move_experiment,
)
from bot.usecases.loop.goals import SetGoal, move_goal, set_goal
from bot.usecases.loop.hints import add_hint
from bot.usecases.loop.milestones import KeepMilestone, claim_milestone, drop_milestone, keep_milestone, vote
from bot.usecases.loop.observations import Observe, observe
from bot.usecases.loop.replies import SendReply, send_reply
from bot.usecases.loop.replies_cards import Root
from bot.usecases.loop.responses import Respond, respond, will_answer
from bot.usecases.loop.responses_changing import change_response, take_back_response
from bot.usecases.loop.results import ResultQuestion, TellResult, tell_result
from bot.usecases.loop.suggestions import Row, Suggest, suggest, take_suggestion
from bot.usecases.loop.two_lines import About
from bot.usecases.loop.two_lines_answering import tell_lines
from bot.usecases.repository.closings import close_well
from bot.usecases.repository.insights import KeepInsight, keep_insight
from bot.usecases.repository.search import find
from bot.usecases.repository.search_things import open_thing
from bot.usecases.rhythm.asks import answer_ask, ask_mentor, discuss_ask
from bot.usecases.rhythm.asks_changing import take_back_answer
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, tell_session
from bot.usecases.tick import tick
from tests.commands import showing
from tests.running import write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import tapped
from tests.usecases.loop.test_two_lines import a_colleague, asked
from tests.usecases.rhythm.test_checkins import answer as check_in_with

DAY = date(2026, 12, 20)
GOAL = SetGoal(
    {"text": "goal text", "baseline": "goal baseline", "signs": "goal signs", "objective": "goal objective"}
)


async def written(setup: Setup) -> dict[str, int]:
    """One thing of each kind, told by Tom; the ids by kind."""
    deps, mine = setup.deps, setup.viewer(setup.mentee)
    pair = setup.pair.id
    goal = await write_as(deps, mine, set_goal, GOAL, key="goal")
    command = Commit(
        {
            "behaviour": "behaviour",
            "situation": "situation",
            "until": DAY,
            "sign": "sign",
            "goal_id": goal,
            "steps": "steps",
        },
        measures=(),
    )
    experiment = await write_as(deps, mine, commit_to_experiment, command, key="try")
    hint = await write_as(deps, setup.viewer(setup.mentor), add_hint, experiment, "hint", key="hint")
    await tapped(setup, experiment)
    told = TellResult(
        experiment, {"what_happened": "what happened", "next_step": NextStep.ADOPT, "why": "why"}, readings={}
    )
    result = await write_as(deps, mine, tell_result, told, key="told")
    quoted = SaveEvidence(
        {"text": "words that were said", "note": "note"}, pair_id=pair, experiment_id=experiment
    )
    evidence, _ = await write_as(deps, mine, save_evidence, quoted, key="evidence")
    found = KeepInsight(
        pair,
        {
            "situation": "i situation",
            "behaviour": "i behaviour",
            "outcome": "i outcome",
            "tags": "tag",
            "visibility": Visibility.PAIR,
        },
    )
    insight = await write_as(deps, mine, keep_insight, found, key="insight")
    session = await write_as(
        deps, mine, tell_session, TellSession(pair, {"takeaway": "takeaway"}), key="talk"
    )
    ask = await write_as(deps, mine, ask_mentor, {"situation": "asked"}, None, key="ask")
    seen = Observe(
        pair,
        setup.mentor.id,
        {
            "situation": "seen situation",
            "behaviour": "seen behaviour",
            "impact": "impact",
            "question": "question",
        },
    )
    observation = await write_as(deps, mine, observe, seen, key="seen")
    await dispatch(deps)
    return {
        "goal": goal,
        "observation": observation,
        "experiment": experiment,
        "hint": hint,
        "result": result,
        "evidence": evidence,
        "insight": insight,
        "session": session,
        "ask": ask,
    }


async def all_written(setup: Setup) -> dict[str, int]:
    """The same, with what Mira said to it, what she suggests, and a check-in."""
    ids, deps, mira = await written(setup), setup.deps, setup.viewer(setup.mentor)
    line = Respond(
        ResultId(ids["result"]), {"line": "r line", "situation": "r situation", "behaviour": "r behaviour"}
    )
    response = await write_as(deps, mira, respond, line, key="response")
    below = SendReply(Root(response_id=ResponseId(response)), {"line": "reply"})
    reply = await write_as(deps, mira, send_reply, below, key="reply")
    advice = {"kind": AnswerKind.STORY, "text": "answered"}
    answered = await write_as(deps, mira, answer_ask, AskId(ids["ask"]), advice, key="answered")
    row = Row(
        1, {"behaviour": "s behaviour", "situation": "s situation", "sign": "s sign", "steps": "s steps"}
    )
    proposed = Suggest(setup.pair.id, setup.mentee.id, (row,))
    suggestion = await write_as(deps, mira, suggest, proposed, key="suggestion")
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    check_in = await check_in_with(setup, went_well="went well", was_hard="was hard", next_step="next step")
    await dispatch(deps)
    return {
        **ids, "response": response, "reply": reply, "answer": answered, "suggestion": suggestion, "check_in": check_in,
        "two_lines": await two_lines(setup, GoalId(ids["goal"])),
        "milestone": await milestone(setup, GoalId(ids["goal"])),
    }  # fmt: skip


async def milestone(setup: Setup, goal: GoalId) -> MilestoneId:
    """A step that Tom says is reached."""
    me = setup.viewer(setup.mentee)
    command = KeepMilestone(goal, None, {"can": "m can", "shows": "m shows"})
    kept = await write_as(setup.deps, me, keep_milestone, command, key="milestone")
    return await write_as(setup.deps, me, claim_milestone, kept, {"shown_by": "m shown"}, None, key="claim")


async def two_lines(setup: Setup, goal: GoalId) -> TwoLinesId:
    """What somebody outside the pair wrote."""
    yuki = await a_colleague(setup)
    ask = await asked(setup, yuki, About(goal_id=goal), question="what helped")
    shown = {"helped": "helped", "helps_more": "helps more"}
    return await write_as(setup.deps, setup.viewer(yuki), tell_lines, ask, shown, key="lines")


async def entries(setup: Setup) -> dict[EntryKind, Entry]:
    return {entry.kind: entry for entry in await setup.read(lambda r: r.entries.find())}


async def test_each_kind_is_found_with_all_of_its_words(setup: Setup) -> None:
    ids = await all_written(setup)

    found = await entries(setup)

    assert set(found) == set(EntryKind) - {
        EntryKind.SHARED,
        EntryKind.CLOSING,
    }  # nothing is shared, nothing ended
    assert {kind: (entry.title, entry.body) for kind, entry in found.items()} == {
        EntryKind.GOAL: ("goal text", "goal baseline\ngoal signs\ngoal objective"),
        EntryKind.MILESTONE: ("m can", "m shows\nm shown"),
        EntryKind.EXPERIMENT: ("behaviour – situation", "sign\nsteps"),
        EntryKind.RESULT: ("behaviour – situation", "what happened\nwhy"),
        EntryKind.EVIDENCE: ("words that were said", "note"),
        EntryKind.INSIGHT: ("i behaviour – i situation", "i outcome"),
        EntryKind.SESSION: ("takeaway", ""),
        EntryKind.OBSERVATION: ("seen situation", "seen behaviour\nimpact\nquestion"),
        EntryKind.CHECK_IN: ("was hard", "went well\nnext step"),
        EntryKind.RESPONSE: ("behaviour – situation", "r line\nr situation\nr behaviour"),
        EntryKind.ASK: ("asked", ""),
        EntryKind.ANSWER: ("asked", "answered"),
        EntryKind.SUGGESTION: ("s behaviour – s situation", "s sign\ns steps"),
        EntryKind.TWO_LINES: ("helped", "what helped\nhelps more"),
        EntryKind.HINT: ("hint", ""),
        EntryKind.REPLY: ("reply", ""),
    }
    mine, hers = setup.mentee.id, setup.mentor.id
    by_her = {EntryKind.RESPONSE, EntryKind.ANSWER, EntryKind.SUGGESTION, EntryKind.HINT, EntryKind.REPLY}
    [yuki] = await setup.read(lambda r: r.members.find(user_id="UYUKI"))
    writers = dict.fromkeys(by_her, hers) | {EntryKind.TWO_LINES: yuki.id}
    for kind, entry in found.items():
        assert entry.subject_id == ids[kind]
        assert (entry.access, entry.pair_id) == (f"p{setup.pair.id}", setup.pair.id)
        assert (entry.member_id, entry.created_at) == (writers.get(kind, mine), setup.clock.now())
    assert found[EntryKind.INSIGHT].tags == ("tag",)


async def test_what_hangs_on_one_another_is_of_one_story(setup: Setup) -> None:
    ids = await all_written(setup)

    found = await entries(setup)

    tried = f"experiment:{ids['experiment']}"
    stories = {kind: entry.story for kind, entry in found.items()}
    assert {kind for kind, story in stories.items() if story == tried} == {
        EntryKind.EXPERIMENT, EntryKind.RESULT, EntryKind.RESPONSE, EntryKind.EVIDENCE, EntryKind.HINT, EntryKind.REPLY,
    }  # fmt: skip
    assert stories[EntryKind.ANSWER] == stories[EntryKind.ASK] == f"ask:{ids['ask']}"
    assert stories[EntryKind.INSIGHT] == f"insight:{ids['insight']}", "it was kept by itself"
    grades = {kind: entry.grade for kind, entry in found.items() if entry.grade}
    assert grades == {EntryKind.RESULT: Grade.HUNCH, EntryKind.INSIGHT: Grade.HUNCH}


async def test_a_step_is_found_by_both_and_opens_with_its_goal_until_it_is_let_go(setup: Setup) -> None:
    goal = await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, GOAL, key="goal")
    kept = await milestone(setup, goal)
    await write_as(setup.deps, setup.viewer(setup.mentor), vote, kept, "say why", key="vote")

    for member in (setup.mentee, setup.mentor):
        found = await setup.read(lambda tx: find(tx, "shown"), member)
        opened = await setup.read(lambda tx: open_thing(tx, EntryKind.MILESTONE, kept), member)
        assert [(hit.kind, hit.subject_id) for hit in found.hits] == [(EntryKind.MILESTONE, kept)]
        assert [(link.kind, link.subject_id) for link in opened.links] == [(EntryKind.GOAL, goal)]
    beside = await setup.read(lambda tx: open_thing(tx, EntryKind.GOAL, goal), setup.mentor)
    assert (EntryKind.MILESTONE, kept) in {(link.kind, link.subject_id) for link in beside.links}
    kept_words = await entries(setup)
    assert kept_words[EntryKind.MILESTONE].story == f"goal:{goal}"
    assert "say why" not in kept_words[EntryKind.MILESTONE].body, "it is the mentor's word"
    assert not (await setup.read(lambda tx: find(tx, "shown"), setup.admin)).hits
    with pytest.raises(NotFound):
        await setup.read(lambda tx: open_thing(tx, EntryKind.MILESTONE, kept), setup.admin)

    await write_as(setup.deps, setup.viewer(setup.mentee), drop_milestone, kept, key="drop")
    assert EntryKind.MILESTONE not in await entries(setup)


async def test_another_way_of_trying_and_what_was_suggested_and_taken_belong_to_the_story(
    setup: Setup,
) -> None:
    ids = await all_written(setup)
    parent, mine = ExperimentId(ids["experiment"]), setup.viewer(setup.mentee)
    again = Commit({"behaviour": "other", "situation": "again", "until": DAY}, parent_id=parent)
    second = await write_as(setup.deps, mine, commit_to_experiment, again, key="again")
    taken = Commit({"behaviour": "s behaviour", "situation": "s situation", "until": DAY})
    suggested = SuggestionId(ids["suggestion"])
    third = await write_as(setup.deps, mine, take_suggestion, suggested, taken, key="take")

    stories = {
        (entry.kind, entry.subject_id): entry.story for entry in await setup.read(lambda r: r.entries.find())
    }
    assert stories[EntryKind.EXPERIMENT, second] == f"experiment:{parent}"
    assert stories[EntryKind.SUGGESTION, suggested] == f"experiment:{third}"


async def test_a_closing_word_is_found_by_both_as_long_as_it_says_something(setup: Setup) -> None:
    await setup.write(lambda tx: tx.pairs.update(replace(setup.pair, state=PairState.ENDED)))
    mine, pair = setup.viewer(setup.mentee), setup.pair.id
    said = {"changed": "I ask first", "thanks": "you listened"}
    kept = await write_as(setup.deps, mine, close_well, pair, said, key="close")

    found = await setup.read(lambda tx: find(tx, "listened"), setup.mentor)
    opened = await setup.read(lambda tx: open_thing(tx, EntryKind.CLOSING, kept), setup.mentor)

    assert [(hit.kind, hit.subject_id) for hit in found.hits] == [(EntryKind.CLOSING, kept)]
    assert opened.shared is Visibility.PAIR
    await write_as(setup.deps, mine, close_well, pair, {"changed": "", "thanks": ""}, key="emptied")
    assert EntryKind.CLOSING not in await entries(setup)


async def test_a_short_reply_opens_with_what_it_stands_below(setup: Setup) -> None:
    ids = await all_written(setup)

    reply = await setup.read(lambda tx: open_thing(tx, EntryKind.REPLY, ids["reply"]), setup.mentor)
    hint = await setup.read(lambda tx: open_thing(tx, EntryKind.HINT, ids["hint"]), setup.mentee)

    assert (EntryKind.RESPONSE, ids["response"]) in {(link.kind, link.subject_id) for link in reply.links}
    assert hint.experiment is not None
    assert hint.experiment.id == ids["experiment"]


async def test_what_is_taken_back_is_found_no_more_and_what_is_changed_by_its_new_words(setup: Setup) -> None:
    ids = await all_written(setup)
    mira = setup.viewer(setup.mentor)
    changes = {"line": "other line", "situation": "", "behaviour": ""}
    await write_as(setup.deps, mira, change_response, ResponseId(ids["response"]), changes, key="c")
    await write_as(setup.deps, mira, take_back_answer, AnswerId(ids["answer"]), key="t")

    found = await entries(setup)
    assert found[EntryKind.RESPONSE].body == "other line"
    assert EntryKind.ANSWER not in found
    await write_as(setup.deps, mira, take_back_response, ResponseId(ids["response"]), key="tb")
    assert EntryKind.RESPONSE not in await entries(setup)


async def test_a_check_in_without_words_is_no_find_and_an_emptied_one_goes(setup: Setup) -> None:
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    await check_in_with(setup, key="nothing", energy=3)
    assert await entries(setup) == {}
    await check_in_with(setup, key="something", went_well="well")
    assert (await entries(setup))[EntryKind.CHECK_IN].title == "well"
    await check_in_with(setup, key="emptied", went_well="")
    assert await entries(setup) == {}


async def test_what_changes_is_found_by_its_new_words_under_its_first_day(setup: Setup) -> None:
    ids = await written(setup)
    before = (await entries(setup))[EntryKind.GOAL]
    setup.clock.move(days=1)
    me = setup.mentee

    command = SetGoal(
        {"text": "other words", "baseline": "", "signs": "", "objective": ""}, goal_id=GoalId(ids["goal"])
    )
    await write_as(setup.deps, setup.viewer(me), set_goal, command, key="changed")

    after = (await entries(setup))[EntryKind.GOAL]
    assert (after.id, after.title, after.body, after.created_at) == (
        before.id,
        "other words",
        "",
        before.created_at,
    )
    assert "baselin" not in after.tokens


async def test_words_are_stemmed_in_the_writers_language(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentee, locale="de-DE")))
    await written(setup)

    found = await entries(setup)

    assert {entry.language for entry in found.values() if entry.member_id == setup.mentee.id} == {"de"}


@pytest.mark.parametrize(
    ("locale", "text", "asked"),
    [
        ("es-ES", "Menos reuniones y más gestión", "reunión gestion"),
        ("fr-FR", "Préparer la réunion avec l'équipe", "reunions equipes"),
        ("pt-BR", "Tomar decisões sem demora", "decisão"),
        ("de-DE", "Kürzere Teambesprechungen", "Besprechung"),
        ("de-DE", "Kürzere Besprechungen", "Teambesprechung"),
    ],
)
async def test_a_word_is_found_in_the_writers_language_by_whoever_looks_for_it(
    setup: Setup, locale: str, text: str, asked: str
) -> None:
    await setup.write(lambda tx: tx.members.update(replace(setup.mentee, locale=locale)))
    await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, showing(GOAL, text=text), key="goal")

    found = await setup.read(lambda tx: find(tx, asked), setup.mentor)

    assert [hit.kind for hit in found.hits] == [EntryKind.GOAL]
    assert (found.suggestion, found.corrected, found.complete) == (None, None, 1)


Ids = dict[str, int]
Act = Callable[[Setup, Ids], Awaitable[object]]


async def change_goal(setup: Setup, ids: Ids) -> None:
    me = setup.mentee
    command = showing(GOAL, text="other", goal_id=GoalId(ids["goal"]))
    await write_as(setup.deps, setup.viewer(me), set_goal, command, key="change")


async def reach_goal(setup: Setup, ids: Ids) -> None:
    me, goal = setup.mentee, GoalId(ids["goal"])
    await write_as(setup.deps, setup.viewer(me), move_goal, goal, GoalState.REACHED, key="reach")


async def answer(setup: Setup, ids: Ids) -> None:
    mira, ask = setup.mentor, AskId(ids["ask"])
    await write_as(
        setup.deps,
        setup.viewer(mira),
        answer_ask,
        ask,
        {"kind": AnswerKind.STORY, "text": "I waited"},
        key="a",
    )


async def discuss(setup: Setup, ids: Ids) -> None:
    mira, ask = setup.mentor, AskId(ids["ask"])
    await write_as(setup.deps, setup.viewer(mira), discuss_ask, ask, wanted=True, key="d")


async def respond_to(setup: Setup, ids: Ids) -> None:
    mira, command = setup.mentor, Respond(ResultId(ids["result"]), {"line": "You waited"})
    await write_as(setup.deps, setup.viewer(mira), respond, command, key="r")


async def see(setup: Setup, ids: Ids) -> None:
    mira, result = setup.mentor, ResultId(ids["result"])
    await write_as(setup.deps, setup.viewer(mira), will_answer, result, key="s")


async def keep_more(setup: Setup, ids: Ids) -> None:
    mira, more = (
        setup.mentor,
        SaveEvidence({"text": "more"}, pair_id=setup.pair.id, experiment_id=ExperimentId(ids["experiment"])),
    )
    await write_as(setup.deps, setup.viewer(mira), save_evidence, more, key="e")


async def bring(setup: Setup, ids: Ids) -> None:
    mira, tried = setup.mentor, ExperimentId(ids["experiment"])
    await write_as(setup.deps, setup.viewer(mira), discuss_experiment, tried, wanted=True, key="b")


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
async def test_the_cards_of_both_follow_each_change(setup: Setup, act: Act, kind: str, subject: str) -> None:
    ids = await written(setup)
    before = len(setup.messenger.updates)

    await act(setup, ids)
    await dispatch(setup.deps)

    assert sorted(update.to for update in setup.messenger.updates[before:]) == ["UMIRA", "UTOM"]
    rows = await setup.read(lambda r: r.outgoing.find(kind=kind, subject_id=ids[subject]))
    assert {row.member_id for row in rows if row.updates and row.state == "sent"} == {
        setup.mentor.id,
        setup.mentee.id,
    }


async def test_the_cards_of_what_is_tried_follow_their_goal_their_hints_and_their_day(setup: Setup) -> None:
    mine, mira = setup.viewer(setup.mentee), setup.mentor
    goal = await write_as(setup.deps, mine, set_goal, GOAL, key="goal")
    command = Commit({"behaviour": "behaviour", "situation": "situation", "until": DAY})
    tried = await write_as(setup.deps, mine, commit_to_experiment, command, key="try")
    await dispatch(setup.deps)

    async def shown() -> list[Any]:
        before = len(setup.messenger.updates)
        await dispatch(setup.deps)
        cards = [update.content for update in setup.messenger.updates[before:]]
        return [card for card in cards if hasattr(card, "experiment")]

    await write_as(setup.deps, mine, set_goal, showing(GOAL, text="other", goal_id=goal), key="change")
    assert [card.goal for card in await shown()] == ["other", "other"]
    await write_as(setup.deps, setup.viewer(mira), add_hint, tried, "breathe", key="hint")
    assert [[(note.name, note.text) for note in card.hints] for card in await shown()] == [
        [("Mira", "breathe")]
    ] * 2
    await write_as(setup.deps, mine, move_experiment, tried, date(2026, 12, 21), key="move")
    assert [card.experiment.until for card in await shown()] == [date(2026, 12, 21)] * 2


async def test_a_tap_changes_the_question_that_was_asked_and_no_other(setup: Setup) -> None:
    mine = setup.viewer(setup.mentee)
    tries = []
    for what in ("one", "two"):
        command = Commit({"behaviour": what, "situation": "situation", "until": date(2026, 11, 24)})
        tries.append(await write_as(setup.deps, mine, commit_to_experiment, command, key=what))
    setup.clock.move(days=3, hours=8)  # by day in New York
    await tick(setup.deps)
    await dispatch(setup.deps)
    before = len(setup.messenger.updates)

    await tapped(setup, tries[0])
    await dispatch(setup.deps)

    (update,) = setup.messenger.updates[before:]
    assert isinstance(update.content, ResultQuestion)
    assert (update.to, update.content.experiment.id) == ("UTOM", tries[0])
    assert update.content.result is not None


async def test_what_nobody_searches_for_is_not_put_into_the_index(setup: Setup) -> None:
    await written(setup)
    day = setup.clock.now()
    item: Any = Reading(
        setup.workspace.id, setup.pair.id, IndicatorId(1), setup.mentee.id, day.date(), day, Decimal(1)
    )

    with pytest.raises(LookupError, match="Reading is described as nothing that is found"):
        await setup.write(lambda tx: make_findable(tx, item))
