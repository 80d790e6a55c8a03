"""What a check-in keeps, whom it reaches, and that energy reaches nobody."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.checkins import CheckInSource, CommitmentState, Fate, Later
from bot.domain.errors import (
    AlreadySettled,
    ChoiceMissing,
    CohortNotRunning,
    DateInPast,
    DateTooLate,
    NotAllowed,
    NotFound,
    RoundOver,
)
from bot.domain.ids import OccurrenceId
from bot.domain.nudges import OccurrenceState
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.messages import MESSAGES
from bot.usecases.rhythm.checkin_cards import CheckInAsk, CheckInCard, load_ask, load_check_in_card
from bot.usecases.rhythm.checkin_later import PutOff, open_later_form, put_check_in_off
from bot.usecases.rhythm.checkins import (
    AnswerCheckIn,
    CheckInForm,
    answer_check_in,
    nothing_new,
    open_check_in_form,
)
from bot.usecases.rhythm.nudges import close_check_in
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

NEW_YORK_TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
ENERGY = 4


@pytest.fixture
async def asked(setup: Setup) -> Setup:
    """Tom was asked a minute ago."""
    setup.pair = await setup.write(lambda r: start_check_ins(r, setup.pair))
    await until(setup, NEW_YORK_TEN + timedelta(minutes=1))
    return setup


async def until(setup: Setup, moment: datetime) -> None:
    while (due := await setup.read(lambda r: r.counts.next_due())) is not None and due <= moment:
        setup.clock.moment = max(due, setup.clock.moment)
        await tick(setup.deps)
        await dispatch(setup.deps)
    setup.clock.moment = moment


async def the_form(setup: Setup, occurrence: OccurrenceId | None = None) -> CheckInForm:
    return await read_as(setup.deps, setup.viewer(setup.mentee), open_check_in_form, occurrence)


async def answer(setup: Setup, key: str = "a", **fields: Any) -> int:
    occurrence = fields.pop("occurrence_id", None) or (await the_form(setup)).occurrence.id
    command = showing(AnswerCheckIn(occurrence), **fields)
    viewer = setup.viewer(setup.mentee)
    return await write_as(setup.deps, viewer, answer_check_in, command, key=key)


async def put_off(setup: Setup, later: Later, key: str = "l", **fields: Any) -> None:
    command = PutOff((await the_form(setup)).occurrence.id, later, **fields)
    await write_as(setup.deps, setup.viewer(setup.mentee), put_check_in_off, command, key=key)


async def ask_now(setup: Setup) -> CheckInAsk:
    occurrence = (await setup.read(lambda r: r.occurrences.find()))[0]
    return await setup.read(lambda r: load_ask(r, occurrence.id), setup.mentee)


async def test_an_answer_is_kept_and_told_to_both(asked: Setup) -> None:
    await answer(asked, went_well="Everyone spoke", next_step="Ask first")
    await dispatch(asked.deps)

    [card] = [c for c in asked.messenger.said_to("UMIRA") if isinstance(c, CheckInCard)]
    assert card.owner == "Tom"
    assert card.answer.check_in.went_well == "Everyone spoke"
    changed = asked.messenger.updates[-1].content
    assert isinstance(changed, CheckInAsk)
    assert changed.answer is not None
    assert changed.next_at == NEW_YORK_TEN + timedelta(days=7)


async def test_an_answer_before_the_question_is_confirmed_in_a_message(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await answer(setup, went_well="All of it")
    await until(setup, NEW_YORK_TEN + timedelta(days=2))

    told = [type(content) for content in setup.messenger.said_to("UTOM")]
    assert told == [CheckInAsk]


async def test_two_deliveries_of_one_form_are_one_check_in_and_one_step(asked: Setup) -> None:
    first = await answer(asked, next_step="Ask first")
    second = await answer(asked, next_step="Ask first")

    assert first == second
    assert await asked.read(lambda r: r.commitments.count()) == 1
    assert await asked.told(asked.mentor) == [MESSAGES["checkin.card"]]


async def test_nothing_new_counts_and_tells_the_mentor_nothing(asked: Setup) -> None:
    occurrence = (await the_form(asked)).occurrence.id
    viewer = asked.viewer(asked.mentee)
    for key in ("one", "two"):
        await write_as(asked.deps, viewer, nothing_new, occurrence, key=key)
    await until(asked, NEW_YORK_TEN + timedelta(days=6))

    assert await asked.told(asked.mentee) == [MESSAGES["checkin.ask"]]
    assert await asked.told(asked.mentor) == []
    assert await asked.read(lambda r: r.check_ins.count()) == 1


async def test_an_empty_form_says_that_nothing_is_new(asked: Setup) -> None:
    id_ = await answer(asked, energy=ENERGY)

    assert (await asked.read(lambda r: r.check_ins.get(id_))).source is CheckInSource.NOTHING_NEW
    assert await asked.told(asked.mentor) == []


async def test_a_tap_on_nothing_new_never_wipes_an_answer(asked: Setup) -> None:
    id_ = await answer(asked, went_well="Everyone spoke")
    occurrence = (await the_form(asked)).occurrence.id
    await write_as(asked.deps, asked.viewer(asked.mentee), nothing_new, occurrence, key="late")

    assert (await asked.read(lambda r: r.check_ins.get(id_))).went_well == "Everyone spoke"


async def test_a_changed_answer_changes_its_step_and_the_card_and_adds_nothing(asked: Setup) -> None:
    await answer(asked, went_well="Much", next_step="Ask first", energy=ENERGY)
    await dispatch(asked.deps)
    form = await the_form(asked)
    assert (form.check_in and form.check_in.went_well, form.energy) == ("Much", ENERGY)
    assert form.commitments == ()  # its own next step is a field of the form
    await answer(asked, key="b", went_well="Some", next_step="Ask the quiet ones first")
    await dispatch(asked.deps)

    [step] = await asked.read(lambda r: r.commitments.find())
    assert step.text == "Ask the quiet ones first"
    assert await asked.read(lambda r: r.energies.count()) == 0
    *_, card = [post.content for post in asked.messenger.updates if isinstance(post.content, CheckInCard)]
    assert card.answer.check_in.went_well == "Some"


async def test_a_step_carries_over_until_it_is_done_and_can_be_taken_back(asked: Setup) -> None:
    await answer(asked, next_step="Ask first")
    await until(asked, NEW_YORK_TEN + timedelta(days=7, minutes=1))
    [step] = (await the_form(asked)).commitments
    await answer(asked, key="b", fates={step.id: Fate.CONTINUE})
    assert (await asked.read(lambda r: r.commitments.get(step.id))).state is CommitmentState.OPEN

    id_ = await answer(asked, key="c", fates={step.id: Fate.DONE})
    card = await asked.read(lambda r: load_check_in_card(r, id_), asked.mentor)
    assert card.answer.done == ("Ask first",)
    assert [c.id for c in (await the_form(asked)).commitments] == [step.id]

    await answer(asked, key="d", fates={step.id: Fate.CONTINUE})
    assert (await asked.read(lambda r: r.commitments.get(step.id))).state is CommitmentState.OPEN


async def test_a_fate_for_somebody_elses_step_changes_nothing(asked: Setup) -> None:
    await answer(asked, next_step="Ask first")
    [step] = await asked.read(lambda r: r.commitments.find())
    await asked.write(lambda r: r.commitments.update(replace(step, member_id=asked.mentor.id)))
    await until(asked, NEW_YORK_TEN + timedelta(days=7, minutes=1))
    await answer(asked, key="b", fates={step.id: Fate.DROP})

    assert (await asked.read(lambda r: r.commitments.get(step.id))).state is CommitmentState.OPEN


async def test_the_packs_question_takes_a_place_every_second_time(asked: Setup) -> None:
    questions = []
    for week in range(4):
        form = await the_form(asked)
        questions.append(form.question.id if form.question else "")
        await answer(asked, key=str(week), went_well="Much", question=questions[-1])
        await until(asked, NEW_YORK_TEN + timedelta(days=7 * week + 7, minutes=1))

    assert [bool(question) for question in questions] == [False, True, False, True]
    assert questions[1] != questions[3]


async def test_energy_is_found_nowhere_but_with_its_owner(
    asked: Setup, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await answer(asked, went_well="Much", energy=ENERGY)
    await until(asked, NEW_YORK_TEN + timedelta(days=8))

    for other in (asked.mentor, asked.admin):
        assert await asked.read(lambda r: r.energies.find(), other) == []
    assert [e.level for e in await asked.read(lambda r: r.energies.find(), asked.mentee)] == [ENERGY]
    posted = [post.content for post in (*asked.messenger.posts, *asked.messenger.updates)]
    everything = json.dumps([asdict(content) for content in posted], default=str)  # type: ignore[call-overload]  # views are dataclasses
    assert "energy" not in everything
    assert "energy" not in caplog.text


async def test_energy_is_one_to_five(asked: Setup) -> None:
    with pytest.raises(ChoiceMissing):
        await answer(asked, energy=6)
    assert await asked.read(lambda r: r.check_ins.count()) == 0


async def test_an_answer_ends_when_the_next_question_comes(asked: Setup) -> None:
    before = (await the_form(asked)).occurrence.id
    await answer(asked, went_well="Much")
    await until(asked, NEW_YORK_TEN + timedelta(days=7, minutes=1))

    with pytest.raises(RoundOver):
        await the_form(asked, before)
    with pytest.raises(RoundOver):
        await answer(asked, key="b", occurrence_id=before, went_well="Other")


async def test_a_mentor_has_nothing_to_answer_and_a_stranger_finds_nothing(asked: Setup) -> None:
    occurrence = (await the_form(asked)).occurrence.id
    for person, error in ((asked.mentor, NotAllowed), (asked.admin, NotFound)):
        with pytest.raises(error):
            await read_as(asked.deps, asked.viewer(person), open_check_in_form, occurrence)


async def test_a_pair_without_check_ins_is_told_so(setup: Setup) -> None:
    with pytest.raises(CohortNotRunning):
        await the_form(setup)


@pytest.mark.parametrize(
    ("later", "fields", "moment"),
    [
        (Later.HOUR, {}, NEW_YORK_TEN + timedelta(hours=1, minutes=1)),
        (Later.TOMORROW, {}, NEW_YORK_TEN + timedelta(days=1)),
        (
            Later.PICK,
            {"day": date(2026, 11, 27), "at": time(16, 30)},
            datetime(2026, 11, 27, 21, 30, tzinfo=UTC),
        ),
    ],
)
async def test_who_puts_it_off_is_asked_then_and_never_a_third_time(
    asked: Setup, later: Later, fields: dict[str, Any], moment: datetime
) -> None:
    await put_off(asked, later, **fields)
    assert (await ask_now(asked)).put_off == moment
    await until(asked, moment - timedelta(seconds=1))
    assert await asked.told(asked.mentee) == [MESSAGES["checkin.ask"]]

    await until(asked, NEW_YORK_TEN + timedelta(days=6, hours=23))
    assert await asked.told(asked.mentee) == [MESSAGES["checkin.ask"], MESSAGES["checkin.ask"]]
    told = [c for c in asked.messenger.said_to("UTOM") if isinstance(c, CheckInAsk)]
    assert told[-1].last


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"at": time(9)}, ChoiceMissing, "day"),
        ({"day": date(2026, 11, 26)}, ChoiceMissing, "at"),
        ({"day": date(2026, 11, 24), "at": time(9)}, DateInPast, "day"),
        ({"day": date(2026, 12, 1), "at": time(10)}, DateTooLate, "day"),
    ],
)
async def test_a_moment_of_ones_own_lies_between_now_and_the_next_check_in(
    asked: Setup, fields: dict[str, Any], error: type[DateInPast], field: str
) -> None:
    with pytest.raises(error) as raised:
        await put_off(asked, Later.PICK, **fields)
    assert raised.value.field == field


async def test_skipping_is_quiet_and_with_a_reason_the_mentor_reads_it(asked: Setup) -> None:
    await put_off(asked, Later.SKIP, reason="On holiday")
    await until(asked, NEW_YORK_TEN + timedelta(days=6))

    assert await asked.told(asked.mentee) == [MESSAGES["checkin.ask"]]
    assert await asked.told(asked.mentor) == [MESSAGES["checkin.skipped"]]
    [occurrence, _] = await asked.read(lambda r: r.occurrences.find())
    assert occurrence.state == "skipped"


async def test_what_was_answered_cannot_be_put_off(asked: Setup) -> None:
    occurrence = (await the_form(asked)).occurrence.id
    await answer(asked, went_well="Much")

    viewer = asked.viewer(asked.mentee)
    with pytest.raises(AlreadySettled):
        await read_as(asked.deps, viewer, open_later_form, occurrence)


async def test_a_talk_counts_as_the_check_in_and_no_reminder_comes(asked: Setup) -> None:
    await asked.write(
        lambda r: close_check_in(r, asked.pair.id, None, OccurrenceState.ANSWERED), asked.mentor
    )
    await dispatch(asked.deps)
    await until(asked, NEW_YORK_TEN + timedelta(days=6))

    assert await asked.told(asked.mentee) == [MESSAGES["checkin.ask"]]
    changed = asked.messenger.updates[-1].content
    assert isinstance(changed, CheckInAsk)
    assert (changed.state, changed.answer) == (OccurrenceState.ANSWERED, None)


async def test_a_skipped_check_in_can_be_answered_after_all(asked: Setup) -> None:
    await put_off(asked, Later.SKIP)
    await answer(asked, went_well="Much")

    assert (await ask_now(asked)).answer is not None
    [occurrence, _] = await asked.read(lambda r: r.occurrences.find())
    assert occurrence.state == "answered"


async def test_an_emptied_next_step_is_taken_back(asked: Setup) -> None:
    await answer(asked, went_well="Much", next_step="Ask first")
    await answer(asked, key="b", went_well="Much", next_step="")

    assert await asked.read(lambda r: r.commitments.count()) == 0


async def test_a_step_that_was_promised_in_another_week_is_not_taken_back(asked: Setup) -> None:
    await answer(asked, next_step="Ask first")
    await until(asked, NEW_YORK_TEN + timedelta(days=7, minutes=1))
    await answer(asked, key="b", went_well="Much")

    assert [c.text for c in await asked.read(lambda r: r.commitments.find())] == ["Ask first"]


async def test_what_was_not_asked_yet_cannot_be_put_off(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))

    for later in (Later.HOUR, Later.SKIP):
        with pytest.raises(AlreadySettled):
            await put_off(setup, later, key=later)
    assert [nudge.snoozed for nudge in await setup.read(lambda r: r.nudges.find())] == [0]


async def test_nobody_else_answers_or_puts_off_for_a_mentee(asked: Setup) -> None:
    occurrence = (await the_form(asked)).occurrence.id
    later, answered = (
        PutOff(occurrence, Later.SKIP, reason="no time"),
        AnswerCheckIn(occurrence, {"went_well": "not mine"}),
    )
    for person, error in ((asked.mentor, NotAllowed), (asked.admin, NotFound)):
        viewer, name = asked.viewer(person), person.name
        with pytest.raises(error):
            await write_as(asked.deps, viewer, put_check_in_off, later, key=f"later:{name}")
        with pytest.raises(error):
            await write_as(asked.deps, viewer, nothing_new, occurrence, key=f"new:{name}")
        with pytest.raises(error):
            await write_as(asked.deps, viewer, answer_check_in, answered, key=f"answer:{name}")

    assert await asked.read(lambda r: r.check_ins.count()) == 0


async def test_after_a_downtime_the_reminder_still_gets_a_day_of_its_own(asked: Setup) -> None:
    setup = asked
    setup.clock.move(
        days=7, hours=30
    )  # the next question, at ten, was not sent until the afternoon of the next day
    await tick(setup.deps)
    (nudge,) = await setup.read(lambda r: r.nudges.find(step=1, state="planned"))

    sent = await setup.read(lambda r: r.nudges.find(step=0, sent_at__since=setup.clock.now()))
    assert nudge.due_at == datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
    assert [one.sent_at for one in sent] == [setup.clock.now()]
