"""How fast we may call, so that Slack never has to ask for a pause; and slower for a while where it did.

The figures are Slack's own where it gives any (https://docs.slack.dev/apis/web-api/rate-limits): one message a second
in each channel with short bursts, several hundred messages a minute in a workspace, and fifty calls a minute of
`chat.update`, `conversations.open` and `conversations.history` each. What it allows in a workspace it does not say, so
after a pause the rate is halved, and comes back by a twentieth a minute.
"""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

from aiolimiter import AsyncLimiter

CHANNELS = 4096  # whose last seconds are remembered
MINUTE_S = 60.0
DAY_MINUTES = 1440  # after which every rate has come back
SLOWER, FASTER = 0.5, 1.05
SLOWEST = 1.0  # calls a second; below it a batch would outlast its lease
IN_CHANNEL, IN_CHANNEL_S = 4, 4.0


def rate_after(rate: float, minutes: float, cap: float) -> float:
    """The calls a second after so many minutes without a pause, `cap` at most."""
    return min(cap, rate * math.pow(FASTER, min(minutes, DAY_MINUTES)))


class Method:
    """The turns of one method in a workspace: a leaky bucket, whose rate follows what Slack says."""

    def __init__(self, rate: float, cap: float, burst: int, *, limited: bool) -> None:
        """`rate` and `cap` in calls a second; `burst` calls may come at once after a rest.

        Where it is not `limited`, nothing waits until Slack first asks for a pause.
        """
        self.rate = rate
        self.is_limited = limited
        self._cap = cap
        self._burst = burst
        self._rests_until = self._changed_at = float("-inf")
        self._bucket = AsyncLimiter(burst, burst / rate)

    async def turn(self) -> None:
        """Wait until it may be called."""
        if self.is_limited:
            self._speed_up()
            await self._bucket.acquire()

    def slow_down(self, pause_s: float) -> None:
        """Slack asked for a pause; what was called beside it and is refused as well changes nothing more."""
        if _now() >= self._rests_until:
            self._go_at(max(SLOWEST, self.rate * SLOWER))
        self._rests_until = max(self._rests_until, _now() + pause_s)
        self.is_limited = True

    def _speed_up(self) -> None:
        minutes = (_now() - self._changed_at) / MINUTE_S
        if minutes == float("inf"):
            self._changed_at = _now()
        elif minutes >= 1 and self.rate < self._cap:
            self._go_at(rate_after(self.rate, minutes, self._cap))

    def _go_at(self, rate: float) -> None:
        """What waits already keeps its turn in the old bucket."""
        self.rate, self._changed_at = rate, _now()
        self._bucket = AsyncLimiter(self._burst, self._burst / rate)


class Window:
    """The turns of one channel: so many calls in any so many seconds, counted from when each was answered."""

    def __init__(self) -> None:
        self._ended: deque[float] = deque(maxlen=IN_CHANNEL)
        self._one = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        async with self._one:
            if len(self._ended) == IN_CHANNEL:
                await asyncio.sleep(self._ended[0] + IN_CHANNEL_S - _now())
            try:
                yield
            finally:
                self._ended.append(_now())


class Pace:
    """One workspace's limits."""

    def __init__(self, *, limited: bool = True) -> None:
        """Where it is not `limited`, as a playground, Slack's limits are kept once it asks for a pause."""
        self.posts = Method(5, cap=8, burst=10, limited=limited)
        # Together with the burst fewer than fifty in any minute, however they fall.
        self.updates = Method(0.65, cap=0.65, burst=10, limited=limited)
        self.openings = Method(0.65, cap=0.65, burst=10, limited=limited)
        # Together with the burst fewer than a hundred in any minute; each file takes two.
        self.uploads = Method(1.3, cap=1.3, burst=10, limited=limited)
        # Evenly: after a crash all are made at once.
        self.looks = Method(0.72, cap=0.72, burst=5, limited=limited)
        self._in_channel = lru_cache(CHANNELS)(lambda _channel: Window())

    @asynccontextmanager
    async def posting(self, channel: str) -> AsyncIterator[Method]:
        """Wait until a message may be posted there."""
        if not self.posts.is_limited:
            yield self.posts
            return
        async with self._in_channel(channel).turn():
            await self.posts.turn()
            yield self.posts

    @asynccontextmanager
    async def updating(self) -> AsyncIterator[Method]:
        await self.updates.turn()
        yield self.updates

    @asynccontextmanager
    async def opening(self) -> AsyncIterator[Method]:
        await self.openings.turn()
        yield self.openings

    @asynccontextmanager
    async def uploading(self) -> AsyncIterator[Method]:
        await self.uploads.turn()
        yield self.uploads

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Method]:
        await self.looks.turn()
        yield self.looks


def _now() -> float:
    return asyncio.get_running_loop().time()
