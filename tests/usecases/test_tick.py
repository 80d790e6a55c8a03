"""What falls due is looked at once more when its moment has come: is it still wanted, and by whom?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.checkins import Later
from bot.domain.cohorts import CohortState
from bot.domain.nudges import Nudge, NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import PairState, Role
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.results import ASK as FOLLOW_UP
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.checkin_cards import REMINDER, CheckInAsk
from bot.usecases.rhythm.checkin_later import PutOff, put_check_in_off
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.running import write_as
from tests.usecases.conftest import Setup

TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # on Tuesday in New York


@pytest.fixture
async def planned(setup: Setup) -> Setup:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


async def at(setup: Setup, moment: datetime) -> None:
    setup.clock.moment = moment
    await tick(setup.deps)
    await dispatch(setup.deps)


async def first_round(setup: Setup) -> tuple[Occurrence, list[Nudge]]:
    (occurrence,) = await setup.read(lambda r: r.occurrences.find(day=date(2026, 11, 24)))
    return occurrence, await setup.read(lambda r: r.nudges.find(occurrence_id=occurrence.id, order="step"))


async def test_nobody_is_asked_a_second_too_early(planned: Setup) -> None:
    await at(planned, TEN - timedelta(seconds=1))
    assert await planned.told(planned.mentee) == []

    await at(planned, TEN)
    assert await planned.told(planned.mentee) == [CHECK_IN]
    assert await planned.told(planned.mentor) == []


async def test_what_is_due_as_soon_as_it_is_planned_is_asked_at_once(setup: Setup) -> None:
    began = setup.clock.now()
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, plan_at=began)))  # and then nothing ran

    await at(setup, TEN + timedelta(minutes=5))

    assert await setup.told(setup.mentee) == [CHECK_IN]


def pair_rests(r: Tx, setup: Setup) -> None:
    r.pairs.update(replace(r.pairs.get(setup.pair.id), state=PairState.PAUSED))


def cohort_rests(r: Tx, setup: Setup) -> None:
    r.cohorts.update(replace(r.cohorts.get(setup.cohort.id), state=CohortState.PAUSED))


def _membership(r: Tx, setup: Setup) -> Any:
    return r.memberships.find(pair_id=setup.pair.id, member_id=setup.mentee.id)[0]


def has_left(r: Tx, setup: Setup) -> None:
    r.memberships.update(replace(_membership(r, setup), left_at=setup.clock.now()))


def mentors_now(r: Tx, setup: Setup) -> None:
    r.memberships.update(replace(_membership(r, setup), role=Role.MENTOR))


def has_gone(r: Tx, setup: Setup) -> None:
    r.members.update(replace(r.members.get(setup.mentee.id), is_deleted=True))


def was_closed(r: Tx, _setup: Setup) -> None:
    r.occurrences.update(replace(r.occurrences.find()[0], state=OccurrenceState.ANSWERED))


@pytest.mark.parametrize("change", [pair_rests, cohort_rests, has_left, mentors_now, has_gone, was_closed])
async def test_what_is_no_longer_wanted_when_its_moment_comes_is_not_asked(
    planned: Setup, change: Callable[[Tx, Setup], None]
) -> None:
    await planned.write(lambda r: change(r, planned))

    await at(planned, TEN)

    assert await planned.told(planned.mentee) == []
    occurrence, nudges = await first_round(planned)
    assert [nudge.state for nudge in nudges] == [NudgeState.SKIPPED]
    assert occurrence.state is not OccurrenceState.OPEN


async def test_a_question_is_followed_by_one_reminder_and_then_counts_as_missed(planned: Setup) -> None:
    await at(planned, TEN)
    for days in (1, 2, 3, 4, 5):
        await at(planned, TEN + timedelta(days=days))

    assert await planned.told(planned.mentee) == [CHECK_IN, REMINDER]
    occurrence, nudges = await first_round(planned)
    assert occurrence.state is OccurrenceState.MISSED
    assert [(nudge.step, nudge.state) for nudge in nudges] == [
        (0, NudgeState.EXPIRED),
        (1, NudgeState.EXPIRED),
    ]
    last = {update.ts: update.content for update in planned.messenger.updates}
    assert [card.state for card in last.values() if isinstance(card, CheckInAsk)] == [
        OccurrenceState.MISSED
    ] * 2


async def test_a_question_that_is_too_late_to_ask_is_missed_without_a_word(planned: Setup) -> None:
    await at(planned, TEN + timedelta(days=3))

    assert await planned.told(planned.mentee) == []
    occurrence, _ = await first_round(planned)
    assert occurrence.state is OccurrenceState.MISSED


async def test_how_it_went_is_asked_about_the_experiment_once_and_without_a_reminder(setup: Setup) -> None:
    me = setup.mentee
    command = Commit({"behaviour": "ask first", "situation": "I lead", "until": date(2026, 11, 24)})
    tried = await write_as(setup.deps, setup.viewer(me), commit_to_experiment, command, key="try")

    for days in range(4):
        await at(setup, TEN + timedelta(days=days))

    rows = await setup.read(lambda r: r.outgoing.find(kind=FOLLOW_UP.name))
    assert [(row.member_id, row.subject_id) for row in rows] == [(me.id, tried)]
    assert REMINDER not in await setup.told(me)
    (occurrence,) = await setup.read(lambda r: r.occurrences.find(ritual=Ritual.FOLLOW_UP))
    assert occurrence.source_id == tried


async def test_a_reminder_of_a_question_from_the_time_that_was_lost_is_looked_for_first(
    planned: Setup,
) -> None:
    setup = planned
    await at(setup, TEN)
    lost_until = TEN + timedelta(hours=12)
    await setup.write(lambda r: r.workspaces.update(replace(r.workspaces.find()[0], restored_at=lost_until)))

    setup.clock.moment = TEN + timedelta(days=1)
    await tick(setup.deps)

    (reminder,) = await setup.read(lambda r: r.outgoing.find(kind=REMINDER.name, updates=""))
    assert reminder.state is OutgoingState.UNKNOWN


async def test_whoever_puts_a_question_off_gets_a_message_of_its_own(planned: Setup) -> None:
    setup, me = planned, planned.mentee
    await at(setup, TEN)
    occurrence, _ = await first_round(setup)
    command = PutOff(occurrence.id, Later.HOUR)
    await write_as(setup.deps, setup.viewer(me), put_check_in_off, command, key="later")
    await at(setup, TEN + timedelta(hours=1))

    rows = await setup.read(lambda r: r.outgoing.find(kind=CHECK_IN.name, updates=""))
    assert [row.subject_id for row in rows] == [occurrence.id] * 2
    assert len({(row.dedupe_key, row.nonce) for row in rows}) == 2
