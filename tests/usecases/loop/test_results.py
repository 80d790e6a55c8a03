"""Telling how it went, and answering it, on a real database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.errors import AlreadySettled, ChoiceMissing, NotAllowed, NotFound, TextMissing, TextTooLong
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import ExperimentId, ResultId
from bot.domain.indicators import Indicator
from bot.domain.members import Member
from bot.domain.nudges import NudgeState, Ritual
from bot.domain.results import Adherence, Grade, NextStep, Result
from bot.domain.stored import EntryKind
from bot.domain.texts import STORY_LIMIT
from bot.domain.wins import Win
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import responses, results
from bot.usecases.loop.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.loop.responses import Respond, open_response_form, respond, will_answer
from bot.usecases.loop.results import TellResult, let_go, open_result_form, questions, tap, tell_result
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

FRIDAY = date(2026, 11, 27)


async def a_try(setup: Setup, parent: ExperimentId | None = None, text: str = "ask first") -> ExperimentId:
    command = Commit({"behaviour": text, "situation": "I lead", "until": FRIDAY}, parent_id=parent)
    return await write_as(
        setup.deps, setup.viewer(setup.mentee), commit_to_experiment, command, key=f"try:{text}"
    )


async def tapped(setup: Setup, experiment: ExperimentId, how: Adherence = Adherence.DID) -> ResultId:
    me = setup.mentee
    key = f"tap:{experiment}:{how}"
    return await write_as(setup.deps, setup.viewer(me), tap, experiment, how, key=key)


async def enqueue_post(
    setup: Setup, experiment: ExperimentId, what: str = "They spoke", *, key: str = "", **more: object
) -> ResultId:
    command = showing(
        TellResult(experiment, {"what_happened": what, "next_step": NextStep.ADOPT}, readings={}), **more
    )
    me = setup.mentee
    return await write_as(
        setup.deps, setup.viewer(me), tell_result, command, key=key or f"tell:{experiment}:{what}"
    )


async def told(setup: Setup) -> ResultId:
    experiment = await a_try(setup)
    await tapped(setup, experiment)
    return await enqueue_post(setup, experiment)


async def result(setup: Setup, result_id: ResultId) -> Result:
    return await setup.read(lambda r: r.results.get(result_id))


async def the(setup: Setup, experiment: ExperimentId) -> Experiment:
    return await setup.read(lambda r: r.experiments.get(experiment))


async def leave(setup: Setup, member: Member) -> None:
    """This member is in the pair no more."""
    memberships = await setup.read(lambda r: r.memberships.find(pair_id=setup.pair.id, member_id=member.id))
    left = replace(memberships[0], left_at=setup.clock.now())
    await setup.write(lambda r: r.memberships.update(left))


async def test_the_tap_is_kept_at_once_and_closes_nothing(setup: Setup) -> None:
    experiment = await a_try(setup)

    kept = await result(setup, await tapped(setup, experiment, Adherence.PARTLY))

    assert (kept.adherence, kept.told_at) == (Adherence.PARTLY, None)
    assert (await the(setup, experiment)).state is ExperimentState.OPEN
    assert results.CARD not in await setup.told(setup.mentor)


async def test_a_second_tap_changes_the_one_result(setup: Setup) -> None:
    experiment = await a_try(setup)
    first = await tapped(setup, experiment)

    second = await tapped(setup, experiment, Adherence.DIDNT)

    assert first == second
    assert (await result(setup, first)).adherence is Adherence.DIDNT


async def test_after_it_was_told_a_tap_changes_nothing(setup: Setup) -> None:
    kept = await told(setup)

    with pytest.raises(AlreadySettled):
        await tapped(setup, (await result(setup, kept)).experiment_id, Adherence.DIDNT)
    assert (await result(setup, kept)).adherence is Adherence.DID


async def test_telling_closes_the_experiment_stops_its_questions_and_shows_it_to_both(setup: Setup) -> None:
    kept = await result(setup, await told(setup))

    assert (await the(setup, kept.experiment_id)).state is ExperimentState.DONE
    for member in (setup.mentee, setup.mentor):
        assert (await setup.told(member)).count(results.CARD) == 1
    nudges = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    occurrences = await setup.read(
        lambda r: r.occurrences.find(ritual=Ritual.FOLLOW_UP, source_id=kept.experiment_id)
    )
    assert not {o.id for o in occurrences} & {n.occurrence_id for n in nudges}
    (entry,) = await setup.read(lambda r: r.entries.find(kind=EntryKind.RESULT))
    assert (entry.access, entry.body) == (f"p{setup.pair.id}", "They spoke")


async def test_the_same_form_twice_is_one_result(setup: Setup) -> None:
    experiment = await a_try(setup)
    await tapped(setup, experiment)

    first = await enqueue_post(setup, experiment, key="view:1")
    assert await enqueue_post(setup, experiment, "Something else", key="view:1") == first

    assert (await result(setup, first)).what_happened == "They spoke"


async def test_a_change_afterwards_keeps_the_moment_and_updates_the_posted_cards(setup: Setup) -> None:
    kept = await told(setup)
    await dispatch(setup.deps)
    before = await result(setup, kept)
    setup.clock.move(hours=1)

    await enqueue_post(setup, before.experiment_id, "They spoke twice")
    await dispatch(setup.deps)

    assert (await result(setup, kept)).told_at == before.told_at
    cards = [post.content for post in setup.messenger.updates if isinstance(post.content, results.ResultCard)]
    assert {card.result.what_happened for card in cards} == {"They spoke twice"}
    assert {card.mine for card in cards} == {True, False}
    assert (await setup.told(setup.mentor)).count(results.CARD) == 1


async def test_readings_are_kept_changed_and_taken_back(setup: Setup) -> None:
    experiment = await a_try(setup)
    sign = await setup.write(
        lambda r: r.indicators.insert(
            Indicator(setup.workspace.id, setup.pair.id, experiment, "Pause", "s", Decimal(1), Decimal(3))
        )
    )
    await tapped(setup, experiment)

    for number, readings in enumerate([{sign.id: Decimal(2)}, {sign.id: Decimal(3)}, {}]):
        await enqueue_post(setup, experiment, readings=readings, key=f"tell:{number}")
        found = await setup.read(lambda r: r.readings.find())
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
    setup: Setup, change: dict[str, object], error: type[TextMissing], field: str
) -> None:
    experiment = await a_try(setup)
    await tapped(setup, experiment)

    with pytest.raises(error) as refused:
        await enqueue_post(setup, experiment, key="k", **change)  # type: ignore[arg-type]  # any field

    assert refused.value.field == field
    assert (await the(setup, experiment)).state is ExperimentState.OPEN


async def test_a_thread_of_two_rounds_is_seen_again(setup: Setup) -> None:
    first = await a_try(setup)
    await tapped(setup, first)
    await enqueue_post(setup, first, next_step=NextStep.REFRAME)
    second = await a_try(setup, parent=first, text="wait first")
    await tapped(setup, second)

    kept = await enqueue_post(setup, second, "Again")

    assert (await result(setup, kept)).grade is Grade.REPEATED


async def test_letting_go_after_didnt_needs_no_word(setup: Setup) -> None:
    experiment = await a_try(setup)
    await tapped(setup, experiment, Adherence.DIDNT)
    me = setup.mentee

    kept = await write_as(setup.deps, setup.viewer(me), let_go, experiment, key="go")

    assert (await result(setup, kept)).next_step is NextStep.DROP
    assert (await the(setup, experiment)).state is ExperimentState.DONE
    assert await read_as(setup.deps, setup.viewer(me), questions) == []


async def test_what_was_let_go_and_happened_all_the_same_can_be_told(setup: Setup) -> None:
    experiment = await a_try(setup)
    me = setup.mentee
    await write_as(setup.deps, setup.viewer(me), drop_experiment, experiment, key="drop")

    await tapped(setup, experiment)
    await enqueue_post(setup, experiment)

    assert (await the(setup, experiment)).state is ExperimentState.DONE


async def test_only_the_one_who_tried_tells_it(setup: Setup) -> None:
    experiment = await a_try(setup)
    mentor, admin = setup.mentor, setup.admin

    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(mentor), tap, experiment, Adherence.DID, key="1")
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(admin), tap, experiment, Adherence.DID, key="2")
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(admin), open_result_form, experiment)


async def test_the_mentor_answers_and_the_mentee_is_told_at_once(setup: Setup) -> None:
    kept = await told(setup)
    mentor = setup.mentor
    command = Respond(kept, {"line": "You waited", "question": "What next?"})

    for _ in range(2):
        await write_as(setup.deps, setup.viewer(mentor), respond, command, key="once")
    await dispatch(setup.deps)

    assert (await setup.told(setup.mentee)).count(responses.CARD) == 1
    (card,) = [c for c in setup.messenger.said_to("UTOM") if isinstance(c, responses.ResponseCard)]
    assert (card.mentor, card.response.line, card.behaviour) == ("Mira", "You waited", "ask first")


@pytest.mark.parametrize(("line", "error"), [("", TextMissing), ("x" * 301, TextTooLong)])
async def test_a_response_needs_its_one_line(setup: Setup, line: str, error: type[TextMissing]) -> None:
    kept = await told(setup)
    mentor = setup.mentor

    with pytest.raises(error) as refused:
        await write_as(setup.deps, setup.viewer(mentor), respond, Respond(kept, {"line": line}), key="k")
    assert refused.value.field == "line"


async def test_seen_is_told_once_however_often_it_is_pressed(setup: Setup) -> None:
    kept = await told(setup)
    mentor = setup.mentor

    for key in ("1", "2"):
        await write_as(setup.deps, setup.viewer(mentor), will_answer, kept, key=key)

    assert (await setup.told(setup.mentee)).count(responses.SEEN) == 1
    (seen,) = await setup.read(lambda r: r.seen.find())
    assert seen.answer_by == date(2026, 11, 25)


async def test_only_the_mentor_answers_and_only_what_was_told(setup: Setup) -> None:
    experiment = await a_try(setup)
    kept = await tapped(setup, experiment)

    async def opened_by(member: Member) -> None:
        await read_as(setup.deps, setup.viewer(member), open_response_form, kept)

    with pytest.raises(NotFound):
        await opened_by(setup.mentor)
    await enqueue_post(setup, experiment)
    await opened_by(setup.mentor)
    with pytest.raises(NotAllowed):
        await opened_by(setup.mentee)
    with pytest.raises(NotFound):
        await opened_by(setup.admin)


async def test_a_former_mentors_words_stay_and_they_see_nothing_new(setup: Setup) -> None:
    kept = await told(setup)
    mentor = setup.mentor
    await write_as(setup.deps, setup.viewer(mentor), respond, Respond(kept, {"line": "You waited"}), key="r")
    await leave(setup, mentor)

    card = await setup.read(lambda r: results.load_result_card(r, kept), setup.mentee)
    assert [(name, response.line) for name, response in card.responses] == [("Mira", "You waited")]
    response = card.responses[0][1].id
    loaded = await setup.read(lambda r: responses.load_response(r, response), setup.mentee)
    assert loaded.mentor == "Mira"
    with pytest.raises(NotFound):
        await setup.read(lambda r: results.load_result_card(r, kept), mentor)


async def test_an_answer_day_is_the_mentors_own_day(setup: Setup) -> None:
    setup.clock.moment += timedelta(hours=15, minutes=30)  # 23:30 UTC on Monday is Tuesday in Berlin
    kept = await told(setup)

    card = await setup.read(lambda r: results.load_result_card(r, kept), setup.mentor)

    assert card.answer_by == date(2026, 11, 26)


async def test_the_first_round_is_a_win_on_ones_own_card_and_not_on_the_mentors(setup: Setup) -> None:
    id_ = await told(setup)

    mine = await setup.read(lambda r: results.load_result_card(r, id_), setup.mentee)
    theirs = await setup.read(lambda r: results.load_result_card(r, id_), setup.mentor)
    assert (mine.win, theirs.win) == (Win.FIRST_LOOP, None)
