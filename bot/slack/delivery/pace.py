"""How fast we may call, so that Slack never has to ask for a pause.

The figures are Slack's own where it gives any (https://docs.slack.dev/apis/web-api/rate-limits): one message a second
in each channel with short bursts, several hundred messages a minute in a workspace, and fifty calls a minute of
`chat.update`, `conversations.open` and `conversations.history` each.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

from aiolimiter import AsyncLimiter

CHANNELS = 4096  # whose last seconds are remembered


class Pace:
    """One workspace's limits."""

    def __init__(self) -> None:
        self._posts = AsyncLimiter(10, 2)
        self._updates = AsyncLimiter(50, 60)
        self._openings = AsyncLimiter(50, 60)
        self._looks = AsyncLimiter(5, 6)  # fifty a minute, evenly: after a crash all are made at once
        self._in_channel = lru_cache(CHANNELS)(lambda _channel: AsyncLimiter(10, 10))

    @asynccontextmanager
    async def posting(self, channel: str) -> AsyncIterator[None]:
        """Wait until a message may be posted there."""
        async with self._in_channel(channel), self._posts:
            yield

    @asynccontextmanager
    async def updating(self) -> AsyncIterator[None]:
        async with self._updates:
            yield

    @asynccontextmanager
    async def opening(self) -> AsyncIterator[None]:
        async with self._openings:
            yield

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        async with self._looks:
            yield


class NoPace(Pace):
    """For a workspace that has no limits: a playground."""

    @asynccontextmanager
    async def posting(self, channel: str) -> AsyncIterator[None]:  # noqa: ARG002 - as above
        yield

    @asynccontextmanager
    async def updating(self) -> AsyncIterator[None]:
        yield

    @asynccontextmanager
    async def opening(self) -> AsyncIterator[None]:
        yield

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        yield
