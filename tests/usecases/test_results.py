"""Telling how it went, and answering it, on a real database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.entries import EntryKind
from bot.domain.errors import AlreadySettled, ChoiceMissing, NotAllowed, NotFound, TextMissing, TextTooLong
from bot.domain.experiments import Experiment, ExperimentState, Indicator
from bot.domain.ids import ExperimentId, MemberId, ResultId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, Ritual
from bot.domain.results import Adherence, Grade, NextStep, Result
from bot.domain.texts import STORY_LIMIT
from bot.usecases import responses, results
from bot.usecases.dispatch import dispatch
from bot.usecases.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.responses import Respond, open_response_form, respond, will_answer
from bot.usecases.results import TellResult, let_go, open_result_form, questions, tap, tell_result
from tests.usecases.conftest import Stage

FRIDAY = date(2026, 11, 27)


async def a_try(stage: Stage, parent: ExperimentId | None = None, text: str = "ask first") -> ExperimentId:
    command = Commit(text, "I lead", FRIDAY, parent_id=parent)
    return await commit_to_experiment(
        stage.deps, stage.viewer(stage.mentee), stage.mentee.id, command, key=f"try:{text}"
    )


async def tapped(stage: Stage, experiment: ExperimentId, how: Adherence = Adherence.DID) -> ResultId:
    me = stage.mentee
    key = f"tap:{experiment}:{how}"
    return await tap(stage.deps, stage.viewer(me), me.id, experiment, how, key=key)


async def tell(
    stage: Stage, experiment: ExperimentId, what: str = "They spoke", *, key: str = "", **more: object
) -> ResultId:
    command = replace(TellResult(experiment, what, NextStep.ADOPT, {}), **more)  # type: ignore[arg-type]  # any field
    me = stage.mentee
    return await tell_result(
        stage.deps, stage.viewer(me), me.id, command, key=key or f"tell:{experiment}:{what}"
    )


async def told(stage: Stage) -> ResultId:
    experiment = await a_try(stage)
    await tapped(stage, experiment)
    return await tell(stage, experiment)


async def result(stage: Stage, result_id: ResultId) -> Result:
    return await stage.read(lambda r: r.results.get(result_id))


async def the(stage: Stage, experiment: ExperimentId) -> Experiment:
    return await stage.read(lambda r: r.experiments.get(experiment))


async def leave(stage: Stage, member: Member) -> None:
    """This member is in the pair no more."""
    places = await stage.read(lambda r: r.pair_members.find(pair_id=stage.pair.id, member_id=member.id))
    left = replace(places[0], left_at=stage.clock.now())
    await stage.write(lambda r: r.pair_members.update(left))


async def test_the_tap_is_kept_at_once_and_closes_nothing(stage: Stage) -> None:
    experiment = await a_try(stage)

    kept = await result(stage, await tapped(stage, experiment, Adherence.PARTLY))

    assert (kept.adherence, kept.told_at) == (Adherence.PARTLY, None)
    assert (await the(stage, experiment)).state is ExperimentState.OPEN
    assert results.CARD not in await stage.told(stage.mentor)


async def test_a_second_tap_changes_the_one_result(stage: Stage) -> None:
    experiment = await a_try(stage)
    first = await tapped(stage, experiment)

    second = await tapped(stage, experiment, Adherence.DIDNT)

    assert first == second
    assert (await result(stage, first)).adherence is Adherence.DIDNT


async def test_after_it_was_told_a_tap_changes_nothing(stage: Stage) -> None:
    kept = await told(stage)

    with pytest.raises(AlreadySettled):
        await tapped(stage, (await result(stage, kept)).experiment_id, Adherence.DIDNT)
    assert (await result(stage, kept)).adherence is Adherence.DID


async def test_telling_closes_the_experiment_stops_its_questions_and_shows_it_to_both(stage: Stage) -> None:
    kept = await result(stage, await told(stage))

    assert (await the(stage, kept.experiment_id)).state is ExperimentState.DONE
    for member in (stage.mentee, stage.mentor):
        assert (await stage.told(member)).count(results.CARD) == 1
    nudges = await stage.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    occurrences = await stage.read(
        lambda r: r.occurrences.find(ritual=Ritual.FOLLOW_UP, source_id=kept.experiment_id)
    )
    assert not {o.id for o in occurrences} & {n.occurrence_id for n in nudges}
    (entry,) = await stage.read(lambda r: r.entries.find(kind=EntryKind.RESULT))
    assert (entry.access, entry.body) == (f"p{stage.pair.id}", "They spoke")


async def test_the_same_form_twice_is_one_result(stage: Stage) -> None:
    experiment = await a_try(stage)
    await tapped(stage, experiment)

    first = await tell(stage, experiment, key="view:1")
    assert await tell(stage, experiment, "Something else", key="view:1") == first

    assert (await result(stage, first)).what_happened == "They spoke"


async def test_a_change_afterwards_keeps_the_moment_and_updates_the_posted_cards(stage: Stage) -> None:
    kept = await told(stage)
    await dispatch(stage.deps)
    before = await result(stage, kept)
    stage.clock.move(hours=1)

    await tell(stage, before.experiment_id, "They spoke twice")
    await dispatch(stage.deps)

    assert (await result(stage, kept)).told_at == before.told_at
    cards = [post.content for post in stage.messenger.updates if isinstance(post.content, results.ResultCard)]
    assert {card.result.what_happened for card in cards} == {"They spoke twice"}
    assert {card.mine for card in cards} == {True, False}
    assert (await stage.told(stage.mentor)).count(results.CARD) == 1


async def test_readings_are_kept_changed_and_taken_back(stage: Stage) -> None:
    experiment = await a_try(stage)
    sign = await stage.write(
        lambda r: r.indicators.insert(
            Indicator(stage.workspace.id, stage.pair.id, experiment, "Pause", "s", Decimal(1), Decimal(3))
        )
    )
    await tapped(stage, experiment)

    for number, readings in enumerate([{sign.id: Decimal(2)}, {sign.id: Decimal(3)}, {}]):
        await tell(stage, experiment, readings=readings, key=f"tell:{number}")
        found = await stage.read(lambda r: r.readings.find())
        assert [reading.value for reading in found] == list(readings.values())


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"what_happened": "  "}, TextMissing, "what_happened"),
        ({"what_happened": "x" * (STORY_LIMIT + 1)}, TextTooLong, "what_happened"),
        ({"why": "x" * (STORY_LIMIT + 1)}, TextTooLong, "why"),
        ({"next_step": None}, ChoiceMissing, "next_step"),
    ],
)
async def test_a_form_that_cannot_be_kept_changes_nothing_and_names_its_field(
    stage: Stage, change: dict[str, object], error: type[TextMissing], field: str
) -> None:
    experiment = await a_try(stage)
    await tapped(stage, experiment)

    with pytest.raises(error) as refused:
        await tell(stage, experiment, key="k", **change)  # type: ignore[arg-type]  # any field

    assert refused.value.field == field
    assert (await the(stage, experiment)).state is ExperimentState.OPEN


async def test_a_thread_of_two_rounds_is_seen_again(stage: Stage) -> None:
    first = await a_try(stage)
    await tapped(stage, first)
    await tell(stage, first, next_step=NextStep.REFRAME)
    second = await a_try(stage, parent=first, text="wait first")
    await tapped(stage, second)

    kept = await tell(stage, second, "Again")

    assert (await result(stage, kept)).grade is Grade.REPEATED


async def test_letting_go_after_didnt_needs_no_word(stage: Stage) -> None:
    experiment = await a_try(stage)
    await tapped(stage, experiment, Adherence.DIDNT)
    me = stage.mentee

    kept = await let_go(stage.deps, stage.viewer(me), me.id, experiment, key="go")

    assert (await result(stage, kept)).next_step is NextStep.DROP
    assert (await the(stage, experiment)).state is ExperimentState.DONE
    assert await questions(stage.deps, stage.viewer(me), me.id) == []


async def test_what_was_let_go_and_happened_all_the_same_can_be_told(stage: Stage) -> None:
    experiment = await a_try(stage)
    me = stage.mentee
    await drop_experiment(stage.deps, stage.viewer(me), me.id, experiment, key="drop")

    await tapped(stage, experiment)
    await tell(stage, experiment)

    assert (await the(stage, experiment)).state is ExperimentState.DONE


async def test_only_the_one_who_tried_tells_it(stage: Stage) -> None:
    experiment = await a_try(stage)
    mentor, admin = stage.mentor, stage.admin

    with pytest.raises(NotAllowed):
        await tap(stage.deps, stage.viewer(mentor), mentor.id, experiment, Adherence.DID, key="1")
    with pytest.raises(NotFound):
        await tap(stage.deps, stage.viewer(admin), admin.id, experiment, Adherence.DID, key="2")
    with pytest.raises(NotFound):
        await open_result_form(stage.deps, stage.viewer(admin), admin.id, experiment)


async def test_the_mentor_answers_and_the_mentee_is_told_at_once(stage: Stage) -> None:
    kept = await told(stage)
    mentor = stage.mentor
    command = Respond(kept, "You waited", question="What next?")

    for _ in range(2):
        await respond(stage.deps, stage.viewer(mentor), mentor.id, command, key="once")
    await dispatch(stage.deps)

    assert (await stage.told(stage.mentee)).count(responses.CARD) == 1
    (card,) = [c for c in stage.messenger.said_to("UTOM") if isinstance(c, responses.ResponseCard)]
    assert (card.mentor, card.response.line, card.behaviour) == ("Mira", "You waited", "ask first")


@pytest.mark.parametrize(("line", "error"), [("", TextMissing), ("x" * 301, TextTooLong)])
async def test_a_response_needs_its_one_line(stage: Stage, line: str, error: type[TextMissing]) -> None:
    kept = await told(stage)
    mentor = stage.mentor

    with pytest.raises(error) as refused:
        await respond(stage.deps, stage.viewer(mentor), mentor.id, Respond(kept, line), key="k")
    assert refused.value.field == "line"


async def test_seen_is_told_once_however_often_it_is_pressed(stage: Stage) -> None:
    kept = await told(stage)
    mentor = stage.mentor

    for key in ("1", "2"):
        await will_answer(stage.deps, stage.viewer(mentor), mentor.id, kept, key=key)

    assert (await stage.told(stage.mentee)).count(responses.SEEN) == 1
    (seen,) = await stage.read(lambda r: r.seen.find())
    assert seen.answer_by == date(2026, 11, 25)


async def test_only_the_mentor_answers_and_only_what_was_told(stage: Stage) -> None:
    experiment = await a_try(stage)
    kept = await tapped(stage, experiment)

    async def opened_by(member: Member) -> None:
        await open_response_form(stage.deps, stage.viewer(member), member.id, kept)

    with pytest.raises(NotFound):
        await opened_by(stage.mentor)
    await tell(stage, experiment)
    await opened_by(stage.mentor)
    with pytest.raises(NotAllowed):
        await opened_by(stage.mentee)
    with pytest.raises(NotFound):
        await opened_by(stage.admin)


async def test_a_former_mentors_words_stay_and_they_see_nothing_new(stage: Stage) -> None:
    kept = await told(stage)
    mentor = stage.mentor
    await respond(stage.deps, stage.viewer(mentor), mentor.id, Respond(kept, "You waited"), key="r")
    await leave(stage, mentor)

    card = await stage.read(lambda r: results.load_card(r, kept, stage.mentee.id), stage.mentee)
    assert [(name, response.line) for name, response in card.responses] == [("Mira", "You waited")]
    response = card.responses[0][1].id
    loaded = await stage.read(lambda r: responses.load_response(r, response, stage.mentee.id), stage.mentee)
    assert loaded.mentor == "Mira"
    with pytest.raises(NotFound):
        await stage.read(lambda r: results.load_card(r, kept, MemberId(mentor.id)), mentor)


async def test_an_answer_day_is_the_mentors_own_day(stage: Stage) -> None:
    stage.clock.moment += timedelta(hours=15, minutes=30)  # 23:30 UTC on Monday is Tuesday in Berlin
    kept = await told(stage)

    card = await stage.read(lambda r: results.load_card(r, kept, stage.mentor.id), stage.mentor)

    assert card.answer_by == date(2026, 11, 26)
