"""Does the demo clock stop wherever something is due, and go forward only?"""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.control.clock import DemoClock
from bot.playground.errors import ClockCannotGoBackError
from tests.playground.connected_app import START, Setup

HOUR = timedelta(hours=1)


class Diary:
    """A subscriber with appointments, which notes when each was kept."""

    def __init__(self, clock: DemoClock, *due: datetime) -> None:
        self.clock = clock
        self.due = sorted(due)
        self.kept: list[tuple[datetime, datetime]] = []

    async def next_due(self) -> datetime | None:
        return self.due[0] if self.due else None

    async def run_due(self) -> None:
        while self.due and self.due[0] <= self.clock.now():
            self.kept.append((self.due.pop(0), self.clock.now()))


async def test_the_calendar_runs_on_and_real_time_stays_real() -> None:
    clock = DemoClock(START)

    first, second = clock.now(), clock.now()

    assert START <= first <= second
    assert abs(clock.real_now() - datetime.now(UTC)) < HOUR


@given(st.lists(st.integers(min_value=1, max_value=500), max_size=12))
def test_everything_due_on_the_way_happens_in_order_at_its_time(hours: list[int]) -> None:
    async def scenario() -> Diary:
        clock = DemoClock(START)
        diary = Diary(clock, *(START + hour * HOUR for hour in hours))
        clock.subscribe(diary.next_due, diary.run_due)
        await clock.advance_to(START + 400 * HOUR)
        return diary

    diary = asyncio.run(scenario())

    assert [due for due, _ in diary.kept] == sorted(START + hour * HOUR for hour in hours if hour <= 400)
    assert all(due <= kept < due + HOUR for due, kept in diary.kept)


async def test_one_subscriber_can_make_another_due_on_the_way() -> None:
    clock = DemoClock(START)
    second = Diary(clock)
    first = Diary(clock, START + HOUR)

    async def run_first() -> None:
        await first.run_due()
        second.due.append(START + 2 * HOUR)

    clock.subscribe(first.next_due, run_first)
    clock.subscribe(second.next_due, second.run_due)
    await clock.advance_to(START + 3 * HOUR)

    assert [due for due, _ in second.kept] == [START + 2 * HOUR]


async def test_a_subscriber_that_stays_due_does_not_stop_the_clock() -> None:
    clock = DemoClock(START)
    asked = 0

    async def stuck() -> datetime:
        return START + HOUR

    async def fail() -> None:
        nonlocal asked
        asked += 1

    clock.subscribe(stuck, fail)
    await clock.advance_to(START + 2 * HOUR)

    assert clock.now() >= START + 2 * HOUR
    assert asked > 1


async def test_the_clock_cannot_go_back() -> None:
    clock = DemoClock(START)

    with pytest.raises(ClockCannotGoBackError):
        await clock.advance_to(START - HOUR)


async def test_who_no_longer_listens_is_not_asked() -> None:
    clock = DemoClock(START)
    diary = Diary(clock, START + HOUR)
    clock.subscribe(diary.next_due, diary.run_due)()

    await clock.advance_to(START + 2 * HOUR)

    assert diary.kept == []


async def test_a_tester_moves_the_clock_by_seconds_or_to_a_time(setup: Setup) -> None:
    by = await setup.ask("POST", "clock", {"advance_s": 3600, "settle_ms": 0})
    to = await setup.ask("POST", "clock", {"to": "2026-12-01T10:00:00+01:00", "settle_ms": 0})
    back = await setup.ask("POST", "clock", {"to": "2026-11-01T10:00:00+01:00"})
    vague = await setup.ask("POST", "clock", {"to": "2026-12-24"})

    assert by["now"].startswith("2026-11-23T09:00")
    assert to["now"].startswith("2026-12-01T09:00")
    assert (back["ok"], back["error"]) == (False, "clock_cannot_go_back")
    assert vague["error"] == "invalid_clock"


async def test_messages_bear_the_calendars_time(setup: Setup) -> None:
    await setup.ask("POST", "clock", {"advance_s": 86_400, "settle_ms": 0})

    answer = await setup.act("tom", "message", text="Tomorrow")

    assert datetime.fromtimestamp(float(answer["ts"]), UTC) >= START + timedelta(days=1)


async def test_an_app_in_another_process_is_waited_for_at_its_due_times(setup: Setup) -> None:
    kept: list[str] = []

    async def follow() -> None:
        due: datetime | None = START + HOUR
        while True:
            body = {"follower": "app", "next_due": due.isoformat() if due else None, "wait_s": 5}
            now = datetime.fromisoformat((await setup.ask("POST", "clock/follow", body))["now"])
            if due is not None and now >= due:
                kept.append(now.isoformat(timespec="minutes"))
                due = due + HOUR if len(kept) < 3 else None

    follower = asyncio.create_task(follow())
    await setup.until(lambda: setup.playground.services.followers._followers)
    await setup.ask("POST", "clock", {"advance_s": 6 * 3600, "settle_ms": 0})
    follower.cancel()

    assert [moment[11:16] for moment in kept] == ["09:00", "10:00", "11:00"]
