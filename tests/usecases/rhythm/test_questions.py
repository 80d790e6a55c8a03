"""A cohort's questions: its lead turns them off and adds own ones; what was asked stays as it was read."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.cohorts import CohortState
from bot.domain.errors import CohortNotRunning, NotAllowed, NotFound, TextMissing, TextTooLong
from bot.domain.ids import CohortId
from bot.domain.packs import AskedIn
from bot.domain.pairs import Role
from bot.domain.questions import QuestionGone, QuestionLanguage, QuestionThere, TooFewQuestions
from bot.packs import all_packs
from bot.ports import Tx
from bot.usecases.rhythm.checkin_cards import question_text
from bot.usecases.rhythm.questions import (
    KeepQuestion,
    brief_questions,
    check_in_questions,
    drop_question,
    keep_question,
    open_question,
    open_question_form,
    question_asked,
    see_questions,
    turn_off,
    turn_on,
)
from tests.usecases.conftest import Setup
from tests.usecases.rhythm import test_checkins

asked = test_checkins.asked
WORDS = "What would Grace say?"
CLASSIC = [f"classic.{one.id}" for one in all_packs()["classic"].questions["en"]]


async def keep(setup: Setup, question: int | None = None, **shown: Any) -> str:
    """Kept by the lead; the key of the newest."""
    command = KeepQuestion(setup.cohort.id, question, {"text": WORDS, **shown})
    await setup.write(lambda tx: keep_question(tx, command), setup.admin)
    return (await setup.read(lambda tx: tx.cohort_questions.find(order="-id")))[0].key


async def off(setup: Setup, key: str) -> None:
    await setup.write(lambda tx: turn_off(tx, setup.cohort.id, key), setup.admin)


async def ids(setup: Setup, role: Role = Role.MENTEE, language: str = "en") -> list[str]:
    found = await setup.read(lambda tx: check_in_questions(tx, setup.cohort.id, role, language))
    return [one.id for one in found]


async def test_what_the_lead_adds_is_asked_first_and_what_is_off_no_more(setup: Setup) -> None:
    key = await keep(setup)
    await off(setup, "classic.proud")

    assert (await ids(setup))[:2] == [key, "surprise"]
    await setup.write(lambda tx: turn_on(tx, setup.cohort.id, "classic.proud"), setup.admin)
    assert (await ids(setup))[:2] == [key, "proud"]


async def test_one_for_mentors_stands_in_their_brief_and_in_no_check_in(setup: Setup) -> None:
    key = await keep(setup, asked_in=AskedIn.BRIEF)

    found = await setup.read(lambda tx: brief_questions(tx, setup.cohort.id, None, "de")[0])
    assert (found[0].id, found[0].text) == (key, WORDS)
    assert key not in await ids(setup)


async def test_turned_off_twice_by_two_leads_one_press_turns_it_on(setup: Setup) -> None:
    await off(setup, "classic.proud")
    await off(setup, "classic.proud")
    await setup.write(lambda tx: turn_on(tx, setup.cohort.id, "classic.proud"), setup.admin)

    assert await setup.read(lambda tx: tx.cohort_questions.count()) == 0


async def test_an_answer_keeps_the_words_that_were_read(asked: Setup) -> None:
    key = await keep(asked)
    await test_checkins.answer(asked, key="0", went_well="Much")
    await test_checkins.until(asked, test_checkins.NEW_YORK_TEN + timedelta(days=7, minutes=1))
    form = await test_checkins.the_form(asked)
    assert form.question is not None
    assert (form.question.id, form.question.text) == (key, WORDS)
    await test_checkins.answer(asked, key="1", question=key, question_answer="Go on")

    new = await keep(asked, int(key.removeprefix("own.")), text="And Ada?")
    check_in = (await asked.read(lambda tx: tx.check_ins.find(question=key)))[0]
    read = await asked.read(lambda tx: question_text(tx, check_in, "en-US"), asked.mentor)

    assert read == WORDS
    assert (await ids(asked))[0] == new != key
    listed = (await asked.read(lambda tx: see_questions(tx, asked.cohort.id), asked.admin)).listed
    assert listed[0].key == new
    await asked.write(lambda tx: drop_question(tx, asked.cohort.id, new), asked.admin)
    assert await asked.read(lambda tx: question_text(tx, check_in, "de-DE"), asked.mentee) == WORDS


async def test_a_changed_question_stands_in_its_old_place_and_stays_off_if_it_was(setup: Setup) -> None:
    first, second = await keep(setup), await keep(setup, text="Second?")
    await off(setup, first)
    changed = await keep(setup, int(first.removeprefix("own.")), text="First?")

    listed = (await setup.read(lambda tx: see_questions(tx, setup.cohort.id), setup.admin)).listed
    assert [(one.key, one.on) for one in listed[:2]] == [(changed, False), (second, True)]


async def test_an_answer_keeps_its_question_also_when_the_cohort_chose_another_pack(setup: Setup) -> None:
    await setup.write(lambda tx: tx.cohorts.update(replace(setup.cohort, pack="engineers")))

    found = await setup.read(lambda tx: question_asked(tx, setup.cohort.id, "proud", "en"))
    assert found is not None
    assert found.text == all_packs()["classic"].questions["en"][0].text


async def test_the_third_last_stays_on_and_nothing_is_changed(setup: Setup) -> None:
    for key in CLASSIC[:-3]:
        await off(setup, key)
    with pytest.raises(TooFewQuestions):
        await off(setup, CLASSIC[-1])
    assert len(await ids(setup)) == 3

    own = await keep(setup)
    await off(setup, CLASSIC[-1])
    for way in (turn_off, drop_question):
        with pytest.raises(TooFewQuestions):
            await setup.write(partial(way, cohort_id=setup.cohort.id, key=own), setup.admin)
    with pytest.raises(TooFewQuestions):
        await keep(setup, int(own.removeprefix("own.")), language=QuestionLanguage.GERMAN)
    assert len(await ids(setup)) == 3


async def test_a_pack_that_is_gone_is_replaced_and_said(setup: Setup) -> None:
    await off(setup, "classic.proud")
    await setup.write(lambda tx: tx.cohorts.update(replace(setup.cohort, pack="gone")))

    seen = await setup.read(lambda tx: see_questions(tx, setup.cohort.id), setup.admin)
    assert (seen.pack_gone, seen.pack.id) == (True, "classic")
    assert "proud" not in await ids(setup)


@pytest.mark.parametrize(
    ("text", "error"),
    [("x" * 3000, TextTooLong), (" ", TextMissing), (" what would GRACE say?", QuestionThere)],
)
async def test_a_question_that_cannot_be_asked_is_said_at_its_field(
    setup: Setup, text: str, error: type[Exception]
) -> None:
    await keep(setup)
    with pytest.raises(error) as told:
        await keep(setup, text=text)
    assert told.value.field == "text"  # type: ignore[attr-defined]  # each of them says a field


def ways(tx: Tx, cohort: int, own: str) -> list[Any]:
    number = int(own.removeprefix("own."))
    return [
        lambda: open_question_form(tx, cohort),
        lambda: open_question(tx, cohort, own),
        lambda: keep_question(tx, KeepQuestion(cohort, None, {"text": "x"})),
        lambda: keep_question(tx, KeepQuestion(cohort, number, {"text": "x"})),
        lambda: turn_off(tx, cohort, own),
        lambda: turn_on(tx, cohort, own),
        lambda: drop_question(tx, cohort, own),
    ]


async def all_refused(
    setup: Setup, cohort: int, own: str, error: type[Exception], *, by: Any, skip: int = 0
) -> None:
    def work(tx: Tx) -> None:
        for way in ways(tx, cohort, own)[skip:]:
            with pytest.raises(error):
                way()

    await setup.write(work, by)


async def test_only_whoever_leads_keeps_questions(setup: Setup) -> None:
    own = await keep(setup)
    for person in (setup.mentor, setup.mentee):
        await all_refused(setup, setup.cohort.id, own, NotAllowed, by=person)
        with pytest.raises(NotAllowed):
            await setup.read(lambda tx: see_questions(tx, setup.cohort.id), person)


async def test_a_cohort_that_ended_keeps_its_list_as_it_is(setup: Setup) -> None:
    own = await keep(setup)
    await setup.write(lambda tx: tx.cohorts.update(replace(setup.cohort, state=CohortState.ENDED)))
    await all_refused(setup, setup.cohort.id, own, CohortNotRunning, by=setup.admin)


async def test_what_somebody_else_changed_or_dropped_meanwhile_is_said(setup: Setup) -> None:
    own = await keep(setup)
    await setup.write(lambda tx: drop_question(tx, setup.cohort.id, own), setup.admin)
    gone = [1, 3, 4, 5, 6]

    def work(tx: Tx) -> None:
        for number in gone:
            with pytest.raises(QuestionGone):
                ways(tx, setup.cohort.id, own)[number]()

    await setup.write(work, setup.admin)


@pytest.mark.parametrize("key", ["", "own.999", "own.x", "classic.forged", "engineers.proud", "proud"])
async def test_a_forged_button_finds_nothing(setup: Setup, key: str) -> None:
    for way in (turn_off, turn_on, drop_question, open_question):
        with pytest.raises(NotFound):
            await setup.write(partial(way, cohort_id=setup.cohort.id, key=key), setup.admin)


async def test_a_question_of_another_cohort_is_not_found(setup: Setup) -> None:
    own = await keep(setup)
    other = await setup.write(
        lambda tx: tx.cohorts.insert(replace(setup.cohort, id=CohortId(0), name="Autumn"))
    )

    for way in (turn_off, drop_question, open_question):
        with pytest.raises(NotFound):
            await setup.write(partial(way, cohort_id=other.id, key=own), setup.admin)
    assert await setup.read(lambda tx: question_asked(tx, other.id, own, "en")) is None
    found = await setup.read(lambda tx: check_in_questions(tx, other.id, Role.MENTEE, "en"))
    assert own not in [one.id for one in found]
