"""Somebody in several pairs: what belongs to one of them stays out of the others, on every card and in every form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.checkins import Fate
from bot.domain.experiments import Indicator
from bot.domain.goals import GoalState
from bot.domain.ids import AskId, ExperimentId, OccurrenceId, PairId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, OccurrenceState, Ritual
from bot.domain.packs import question_for
from bot.domain.results import NextStep
from bot.domain.sessions import AgendaSource, AnswerKind
from bot.packs import pack_of
from bot.usecases.agenda import agenda_of, discuss_experiment
from bot.usecases.asks import answer_ask, ask_mentor, discuss_ask
from bot.usecases.briefs import Brief, see_brief
from bot.usecases.cards import load_card
from bot.usecases.checkin_cards import load_ask
from bot.usecases.checkin_cards import load_card as load_check_in
from bot.usecases.checkins import AnswerCheckIn, answer_check_in, open_check_in_form
from bot.usecases.evidence import SaveEvidence, list_evidence, save_evidence
from bot.usecases.experiments import Commit, commit_to_experiment, drop_experiment, open_experiment_form
from bot.usecases.goals import SetGoal, list_open_goals, set_goal
from bot.usecases.hints import add_hint
from bot.usecases.home import see_home
from bot.usecases.nudges import start_check_ins
from bot.usecases.results import TellResult, open_result_form
from bot.usecases.sessions import TellSession, open_talked_form, tell_session
from bot.usecases.tick import tick
from tests.usecases import test_results as results
from tests.usecases.conftest import Stage
from tests.usecases.test_sessions import a_pair

LATER = date(2026, 12, 20)


@pytest.fixture
async def second(stage: Stage) -> PairId:
    """Tom learns from Ada, too."""
    return await a_pair(stage, stage.admin, stage.mentee)


async def tries(stage: Stage, what: str, pair: PairId) -> ExperimentId:
    me, command = stage.mentee, Commit(what, "I lead", LATER, pair_id=pair)
    return await commit_to_experiment(stage.deps, stage.viewer(me), me.id, command, key=f"try:{what}")


async def asks(stage: Stage, what: str, pair: PairId) -> AskId:
    me = stage.mentee
    return await ask_mentor(stage.deps, stage.viewer(me), me.id, what, pair, key=f"ask:{what}")


async def wants(stage: Stage, text: str, pair: PairId) -> None:
    me = stage.mentee
    command = SetGoal(text, pair_id=pair)
    await set_goal(stage.deps, stage.viewer(me), me.id, command, key=f"goal:{text}")


async def discuss(stage: Stage, ask: AskId, *, wanted: bool = True) -> None:
    me = stage.mentee
    key = f"discuss:{ask}:{wanted}"
    await discuss_ask(stage.deps, stage.viewer(me), me.id, ask, wanted=wanted, key=key)


async def bring(stage: Stage, experiment: ExperimentId) -> None:
    me = stage.mentee
    key = f"bring:{experiment}"
    await discuss_experiment(stage.deps, stage.viewer(me), me.id, experiment, wanted=True, key=key)


async def agenda(stage: Stage, pair: PairId) -> list[tuple[AgendaSource, int]]:
    return [(item.source, item.source_id) for item in await stage.read(lambda r: agenda_of(r, pair))]


async def brief(stage: Stage, mentor: Member) -> Brief:
    found = await see_brief(stage.deps, stage.viewer(mentor), mentor.id, "UTOM")
    assert isinstance(found, Brief)
    return found


async def rounds(stage: Stage, second: PairId) -> dict[PairId, OccurrenceId]:
    """Tom is asked in both pairs."""
    for pair in (stage.pair.id, second):
        await stage.write(lambda r, one=pair: start_check_ins(r, r.pairs.get(one), stage.clock.now()))  # type: ignore[misc]  # bound at once
    stage.clock.move(days=2)
    await tick(stage.deps)
    found = await stage.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN, day=date(2026, 11, 24)))
    return {occurrence.pair_id: occurrence.id for occurrence in found}


async def check_in(stage: Stage, occurrence: OccurrenceId, key: str, **said: object) -> None:
    me = stage.mentee
    command = replace(AnswerCheckIn(occurrence), **said)  # type: ignore[arg-type]  # any field
    await answer_check_in(stage.deps, stage.viewer(me), me.id, command, key=key)


async def test_an_agenda_is_of_one_pair_and_each_thing_on_it_is_taken_off_alone(
    stage: Stage, second: PairId
) -> None:
    tried, asked = (
        await tries(stage, "ask first", stage.pair.id),
        await asks(stage, "They wait", stage.pair.id),
    )
    other = await asks(stage, "They talk", second)
    assert int(tried) == int(asked)  # the same number means two things
    await bring(stage, tried)
    for ask in (asked, other):
        await discuss(stage, ask)

    await discuss(stage, asked, wanted=False)

    assert await agenda(stage, stage.pair.id) == [(AgendaSource.EXPERIMENT, tried)]
    assert await agenda(stage, second) == [(AgendaSource.ASK, other)]
    me = stage.mentee
    form = await open_talked_form(stage.deps, stage.viewer(me), me.id)
    assert form.pairs == (
        (second, ("Ada",), ("They talk",)),
        (stage.pair.id, ("Mira",), ("ask first",)),
    )


async def test_a_talk_closes_the_agenda_and_the_round_of_its_own_pair(stage: Stage, second: PairId) -> None:
    asked = {pair: await asks(stage, f"in {pair}", pair) for pair in (stage.pair.id, second)}
    for ask in asked.values():
        await discuss(stage, ask)
    occurrences = await rounds(stage, second)
    ada = stage.admin

    await tell_session(stage.deps, stage.viewer(ada), ada.id, TellSession(second, "Ask first"), key="talk")

    assert await agenda(stage, second) == []
    assert await agenda(stage, stage.pair.id) == [(AgendaSource.ASK, asked[stage.pair.id])]
    states = {
        pair: (await stage.read(lambda r, one=id_: r.occurrences.get(one))).state  # type: ignore[misc]  # bound at once
        for pair, id_ in occurrences.items()
    }
    assert states == {stage.pair.id: OccurrenceState.OPEN, second: OccurrenceState.ANSWERED}


async def test_a_brief_is_about_one_pair(stage: Stage, second: PairId) -> None:
    for name, pair in (("Mira's", stage.pair.id), ("Ada's", second)):
        await wants(stage, f"{name} goal", pair)
        tried = await tries(stage, f"{name} try", pair)
        await results.tapped(stage, tried)
        await results.tell(stage, tried, f"{name} result", next_step=NextStep.DROP)
        await tries(stage, f"{name} next try", pair)
        await discuss(stage, await asks(stage, f"{name} ask", pair))
    for pair, occurrence in (await rounds(stage, second)).items():
        name = "Ada's" if pair == second else "Mira's"
        await check_in(stage, occurrence, name, went_well=f"{name} week")

    for mentor, name in ((stage.mentor, "Mira's"), (stage.admin, "Ada's")):
        shown = await brief(stage, mentor)
        assert shown.goal is not None
        assert shown.told is not None
        assert shown.check_in is not None
        assert (shown.goal.text, shown.told.result.what_happened) == (f"{name} goal", f"{name} result")
        assert [one.behaviour for one in shown.open_now] == [f"{name} next try"]
        assert (shown.check_in.went_well, shown.agenda) == (f"{name} week", (f"{name} ask",))


async def test_a_brief_tells_the_newest_that_was_told_and_said(stage: Stage) -> None:
    for text in ("first", "second"):
        tried = await tries(stage, text, stage.pair.id)
        await results.tapped(stage, tried)
        await results.tell(stage, tried, f"{text} result")
    await results.tapped(stage, await tries(stage, "only tapped", stage.pair.id))

    told = (await brief(stage, stage.mentor)).told

    assert told is not None
    assert (told.result.what_happened, told.experiment.behaviour) == ("second result", "second")


async def test_a_check_in_lists_the_steps_and_cards_of_its_own_pair(stage: Stage, second: PairId) -> None:
    await tries(stage, "Mira's try", stage.pair.id)
    await tries(stage, "Ada's try", second)
    occurrences = await rounds(stage, second)
    for pair, occurrence in occurrences.items():
        await check_in(stage, occurrence, f"{pair}", next_step=f"step in {pair}")
    stage.clock.move(days=7)
    await tick(stage.deps)
    later = await stage.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN, day=date(2026, 12, 1)))
    me, viewer = stage.mentee, stage.viewer(stage.mentee)

    for round_ in later:
        form = await open_check_in_form(stage.deps, viewer, me.id, round_.id)
        assert [step.text for step in form.commitments] == [f"step in {round_.pair_id}"]
        card = await stage.read(lambda r, one=round_.id: load_ask(r, one, me.id), me)  # type: ignore[misc]  # bound at once
        own = "Ada's try" if round_.pair_id == second else "Mira's try"
        assert [one.behaviour for one in card.cards] == [own]
        assert card.mentors == form.mentors == (("Ada",) if round_.pair_id == second else ("Mira",))
    (foreign,) = [step for step in await stage.read(lambda r: r.commitments.find()) if step.pair_id == second]
    mine = next(one.id for one in later if one.pair_id == stage.pair.id)
    await check_in(stage, mine, "foreign", went_well="Much", fates={foreign.id: Fate.DONE})
    assert await stage.read(lambda r: r.commitments.get(foreign.id)) == foreign


async def test_goals_and_experiments_are_offered_in_their_own_pair(stage: Stage, second: PairId) -> None:
    await wants(stage, "Mira's goal", stage.pair.id)
    await wants(stage, "Ada's goal", second)
    await tries(stage, "Mira's try", stage.pair.id)
    me, viewer = stage.mentee, stage.viewer(stage.mentee)

    for pair, goal, tried in ((stage.pair.id, "Mira's goal", ["Mira's try"]), (second, "Ada's goal", [])):
        form = await open_experiment_form(stage.deps, viewer, me.id, pair_id=pair)
        assert [one.text for one in form.goals] == [goal]
        assert [one.behaviour for one in form.open_now] == tried
    listed = await list_open_goals(stage.deps, viewer, me.id)
    assert [(card.goal.text, card.mentors) for card in listed.cards] == [
        ("Ada's goal", ("Ada",)),
        ("Mira's goal", ("Mira",)),
    ]
    unlooked = await stage.read(lambda r: r.experiments.find(pair_id=stage.pair.id))
    (goal_id,) = {one.goal_id for one in unlooked}
    assert goal_id is not None
    assert (await stage.read(lambda r: r.goals.get(goal_id))).text == "Mira's goal"


async def test_two_experiments_keep_their_own_hints_numbers_evidence_and_questions(stage: Stage) -> None:
    one, two = [await tries(stage, text, stage.pair.id) for text in ("one", "two")]
    me, mira = stage.mentee, stage.mentor
    await add_hint(stage.deps, stage.viewer(mira), mira.id, one, "breathe", key="hint")
    sign = Indicator(stage.workspace.id, stage.pair.id, one, "Pause", "s")
    kept = await stage.write(lambda r: r.indicators.insert(sign))
    quoted = SaveEvidence("They spoke", stage.pair.id, one)
    await save_evidence(stage.deps, stage.viewer(me), me.id, quoted, key="evidence")
    await bring(stage, one)

    cards = [await stage.read(lambda r, it=it: load_card(r, it, me.id), me) for it in (one, two)]  # type: ignore[misc]  # bound at once

    assert [[hint.text for hint in card.hints] for card in cards] == [["breathe"], []]
    assert [[number.name for number in card.indicators] for card in cards] == [["Pause"], []]
    assert [(card.evidence, card.on_agenda) for card in cards] == [(1, True), (0, False)]
    listed = await list_evidence(stage.deps, stage.viewer(mira), mira.id, two)
    assert listed.pieces == ()
    for experiment in (one, two):
        await results.tapped(stage, experiment)
    told = TellResult(one, "They spoke", NextStep.DROP, {kept.id: Decimal(3)})
    await results.tell(stage, one, readings=told.readings, next_step=NextStep.DROP)
    form = await open_result_form(stage.deps, stage.viewer(me), me.id, two)
    assert (form.changes, form.result.what_happened) == ((), "")


async def test_letting_one_go_leaves_the_questions_about_the_other(stage: Stage) -> None:
    one, two = [await tries(stage, text, stage.pair.id) for text in ("one", "two")]
    me = stage.mentee

    await drop_experiment(stage.deps, stage.viewer(me), me.id, one, key="drop")

    left = await stage.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    asked = await stage.read(lambda r: r.occurrences.find(id=[nudge.occurrence_id for nudge in left]))
    assert [(occurrence.ritual, occurrence.source_id) for occurrence in asked] == [(Ritual.FOLLOW_UP, two)]


async def test_home_tells_what_is_mine_apart_from_what_i_mentor(stage: Stage, second: PairId) -> None:
    await wants(stage, "Tom's goal", stage.pair.id)
    await tries(stage, "Tom's try", stage.pair.id)
    await asks(stage, "They wait", second)
    tom, mira, ada = [
        await see_home(stage.deps, stage.viewer(one), one.id)
        for one in (stage.mentee, stage.mentor, stage.admin)
    ]

    assert [one.behaviour for one in tom.experiments] == ["Tom's try"]
    assert [goal.text for goal in tom.goals] == ["Tom's goal"]
    assert ([place.pair.id for place in tom.learning], tom.mentoring) == ([stage.pair.id, second], ())
    assert (mira.experiments, mira.goals, mira.learning) == ((), (), ())
    (line,) = mira.mentoring
    assert line.experiment is not None
    assert (line.experiment.behaviour, line.ask) == ("Tom's try", None)
    (line,) = ada.mentoring
    assert (line.experiment, line.ask is not None) == (None, True)


async def test_a_goal_that_was_reached_is_no_open_goal(stage: Stage) -> None:
    await wants(stage, "old", stage.pair.id)
    await stage.write(lambda r: r.goals.update(replace(r.goals.find()[0], state=GoalState.REACHED)))

    assert (await brief(stage, stage.mentor)).goal is None
    me = stage.mentee
    assert (await list_open_goals(stage.deps, stage.viewer(me), me.id)).cards == ()


async def test_what_a_mentor_answers_in_one_pair_leaves_the_other_waiting(
    stage: Stage, second: PairId
) -> None:
    first, other = await asks(stage, "They wait", stage.pair.id), await asks(stage, "They talk", second)
    mira = stage.mentor

    await answer_ask(stage.deps, stage.viewer(mira), mira.id, first, AnswerKind.STORY, "I waited", key="a")

    assert (await brief(stage, mira)).waiting_ask is None
    assert (await brief(stage, stage.admin)).waiting_ask == other


async def test_without_a_choice_the_round_that_has_waited_longest_is_answered_first(
    stage: Stage, second: PairId
) -> None:
    me, viewer = stage.mentee, stage.viewer(stage.mentee)
    occurrences = await rounds(stage, second)
    await check_in(stage, occurrences[stage.pair.id], "mine", went_well="Much")

    waits = await open_check_in_form(stage.deps, viewer, me.id)
    assert waits.occurrence.id == occurrences[second]

    await check_in(stage, occurrences[second], "second", went_well="Much")
    assert (await open_check_in_form(stage.deps, viewer, me.id)).occurrence.pair_id == second


async def test_a_question_lists_what_ends_first_and_nothing_that_is_over(stage: Stage) -> None:
    me, viewer = stage.mentee, stage.viewer(stage.mentee)
    late = await tries(stage, "late", stage.pair.id)
    command = Commit("soon", "I lead", date(2026, 11, 25), pair_id=stage.pair.id)
    await commit_to_experiment(stage.deps, viewer, me.id, command, key="soon")
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    (occurrence,) = await stage.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN))

    card = await stage.read(lambda r: load_ask(r, occurrence.id, me.id), me)
    assert [(one.behaviour, one.days_left) for one in card.cards] == [("soon", 1), ("late", 26)]

    await drop_experiment(stage.deps, viewer, me.id, late, key="drop")
    card = await stage.read(lambda r: load_ask(r, occurrence.id, me.id), me)
    assert [one.behaviour for one in card.cards] == ["soon"]


async def test_each_reads_the_packs_question_in_their_own_language(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(r.members.get(stage.mentor.id), locale="de-DE")))
    pack = pack_of(stage.cohort.pack)
    question = question_for(pack, [], "en")
    german = question_for(pack, [], "de")
    assert question
    assert german
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    (occurrence,) = await stage.read(lambda r: r.occurrences.find(ritual=Ritual.CHECK_IN))
    await check_in(stage, occurrence.id, "a", question=question.id, question_answer="Lena")
    (answered,) = await stage.read(lambda r: r.check_ins.find())

    hers = await stage.read(lambda r: load_check_in(r, answered.id, stage.mentor.id), stage.mentor)
    his = await stage.read(lambda r: load_ask(r, occurrence.id, stage.mentee.id), stage.mentee)

    assert his.answer is not None
    assert question.text != german.text
    assert (hers.answer.question, his.answer.question) == (german.text, question.text)
