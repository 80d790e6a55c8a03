"""Does the bot's clock follow a playground in another process, and only one on this machine?"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import FollowedClock, clock_address
from bot.domain.errors import SettingsWrong, SlackUnreachable
from bot.playground.control.clock import DemoClock
from bot.playground.server import Playground
from tests.patience import LONG_S, a_playground, until

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with a_playground(clock=DemoClock(MONDAY)) as playground:
        yield playground


@pytest.mark.parametrize(
    "url",
    ["http://example.com/playground/clock", "https://127.0.0.1:1/", "127.0.0.1:4242", "file:///etc/passwd"],
)
def test_a_clock_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(SettingsWrong, match="PAIRLOOP_CLOCK_URL"):
        FollowedClock(url)


async def until_followed(playground: Playground) -> None:
    await until(lambda: playground.services.followers._followers)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:4242", "http://127.0.0.1:4242/", "http://127.0.0.1:4242/playground/clock"]
)
def test_the_address_of_the_playground_will_do(url: str) -> None:
    assert clock_address(url) == "http://127.0.0.1:4242/playground/clock"


async def test_it_reads_the_playgrounds_time(playground: Playground) -> None:
    clock = FollowedClock(playground.url)

    await clock.read()

    assert MONDAY <= clock.now() <= playground.clock.now()


async def test_a_playground_that_is_away_is_told() -> None:
    with pytest.raises(SlackUnreachable):
        await FollowedClock("http://127.0.0.1:9").read()


async def test_a_move_stops_at_every_due_time_and_waits_for_the_work(playground: Playground) -> None:
    clock = FollowedClock(playground.url)
    await clock.read()
    waiting = [MONDAY + timedelta(days=day) for day in (1, 2, 3)]
    worked: list[timedelta] = []

    async def next_due() -> datetime | None:
        return waiting[0] if waiting else None

    async def run_due() -> None:
        worked.append(clock.now() - waiting.pop(0))

    following = asyncio.create_task(clock.follow(next_due, run_due, asyncio.Event()))
    await until_followed(playground)
    await playground.clock.advance_to(playground.clock.now() + timedelta(days=7))
    following.cancel()

    assert len(worked) == 3
    assert max(worked) < timedelta(hours=1)


async def test_what_falls_due_earlier_after_a_commit_is_not_slept_through(playground: Playground) -> None:
    clock = FollowedClock(playground.url)
    await clock.read()
    due: list[datetime] = []
    worked = asyncio.Event()
    changed = asyncio.Event()

    async def next_due() -> datetime | None:
        return due[0] if due else None

    async def run_due() -> None:
        due.clear()
        worked.set()

    following = asyncio.create_task(clock.follow(next_due, run_due, changed))
    await until_followed(playground)
    due.append(clock.now())
    changed.set()

    async with asyncio.timeout(LONG_S):
        await worked.wait()
    following.cancel()


async def test_what_is_not_due_yet_is_not_done_however_much_is_committed(playground: Playground) -> None:
    clock = FollowedClock(playground.url)
    await clock.read()
    changed, asked, worked = asyncio.Event(), 0, []

    async def next_due() -> datetime:
        nonlocal asked
        assert not changed.is_set()
        asked += 1
        return clock.now() + timedelta(days=30)

    async def run_due() -> None:
        worked.append(clock.now())

    following = asyncio.create_task(clock.follow(next_due, run_due, changed))
    for times in (1, 2, 3):
        await until(lambda times=times: asked >= times or following.done())  # type: ignore[misc]  # bound at once
        changed.set()
    assert not following.done()
    following.cancel()

    assert worked == []


def test_it_never_goes_back_and_leaves_real_time_alone() -> None:
    clock = FollowedClock("http://127.0.0.1:4242")
    ahead = datetime.now(UTC) + timedelta(days=365)

    clock._set(ahead.isoformat())
    clock._set((ahead - timedelta(days=7)).isoformat())

    assert clock.now() >= ahead
    assert clock.real_now() - datetime.now(UTC) < timedelta(days=1)


async def test_it_goes_on_by_the_last_known_time_when_the_playground_is_gone() -> None:
    async with a_playground(clock=DemoClock(MONDAY)) as playground:
        clock = FollowedClock(playground.url)
        await clock.read()

    assert clock.now() - MONDAY < timedelta(hours=1)
    assert clock.now() >= MONDAY
