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
from bot.ports import Repositories
from bot.usecases.checkin_cards import CheckInAsk
from bot.usecases.checkin_later import PutOff, put_check_in_off
from bot.usecases.dispatch import dispatch
from bot.usecases.experiments import Commit, commit_to_experiment
from bot.usecases.nudges import CHECK_IN, FOLLOW_UP, REMINDER, start_check_ins
from bot.usecases.tick import tick
from tests.usecases.conftest import Stage

TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # on Tuesday in New York


@pytest.fixture
async def planned(stage: Stage) -> Stage:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    return stage


async def at(stage: Stage, moment: datetime) -> None:
    stage.clock.moment = moment
    await tick(stage.deps)
    await dispatch(stage.deps)


async def first_round(stage: Stage) -> tuple[Occurrence, list[Nudge]]:
    (occurrence,) = await stage.read(lambda r: r.occurrences.find(day=date(2026, 11, 24)))
    return occurrence, await stage.read(lambda r: r.nudges.find(occurrence_id=occurrence.id, order="step"))


async def test_nobody_is_asked_a_second_too_early(planned: Stage) -> None:
    await at(planned, TEN - timedelta(seconds=1))
    assert await planned.told(planned.mentee) == []

    await at(planned, TEN)
    assert await planned.told(planned.mentee) == [CHECK_IN]
    assert await planned.told(planned.mentor) == []


def pair_rests(r: Repositories, stage: Stage) -> None:
    r.pairs.update(replace(r.pairs.get(stage.pair.id), state=PairState.PAUSED))


def cohort_rests(r: Repositories, stage: Stage) -> None:
    r.cohorts.update(replace(r.cohorts.get(stage.cohort.id), state=CohortState.PAUSED))


def _place(r: Repositories, stage: Stage) -> Any:
    return r.pair_members.find(pair_id=stage.pair.id, member_id=stage.mentee.id)[0]


def has_left(r: Repositories, stage: Stage) -> None:
    r.pair_members.update(replace(_place(r, stage), left_at=stage.clock.now()))


def mentors_now(r: Repositories, stage: Stage) -> None:
    r.pair_members.update(replace(_place(r, stage), role=Role.MENTOR))


def has_gone(r: Repositories, stage: Stage) -> None:
    r.members.update(replace(r.members.get(stage.mentee.id), is_deleted=True))


def was_closed(r: Repositories, _stage: Stage) -> None:
    r.occurrences.update(replace(r.occurrences.find()[0], state=OccurrenceState.ANSWERED))


@pytest.mark.parametrize("change", [pair_rests, cohort_rests, has_left, mentors_now, has_gone, was_closed])
async def test_what_is_no_longer_wanted_when_its_moment_comes_is_not_asked(
    planned: Stage, change: Callable[[Repositories, Stage], None]
) -> None:
    await planned.write(lambda r: change(r, planned))

    await at(planned, TEN)

    assert await planned.told(planned.mentee) == []
    occurrence, nudges = await first_round(planned)
    assert [nudge.state for nudge in nudges] == [NudgeState.SKIPPED]
    assert occurrence.state is not OccurrenceState.OPEN


async def test_a_question_is_followed_by_one_reminder_and_then_counts_as_missed(planned: Stage) -> None:
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


async def test_a_question_that_is_too_late_to_ask_is_missed_without_a_word(planned: Stage) -> None:
    await at(planned, TEN + timedelta(days=3))

    assert await planned.told(planned.mentee) == []
    occurrence, _ = await first_round(planned)
    assert occurrence.state is OccurrenceState.MISSED


async def test_how_it_went_is_asked_about_the_experiment_once_and_without_a_reminder(stage: Stage) -> None:
    me = stage.mentee
    command = Commit("ask first", "I lead", date(2026, 11, 24))
    tried = await commit_to_experiment(stage.deps, stage.viewer(me), me.id, command, key="try")

    for days in range(4):
        await at(stage, TEN + timedelta(days=days))

    rows = await stage.read(lambda r: r.outgoing.find(kind=FOLLOW_UP))
    assert [(row.member_id, row.subject_id) for row in rows] == [(me.id, tried)]
    assert REMINDER not in await stage.told(me)
    (occurrence,) = await stage.read(lambda r: r.occurrences.find(ritual=Ritual.FOLLOW_UP))
    assert occurrence.source_id == tried


async def test_a_reminder_of_a_question_from_the_time_that_was_lost_is_looked_for_first(
    planned: Stage,
) -> None:
    stage = planned
    await at(stage, TEN)
    lost_until = TEN + timedelta(hours=12)
    await stage.write(lambda r: r.workspaces.update(replace(r.workspaces.find()[0], restored_at=lost_until)))

    stage.clock.moment = TEN + timedelta(days=1)
    await tick(stage.deps)

    (reminder,) = await stage.read(lambda r: r.outgoing.find(kind=REMINDER, updates=""))
    assert reminder.state is OutgoingState.UNKNOWN


async def test_whoever_puts_a_question_off_gets_a_message_of_its_own(planned: Stage) -> None:
    stage, me = planned, planned.mentee
    await at(stage, TEN)
    occurrence, _ = await first_round(stage)
    command = PutOff(occurrence.id, Later.HOUR)
    await put_check_in_off(stage.deps, stage.viewer(me), me.id, command, key="later")
    await at(stage, TEN + timedelta(hours=1))

    rows = await stage.read(lambda r: r.outgoing.find(kind=CHECK_IN, updates=""))
    assert [row.subject_id for row in rows] == [occurrence.id] * 2
    assert len({(row.dedupe_key, row.nonce) for row in rows}) == 2
