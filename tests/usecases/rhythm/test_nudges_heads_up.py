"""Whoever wishes so reads on the working day before a check-in that it comes, and may skip it there."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.budget import HeadsUp, Intensity, Reason, Unasked
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.ids import OccurrenceId
from bot.domain.ledger import Fate
from bot.domain.nudges import OccurrenceState
from bot.domain.working_life import HolidayPolicy
from bot.ports import Tx
from bot.usecases.home.settings import add_days_off, change_settings
from bot.usecases.people.pauses import pause
from bot.usecases.rhythm.checkin_cards import ASK, REMINDER
from bot.usecases.rhythm.checkin_later import skip_ahead
from bot.usecases.rhythm.checkins import nothing_new
from bot.usecases.rhythm.checkins_heads_up import HEADS_UP, load_heads_up
from bot.usecases.rhythm.nudges_planning import replan_cohort, start_check_ins
from bot.usecases.rhythm.repairs_messages import ASK as REPAIR
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)  # ten o'clock in New York, where Tom lives
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


async def do(setup: Setup, use_case: Any, *args: Any) -> Any:
    return await write_as(setup.deps, setup.viewer(setup.mentee), use_case, *args)


@pytest.fixture
async def warned(setup: Setup) -> Setup:
    """Tom's check-in is on Tuesday at ten, and he wants a line before."""
    setup.pair = await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    await do(setup, change_settings, {"heads_up": HeadsUp.DAY_BEFORE})
    return setup


async def came(setup: Setup) -> list[tuple[str, datetime]]:
    rows = await setup.read(lambda tx: tx.outgoing.find(member_id=setup.mentee.id, updates="", order="id"))
    return [(row.kind, row.created_at) for row in rows]


async def said(setup: Setup) -> list[tuple[Unasked, Fate, Reason | None]]:
    lines = await setup.read(lambda tx: tx.ledger_lines.find(member_id=setup.mentee.id, order="created_at"))
    return [(line.kind, line.fate, line.reason) for line in lines]


async def first_round(setup: Setup) -> OccurrenceId:
    return (await setup.read(lambda tx: tx.occurrences.find(order="day")))[0].id


async def test_it_comes_the_day_before_at_the_same_hour_and_the_check_in_afterwards(warned: Setup) -> None:
    await run_until(warned, MONDAY + DAY)

    assert await came(warned) == [(HEADS_UP.name, MONDAY), (ASK.name, MONDAY + DAY)]
    assert (await said(warned))[0] == (Unasked.HEADS_UP, Fate.SENT, None)


async def test_without_the_wish_none_comes(setup: Setup) -> None:
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    await run_until(setup, MONDAY)

    assert await came(setup) == []


async def test_before_a_monday_it_comes_on_friday(warned: Setup) -> None:
    monday = replace(warned.cohort, weekday=0, anchor=date(2026, 11, 30))
    await warned.write(lambda tx: replan_cohort(tx, tx.cohorts.update(monday)))
    await run_until(warned, MONDAY + DAY)
    await do(warned, nothing_new, await first_round(warned))
    await run_until(warned, MONDAY + 5 * DAY)

    announced = [at for kind, at in await came(warned) if kind == HEADS_UP.name]
    assert announced == [MONDAY + 4 * DAY]


async def test_who_skips_there_is_not_asked_and_has_missed_nothing(warned: Setup) -> None:
    await run_until(warned, MONDAY)
    round_ = await first_round(warned)
    await do(warned, skip_ahead, round_)
    await run_until(warned, MONDAY + 3 * DAY)

    assert ASK.name not in [kind for kind, _ in await came(warned)]
    assert (await warned.read(lambda tx: tx.occurrences.get(round_))).state is OccurrenceState.SKIPPED
    shown = await read_as(warned.deps, warned.viewer(warned.mentee), load_heads_up, round_)
    assert shown.state is OccurrenceState.SKIPPED
    with pytest.raises(AlreadySettled):
        await do(warned, skip_ahead, round_)


async def test_nobody_else_reads_it_or_skips_with_it(warned: Setup) -> None:
    round_ = await first_round(warned)

    for other in (warned.mentor, warned.admin):
        with pytest.raises(NotFound):
            await read_as(warned.deps, warned.viewer(other), load_heads_up, round_)
    with pytest.raises(NotFound):
        await write_as(warned.deps, warned.viewer(warned.admin), skip_ahead, round_)


async def test_none_comes_for_a_round_that_was_answered_before(warned: Setup) -> None:
    await do(warned, nothing_new, await first_round(warned))
    await run_until(warned, MONDAY + DAY)

    assert HEADS_UP.name not in [kind for kind, at in await came(warned) if at <= MONDAY + DAY]


async def test_where_there_is_room_for_one_the_check_in_wins_and_the_ledger_says_so(warned: Setup) -> None:
    await do(warned, change_settings, {"intensity": Intensity.LIGHT})
    await run_until(warned, MONDAY + DAY)

    assert await came(warned) == [(ASK.name, MONDAY + DAY)]
    assert (await said(warned))[0] == (Unasked.HEADS_UP, Fate.SKIPPED, Reason.WEEK)


async def test_none_comes_before_a_pause_over_the_round_and_none_in_it(warned: Setup) -> None:
    await do(warned, pause, {"until": date(2026, 11, 27)})
    await run_until(warned, MONDAY + 3 * DAY)

    assert await came(warned) == []
    assert (Unasked.HEADS_UP, Fate.SKIPPED, Reason.AWAY) in await said(warned)


async def test_it_moves_with_its_round_and_keeps_clear_of_days_off(warned: Setup) -> None:
    after = replace(warned.cohort, holidays=HolidayPolicy.AFTER)
    await warned.write(lambda tx: replan_cohort(tx, tx.cohorts.update(after)))
    await do(warned, add_days_off, {"begins_on": date(2026, 11, 23), "ends_on": date(2026, 11, 25)})
    await run_until(warned, MONDAY + 4 * DAY)

    # The round is on Thursday now; the working day before has passed.
    assert next(kind for kind, _ in await came(warned)) == ASK.name


async def test_after_a_downtime_it_is_left_out(warned: Setup) -> None:
    warned.clock.moment = MONDAY + DAY - timedelta(hours=2)
    await run_until(warned, MONDAY + DAY)

    assert HEADS_UP.name not in [kind for kind, _ in await came(warned)]
    assert (Unasked.HEADS_UP, Fate.SKIPPED, Reason.LATE) in await said(warned)


async def test_who_lives_elsewhere_now_reads_it_at_the_hour_there(warned: Setup) -> None:
    shown = {"quiet_from": time(18), "quiet_to": time(8)}
    await warned.write(
        lambda tx: tx.members.update(replace(tx.members.get(warned.mentee.id), tz="America/Sao_Paulo"))
    )
    await do(warned, change_settings, shown)
    await run_until(warned, MONDAY + DAY)

    assert (await came(warned))[0] == (HEADS_UP.name, MONDAY - timedelta(hours=2))


async def test_none_comes_after_a_round_that_passed_and_with_the_first_answer_they_are_back(
    warned: Setup,
) -> None:
    await run_until(warned, MONDAY + 8 * DAY)
    assert [kind for kind, _ in await came(warned)].count(HEADS_UP.name) == 1
    assert (Unasked.HEADS_UP, Fate.SKIPPED, Reason.NO_REMINDER) in await said(warned)

    rounds = await warned.read(lambda tx: tx.occurrences.find(order="day"))
    await do(warned, nothing_new, rounds[1].id)
    await run_until(warned, MONDAY + 14 * DAY)
    assert (await came(warned))[-1] == (HEADS_UP.name, MONDAY + 14 * DAY)


@pytest.mark.parametrize("begins", [False, True])
async def test_a_silence_brings_both_questions_how_to_go_on_although_a_line_came_before_it(
    warned: Setup, *, begins: bool
) -> None:
    if begins:  # without a goal the ways to begin take a place as well
        await warned.write(lambda tx: begin(tx, warned))
    await run_until(warned, MONDAY + 12 * WEEK)

    kinds = [kind for kind, _ in await came(warned)]
    ways = ["goal.ways"] if begins else []
    reminder = [] if begins else [REMINDER.name]
    assert kinds == [HEADS_UP.name, ASK.name, *reminder, ASK.name, *ways, REPAIR.name, REPAIR.name]


def begin(tx: Tx, setup: Setup) -> None:
    """The pair begins now."""
    of_tom = tx.memberships.first(member_id=setup.mentee.id)
    assert of_tom is not None
    tx.memberships.update(replace(of_tom, begin_at=setup.clock.now() + 10 * DAY))
