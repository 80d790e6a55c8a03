"""Somebody in several pairs: what belongs to one of them stays out of the others, on every card and in every form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.checkins import Fate
from bot.domain.goals import GoalState
from bot.domain.ids import AskId, ExperimentId, OccurrenceId, PairId
from bot.domain.indicators import Indicator
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState, Ritual
from bot.domain.packs import question_for
from bot.domain.results import NextStep
from bot.domain.sessions import AgendaSource, AnswerKind
from bot.packs import pack_of
from bot.usecases.home.home import see_home
from bot.usecases.loop.evidence import SaveEvidence, list_evidence, save_evidence
from bot.usecases.loop.experiment_cards import load_experiment_card
from bot.usecases.loop.experiments import (
    Commit,
    commit_to_experiment,
    discuss_experiment,
    drop_experiment,
    open_experiment_form,
)
from bot.usecases.loop.goals import SetGoal, list_open_goals, set_goal
from bot.usecases.loop.hints import add_hint
from bot.usecases.loop.results import TellResult, open_result_form
from bot.usecases.people.memberships import PairChoice
from bot.usecases.rhythm.agenda import agenda_of
from bot.usecases.rhythm.asks import answer_ask, ask_mentor, discuss_ask
from bot.usecases.rhythm.briefs import Brief, see_brief
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.checkin_cards import load_check_in_card as load_check_in
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, open_talked_form, tell_session
from bot.usecases.tick import tick
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop import test_results as results
from tests.usecases.rhythm.test_sessions import a_pair

LATER = date(2026, 12, 20)


@pytest.fixture
async def second(setup: Setup) -> PairId:
    """Tom learns from Ada, too."""
    return await a_pair(setup, setup.admin, setup.mentee)


async def tries(setup: Setup, what: str, pair: PairId) -> ExperimentId:
    me, command = (
        setup.mentee,
        Commit({"behaviour": what, "situation": "I lead", "until": LATER}, pair_id=pair),
    )
    return await write_as(setup.deps, setup.viewer(me), commit_to_experiment, command, key=f"try:{what}")


async def asks(setup: Setup, what: str, pair: PairId) -> AskId:
    me = setup.mentee
    return await write_as(
        setup.deps, setup.viewer(me), ask_mentor, {"situation": what}, pair, key=f"ask:{what}"
    )


async def wants(setup: Setup, text: str, pair: PairId) -> None:
    me = setup.mentee
    command = SetGoal({"text": text}, pair_id=pair)
    await write_as(setup.deps, setup.viewer(me), set_goal, command, key=f"goal:{text}")


async def discuss(setup: Setup, ask: AskId, *, wanted: bool = True) -> None:
    me = setup.mentee
    key = f"discuss:{ask}:{wanted}"
    await write_as(setup.deps, setup.viewer(me), discuss_ask, ask, wanted=wanted, key=key)


async def bring(setup: Setup, experiment: ExperimentId) -> None:
    me = setup.mentee
    key = f"bring:{experiment}"
    await write_as(setup.deps, setup.viewer(me), discuss_experiment, experiment, wanted=True, key=key)


async def agenda(setup: Setup, pair: PairId) -> list[tuple[AgendaSource, int]]:
    return [(item.source, item.source_id) for item in await setup.read(lambda r: agenda_of(r, pair))]


async def brief(setup: Setup, mentor: Member) -> Brief:
    found = await read_as(setup.deps, setup.viewer(mentor), see_brief, "UTOM")
    assert isinstance(found, Brief)
    return found


async def rounds(setup: Setup, second: PairId) -> dict[PairId, OccurrenceId]:
    """Tom is asked in both pairs."""
    for pair in (setup.pair.id, second):
        await setup.write(lambda r, one=pair: start_check_ins(r, r.pairs.get(one)))  # type: ignore[misc]  # bound at once
    setup.clock.move(days=2)
    await tick(setup.deps)
    found = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN, day=date(2026, 11, 24)))
    return {occurrence.pair_id: occurrence.id for occurrence in found}


async def check_in(setup: Setup, occurrence: OccurrenceId, key: str, **said: object) -> None:
    me = setup.mentee
    command = showing(AnswerCheckIn(occurrence), **said)
    await write_as(setup.deps, setup.viewer(me), answer_check_in, command, key=key)


async def test_an_agenda_is_of_one_pair_and_each_thing_on_it_is_taken_off_alone(
    setup: Setup, second: PairId
) -> None:
    tried, asked = (
        await tries(setup, "ask first", setup.pair.id),
        await asks(setup, "They wait", setup.pair.id),
    )
    other = await asks(setup, "They talk", second)
    assert int(tried) == int(asked)  # the same number means two things
    await bring(setup, tried)
    for ask in (asked, other):
        await discuss(setup, ask)

    await discuss(setup, asked, wanted=False)

    assert await agenda(setup, setup.pair.id) == [(AgendaSource.EXPERIMENT, tried)]
    assert await agenda(setup, second) == [(AgendaSource.ASK, other)]
    me = setup.mentee
    form = await read_as(setup.deps, setup.viewer(me), open_talked_form)
    assert form.pairs == (PairChoice(second, ("Ada",)), PairChoice(setup.pair.id, ("Mira",)))


async def test_a_talk_closes_the_agenda_and_the_round_of_its_own_pair(setup: Setup, second: PairId) -> None:
    asked = {pair: await asks(setup, f"in {pair}", pair) for pair in (setup.pair.id, second)}
    for ask in asked.values():
        await discuss(setup, ask)
    occurrences = await rounds(setup, second)
    ada = setup.admin

    await write_as(
        setup.deps,
        setup.viewer(ada),
        tell_session,
        TellSession(second, {"takeaway": "Ask first"}),
        key="talk",
    )

    assert await agenda(setup, second) == []
    assert await agenda(setup, setup.pair.id) == [(AgendaSource.ASK, asked[setup.pair.id])]
    states = {
        pair: (await setup.read(lambda r, one=id_: r.occurrences.get(one))).state  # type: ignore[misc]  # bound at once
        for pair, id_ in occurrences.items()
    }
    assert states == {setup.pair.id: OccurrenceState.OPEN, second: OccurrenceState.ANSWERED}


async def test_a_brief_is_about_one_pair(setup: Setup, second: PairId) -> None:
    for name, pair in (("Mira's", setup.pair.id), ("Ada's", second)):
        await wants(setup, f"{name} goal", pair)
        tried = await tries(setup, f"{name} try", pair)
        await results.tapped(setup, tried)
        await results.enqueue_post(setup, tried, f"{name} result", next_step=NextStep.DROP)
        await tries(setup, f"{name} next try", pair)
        await discuss(setup, await asks(setup, f"{name} ask", pair))
    for pair, occurrence in (await rounds(setup, second)).items():
        name = "Ada's" if pair == second else "Mira's"
        await check_in(setup, occurrence, name, went_well=f"{name} week")

    for mentor, name in ((setup.mentor, "Mira's"), (setup.admin, "Ada's")):
        shown = await brief(setup, mentor)
        assert shown.goal is not None
        assert shown.told is not None
        assert shown.check_in is not None
        assert (shown.goal.text, shown.told.result.what_happened) == (f"{name} goal", f"{name} result")
        assert [one.behaviour for one in shown.open_now] == [f"{name} next try"]
        assert (shown.check_in.went_well, shown.agenda) == (f"{name} week", (f"{name} ask",))


async def test_a_brief_tells_the_newest_that_was_told_and_said(setup: Setup) -> None:
    for text in ("first", "second"):
        tried = await tries(setup, text, setup.pair.id)
        await results.tapped(setup, tried)
        await results.enqueue_post(setup, tried, f"{text} result")
    await results.tapped(setup, await tries(setup, "only tapped", setup.pair.id))

    told = (await brief(setup, setup.mentor)).told

    assert told is not None
    assert (told.result.what_happened, told.experiment.behaviour) == ("second result", "second")


async def test_a_check_in_lists_the_steps_and_cards_of_its_own_pair(setup: Setup, second: PairId) -> None:
    await tries(setup, "Mira's try", setup.pair.id)
    await tries(setup, "Ada's try", second)
    occurrences = await rounds(setup, second)
    for pair, occurrence in occurrences.items():
        await check_in(setup, occurrence, f"{pair}", next_step=f"step in {pair}")
    setup.clock.move(days=7)
    await tick(setup.deps)
    later = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN, day=date(2026, 12, 1)))
    me, viewer = setup.mentee, setup.viewer(setup.mentee)

    for round_ in later:
        form = await read_as(setup.deps, viewer, open_check_in_form, round_.id)
        assert [step.text for step in form.commitments] == [f"step in {round_.pair_id}"]
        card = await setup.read(lambda r, one=round_.id: load_ask(r, one), me)  # type: ignore[misc]  # bound at once
        own = "Ada's try" if round_.pair_id == second else "Mira's try"
        assert [one.behaviour for one in card.cards] == [own]
        assert card.mentors == form.mentors == (("Ada",) if round_.pair_id == second else ("Mira",))
    (foreign,) = [step for step in await setup.read(lambda r: r.commitments.find()) if step.pair_id == second]
    mine = next(one.id for one in later if one.pair_id == setup.pair.id)
    await check_in(setup, mine, "foreign", went_well="Much", fates={foreign.id: Fate.DONE})
    assert await setup.read(lambda r: r.commitments.get(foreign.id)) == foreign


async def test_goals_and_experiments_are_offered_in_their_own_pair(setup: Setup, second: PairId) -> None:
    await wants(setup, "Mira's goal", setup.pair.id)
    await wants(setup, "Ada's goal", second)
    await tries(setup, "Mira's try", setup.pair.id)
    viewer = setup.viewer(setup.mentee)

    for pair, goal, tried in ((setup.pair.id, "Mira's goal", ["Mira's try"]), (second, "Ada's goal", [])):
        form = await read_as(setup.deps, viewer, open_experiment_form, pair_id=pair)
        assert [one.text for one in form.goals] == [goal]
        assert [one.behaviour for one in form.open_now] == tried
    listed = await read_as(setup.deps, viewer, list_open_goals)
    assert [(card.goal.text, card.mentors) for card in listed.cards] == [
        ("Ada's goal", ("Ada",)),
        ("Mira's goal", ("Mira",)),
    ]
    unlooked = await setup.read(lambda r: r.experiments.find(pair_id=setup.pair.id))
    (goal_id,) = {one.goal_id for one in unlooked}
    assert goal_id is not None
    assert (await setup.read(lambda r: r.goals.get(goal_id))).text == "Mira's goal"


async def test_two_experiments_keep_their_own_hints_numbers_evidence_and_questions(setup: Setup) -> None:
    one, two = [await tries(setup, text, setup.pair.id) for text in ("one", "two")]
    me, mira = setup.mentee, setup.mentor
    await write_as(setup.deps, setup.viewer(mira), add_hint, one, "breathe", key="hint")
    sign = Indicator(setup.workspace.id, setup.pair.id, one, "Pause", "s")
    kept = await setup.write(lambda r: r.indicators.insert(sign))
    quoted = SaveEvidence({"text": "They spoke"}, pair_id=setup.pair.id, experiment_id=one)
    await write_as(setup.deps, setup.viewer(me), save_evidence, quoted, key="evidence")
    await bring(setup, one)

    cards = [await setup.read(lambda r, it=it: load_experiment_card(r, it), me) for it in (one, two)]  # type: ignore[misc]  # bound at once

    assert [[hint.text for hint in card.hints] for card in cards] == [["breathe"], []]
    assert [[number.indicator.name for number in card.numbers] for card in cards] == [["Pause"], []]
    assert [(card.evidence, card.on_agenda) for card in cards] == [(1, True), (0, False)]
    listed = await read_as(setup.deps, setup.viewer(mira), list_evidence, two)
    assert listed.pieces == ()
    for experiment in (one, two):
        await results.tapped(setup, experiment)
    told = TellResult(
        one, {"what_happened": "They spoke", "next_step": NextStep.DROP}, readings={kept.id: Decimal(3)}
    )
    await results.enqueue_post(setup, one, readings=told.readings, next_step=NextStep.DROP)
    form = await read_as(setup.deps, setup.viewer(me), open_result_form, two)
    assert (form.changes, form.result.what_happened) == ((), "")


async def test_letting_one_go_leaves_the_questions_about_the_other(setup: Setup) -> None:
    one, two = [await tries(setup, text, setup.pair.id) for text in ("one", "two")]
    me = setup.mentee

    await write_as(setup.deps, setup.viewer(me), drop_experiment, one, key="drop")

    left = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    asked = await setup.read(lambda r: r.occurrences.find(id=[nudge.occurrence_id for nudge in left]))
    assert [(occurrence.ritual, occurrence.source_id) for occurrence in asked] == [(Ritual.FOLLOW_UP, two)]


async def test_home_tells_what_is_mine_apart_from_what_i_mentor(setup: Setup, second: PairId) -> None:
    await wants(setup, "Tom's goal", setup.pair.id)
    await tries(setup, "Tom's try", setup.pair.id)
    await asks(setup, "They wait", second)
    tom, mira, ada = [
        await read_as(setup.deps, setup.viewer(one), see_home)
        for one in (setup.mentee, setup.mentor, setup.admin)
    ]

    assert [one.behaviour for one in tom.experiments] == ["Tom's try"]
    assert [goal.text for goal in tom.goals] == ["Tom's goal"]
    assert ([membership.pair.id for membership in tom.learning], tom.mentoring) == (
        [setup.pair.id, second],
        (),
    )
    assert (mira.experiments, mira.goals, mira.learning) == ((), (), ())
    (line,) = mira.mentoring
    assert line.experiment is not None
    assert (line.experiment.behaviour, line.ask) == ("Tom's try", None)
    (line,) = ada.mentoring
    assert (line.experiment, line.ask is not None) == (None, True)


async def test_a_goal_that_was_reached_is_no_open_goal(setup: Setup) -> None:
    await wants(setup, "old", setup.pair.id)
    await setup.write(lambda r: r.goals.update(replace(r.goals.find()[0], state=GoalState.REACHED)))

    assert (await brief(setup, setup.mentor)).goal is None
    me = setup.mentee
    assert (await read_as(setup.deps, setup.viewer(me), list_open_goals)).cards == ()


async def test_what_a_mentor_answers_in_one_pair_leaves_the_other_waiting(
    setup: Setup, second: PairId
) -> None:
    first, other = await asks(setup, "They wait", setup.pair.id), await asks(setup, "They talk", second)
    mira = setup.mentor

    await write_as(
        setup.deps,
        setup.viewer(mira),
        answer_ask,
        first,
        {"kind": AnswerKind.STORY, "text": "I waited"},
        key="a",
    )

    assert (await brief(setup, mira)).waiting_ask is None
    assert (await brief(setup, setup.admin)).waiting_ask == other


async def test_without_a_choice_the_round_that_has_waited_longest_is_answered_first(
    setup: Setup, second: PairId
) -> None:
    viewer = setup.viewer(setup.mentee)
    occurrences = await rounds(setup, second)
    await check_in(setup, occurrences[setup.pair.id], "mine", went_well="Much")

    waits = await read_as(setup.deps, viewer, open_check_in_form)
    assert waits.occurrence.id == occurrences[second]

    await check_in(setup, occurrences[second], "second", went_well="Much")
    assert (await read_as(setup.deps, viewer, open_check_in_form)).occurrence.pair_id == second


async def test_a_question_lists_what_ends_first_and_nothing_that_is_over(setup: Setup) -> None:
    me, viewer = setup.mentee, setup.viewer(setup.mentee)
    late = await tries(setup, "late", setup.pair.id)
    command = Commit(
        {"behaviour": "soon", "situation": "I lead", "until": date(2026, 11, 25)}, pair_id=setup.pair.id
    )
    await write_as(setup.deps, viewer, commit_to_experiment, command, key="soon")
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    (occurrence,) = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN))

    card = await setup.read(lambda r: load_ask(r, occurrence.id), me)
    assert [(one.behaviour, one.days_left) for one in card.cards] == [("soon", 1), ("late", 26)]

    await write_as(setup.deps, viewer, drop_experiment, late, key="drop")
    card = await setup.read(lambda r: load_ask(r, occurrence.id), me)
    assert [one.behaviour for one in card.cards] == ["soon"]


async def test_each_reads_the_packs_question_in_their_own_language(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(r.members.get(setup.mentor.id), locale="de-DE")))
    pack = pack_of(setup.cohort.pack)
    question = question_for(pack.questions["en"], [])
    german = question_for(pack.questions["de"], [])
    assert question
    assert german
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    (occurrence,) = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN))
    await check_in(setup, occurrence.id, "a", question=question.id, question_answer="Lena")
    (answered,) = await setup.read(lambda r: r.check_ins.find())

    hers = await setup.read(lambda r: load_check_in(r, answered.id), setup.mentor)
    his = await setup.read(lambda r: load_ask(r, occurrence.id), setup.mentee)

    assert his.answer is not None
    assert question.text != german.text
    assert (hers.answer.question, his.answer.question) == (german.text, question.text)
