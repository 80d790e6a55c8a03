"""Putting a check-in off: whose clock counts, what it leaves alone, and what nobody is told, on a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.checkins import REASON_LIMIT, Later
from bot.domain.errors import DateInPast, RoundOver, TextTooLong
from bot.domain.nudges import NudgeState, OccurrenceState
from bot.domain.pairs import Role
from bot.usecases.rhythm.checkin_cards import load_ask, load_reminder
from bot.usecases.rhythm.checkin_later import PutOff, open_later_form, put_check_in_off
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_checkins import NEW_YORK_TEN, answer, ask_now, asked, put_off, the_form, until

__all__ = ["asked"]  # a fixture


async def test_whoever_skips_without_a_word_is_spoken_of_to_nobody(asked: Setup) -> None:
    await put_off(asked, Later.SKIP)

    assert await asked.told(asked.mentor) == []


async def test_a_reason_has_its_limit_and_beyond_it_nothing_is_skipped(asked: Setup) -> None:
    with pytest.raises(TextTooLong) as refused:
        await put_off(asked, Later.SKIP, reason="x" * (REASON_LIMIT + 1))

    assert refused.value.field == "reason"
    assert (await ask_now(asked)).state is OccurrenceState.OPEN


async def test_tomorrow_is_the_mentees_own_tomorrow(asked: Setup) -> None:
    setup, me = asked, asked.mentee
    await until(setup, datetime(2026, 11, 25, 2, tzinfo=UTC))  # still Tuesday evening in New York
    occurrence = (await the_form(setup)).occurrence.id

    form = await read_as(setup.deps, setup.viewer(me), open_later_form, occurrence)

    assert form.tomorrow == datetime(2026, 11, 25, 15, tzinfo=UTC)


async def test_this_very_minute_is_no_later(asked: Setup) -> None:
    with pytest.raises(DateInPast):
        await put_off(asked, Later.PICK, day=date(2026, 11, 24), at=time(10, 1))


async def test_what_was_put_off_close_to_the_next_one_is_over_when_that_comes(asked: Setup) -> None:
    await put_off(asked, Later.PICK, day=date(2026, 11, 30), at=time(20))
    next_one = NEW_YORK_TEN + timedelta(days=7)
    await until(asked, next_one)

    (nudge,) = await asked.read(lambda r: r.nudges.find(snoozed=1))
    assert (nudge.state, nudge.expires_at) == (NudgeState.EXPIRED, next_one)


async def test_a_stale_later_of_last_week_puts_nothing_off(asked: Setup) -> None:
    setup, me = asked, asked.mentee
    before = (await the_form(setup)).occurrence.id
    await until(setup, NEW_YORK_TEN + timedelta(days=7, minutes=1))

    with pytest.raises(RoundOver):
        await write_as(
            setup.deps, setup.viewer(me), put_check_in_off, PutOff(before, Later.HOUR), key="stale"
        )


async def test_the_message_that_was_put_off_is_the_newest_one(asked: Setup) -> None:
    reminded = NEW_YORK_TEN + timedelta(days=1, minutes=1)
    await until(asked, reminded)
    await put_off(asked, Later.HOUR)

    waiting = await asked.read(lambda r: r.nudges.find(state="planned", snoozed=1))
    assert [(nudge.step, nudge.due_at) for nudge in waiting] == [(1, reminded + timedelta(hours=1))]


async def test_one_of_two_peers_puts_off_and_skips_for_themselves_alone(setup: Setup) -> None:
    (membership,) = await setup.read(lambda r: r.memberships.find(role=Role.MENTOR))
    await setup.write(lambda r: r.memberships.update(replace(membership, role=Role.BOTH)))
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    setup.clock.moment = NEW_YORK_TEN
    await tick(setup.deps)
    mira = setup.mentor
    occurrence = (await read_as(setup.deps, setup.viewer(mira), open_check_in_form)).occurrence.id
    for later, key in ((Later.HOUR, "1"), (Later.SKIP, "2")):
        command = PutOff(occurrence, later, reason="On holiday" if later is Later.SKIP else "")
        if later is Later.SKIP:
            setup.clock.move(hours=1)
            await tick(setup.deps)
        await write_as(setup.deps, setup.viewer(mira), put_check_in_off, command, key=key)

    tom = await setup.read(lambda r: load_ask(r, occurrence), setup.mentee)
    assert (tom.state, tom.put_off, tom.reason, tom.last) == (OccurrenceState.OPEN, None, "", False)
    hers = await setup.read(lambda r: load_ask(r, occurrence), mira)
    assert (hers.state, hers.reason, hers.last) == (OccurrenceState.SKIPPED, "On holiday", True)

    await write_as(
        setup.deps,
        setup.viewer(mira),
        answer_check_in,
        AnswerCheckIn(occurrence, {"went_well": "Much"}),
        key="after all",
    )
    tom = await setup.read(lambda r: load_ask(r, occurrence), setup.mentee)
    assert (tom.state, tom.answer) == (OccurrenceState.OPEN, None)


async def test_after_its_reminder_a_question_says_that_nothing_more_comes(asked: Setup) -> None:
    occurrence = (await the_form(asked)).occurrence.id

    question = await asked.read(lambda r: load_ask(r, occurrence), asked.mentee)
    reminder = await asked.read(lambda r: load_reminder(r, occurrence), asked.mentee)

    assert (question.last, reminder.last) == (False, True)


async def test_an_hour_that_has_come_is_no_hour_to_wait_for(asked: Setup) -> None:
    await put_off(asked, Later.HOUR)
    await until(asked, NEW_YORK_TEN + timedelta(hours=1, minutes=2))

    assert (await ask_now(asked)).put_off is None
    await answer(asked, went_well="Much")
    assert (await ask_now(asked)).answer is not None
