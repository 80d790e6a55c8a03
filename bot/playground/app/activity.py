"""Is the app still busy with what a person did?"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Activity:
    """Counts what is under way: Web API calls, and deliveries that wait for their acknowledgement."""

    def __init__(self) -> None:
        """Begin quiet."""
        self._under_way = 0
        self._last_end = time.monotonic()
        self._changed = asyncio.Event()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Count one call or delivery for as long as it takes."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._last_end = time.monotonic()
            self._changed.set()

    async def settle(self, quiet_s: float, most_s: float) -> bool:
        """Wait until nothing has been under way for `quiet_s`; False when that did not come within `most_s`."""
        started = time.monotonic()
        while True:
            now = time.monotonic()
            quiet_at = max(self._last_end, started) + quiet_s
            if not self._under_way and now >= quiet_at:
                return True
            left = started + most_s - now
            if left <= 0:
                return False
            await self._wait(left if self._under_way else min(left, quiet_at - now))

    async def _wait(self, seconds: float) -> None:
        self._changed.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return
