"""Who goes first when much happens at once: people who wait for an answer, before messages that may come later.

Slack gives an answer three seconds, and shows a person nothing meanwhile; a post only has to come soon.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.ports_slack import Address, Begin, Delivery, Messenger

QUIET_S = 0.02  # so long nobody has waited, and nobody is likely to come right now
LONGEST_S = 0.25  # a message is put off no longer, however busy people are


class InFlightCalls:
    """The calls of Slack that are being answered right now."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()
        self._since = float("-inf")  # when the last one was answered, by the loop's clock

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """One call, from its arrival to its answer."""
        self._count += 1
        self._none.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._since = asyncio.get_running_loop().time()
                self._none.set()

    async def answered(self, at_most_s: float) -> None:
        """Wait until none is left, or `at_most_s` seconds are over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most_s):
                await self._none.wait()

    async def quiet(self) -> None:
        """Wait until there has been none for QUIET_S, or LONGEST_S is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_S):
                while (left := self._left()) > 0:
                    await asyncio.sleep(left)
                    await self._none.wait()

    def _left(self) -> float:
        """Seconds until it will have been quiet long enough."""
        if self._count:
            return QUIET_S
        return self._since + QUIET_S - asyncio.get_running_loop().time()


class YieldingMessenger:
    """The `Messenger` port over another one, which waits for a quiet moment before each call."""

    def __init__(self, messenger: Messenger, calls: InFlightCalls) -> None:
        self._messenger = messenger
        self._calls = calls

    @property
    def takes_files(self) -> bool:
        return self._messenger.takes_files

    async def post(self, address: Address, content: object, nonce: str, begin: Begin) -> Delivery:
        await self._calls.quiet()
        return await self._messenger.post(address, content, nonce, begin)

    async def update(self, address: Address, ts: str, content: object, nonce: str, begin: Begin) -> Delivery:
        await self._calls.quiet()
        return await self._messenger.update(address, ts, content, nonce, begin)

    async def find(self, address: Address, nonce: str, after: str) -> Delivery:
        return await self._messenger.find(address, nonce, after)
