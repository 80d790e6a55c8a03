"""We call as fast as Slack allows and no faster, and slower for a while where it asked for a pause."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.delivery.pace import IN_CHANNEL, IN_CHANNEL_S, MINUTE_S, SLOWEST, Pace, rate_after

T = TypeVar("T")
MICROSECOND = 1e-6  # time never stands still
PER_MINUTE = 50  # Slack's limit for the methods of its third tier


class _Impatient(selectors.DefaultSelector):
    """Waits for nothing, and adds up how long it would have waited."""

    waited_s = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.waited_s += max(MICROSECOND, timeout or 0.0)
        return super().select(0)


class _FastLoop(asyncio.SelectorEventLoop):
    """A loop in which a minute takes no time."""

    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return self._impatient.waited_s


def run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=_FastLoop) as runner:
        return runner.run(work)


async def moments(turn: Callable[[], Awaitable[object]], calls: int) -> list[float]:
    """When each of so many calls, all wanted at once, had its turn."""
    at: list[float] = []

    async def one() -> None:
        await turn()
        at.append(asyncio.get_running_loop().time())

    await asyncio.gather(*(one() for _ in range(calls)))
    return at


def most_within(at: list[float], seconds: float) -> int:
    return max(sum(1 for other in at if 0 <= other - first < seconds) for first in at)


@pytest.mark.parametrize("name", ["updates", "openings", "looks"])
def test_no_minute_has_more_calls_than_slack_allows(name: str) -> None:
    async def work() -> list[float]:
        method = getattr(Pace(), name)
        return await moments(method.turn, 200)

    at = run(work())
    assert most_within(at, MINUTE_S) < PER_MINUTE
    assert at[-1] < 200 / 0.6


def test_in_one_channel_a_few_come_at_once_and_then_one_a_second() -> None:
    async def work() -> list[float]:
        pace = Pace()

        async def turn() -> None:
            async with pace.posting("DTOM"):
                await asyncio.sleep(0.15)

        return await moments(turn, 20)

    at = run(work())
    assert most_within(at, IN_CHANNEL_S) == IN_CHANNEL
    assert at[IN_CHANNEL - 1] < 1


def test_one_slow_channel_holds_up_nobody_else() -> None:
    async def work() -> float:
        pace = Pace()

        async def slow() -> None:
            async with pace.posting("DSLOW"):
                await asyncio.sleep(MINUTE_S)

        waiting = [asyncio.create_task(slow()) for _ in range(5)]
        await asyncio.sleep(1)
        async with pace.posting("DTOM"):
            at = asyncio.get_running_loop().time()
        for task in waiting:
            task.cancel()
        return at

    assert run(work()) < 2


def test_after_a_pause_messages_come_half_as_fast_and_are_as_fast_as_before_after_a_quarter_of_an_hour() -> (
    None
):
    async def work() -> list[float]:
        posts, rates = Pace().posts, []
        for _ in range(3):  # what was called side by side is refused side by side
            posts.slow_down(30)
        for _ in range(16):
            rates.append(posts.rate)
            await asyncio.sleep(MINUTE_S)
            await posts.turn()
        return rates

    rates = run(work())
    assert rates[0] == 2.5
    assert rates == sorted(rates)
    assert rates[-1] >= 5


def test_however_often_slack_asks_messages_go_on() -> None:
    async def work() -> float:
        posts = Pace().posts
        for _ in range(10):
            posts.slow_down(1)
            await asyncio.sleep(2)
        return posts.rate

    assert run(work()) == SLOWEST


def test_a_playground_has_no_limits_until_it_asks_for_a_pause() -> None:
    async def work() -> tuple[float, float]:
        pace = Pace(limited=False)
        free = await moments(pace.posts.turn, 500)
        pace.posts.slow_down(1)
        return free[-1], (await moments(pace.posts.turn, 500))[-1]

    free, limited = run(work())
    assert free < 1
    assert limited > 60


@given(rate=st.floats(SLOWEST, 8), minutes=st.floats(0, 10_000), more=st.floats(0, 10_000))
def test_the_rate_only_grows_and_never_above_its_cap(rate: float, minutes: float, more: float) -> None:
    assert rate <= rate_after(rate, minutes, 8) <= rate_after(rate, minutes + more, 8) <= 8
