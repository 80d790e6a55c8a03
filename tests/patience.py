"""How long tests wait, in one place: long enough for a machine that is busy with ten other things.

What a limit means, be it ours or Slack's, is told by tests that set a tiny one themselves.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

LONG_S = 60.0
POLL_S = 0.01


async def until(happened: Callable[[], object | Awaitable[object]]) -> None:
    """Wait until something is true that has no event of its own."""
    async with asyncio.timeout(LONG_S):
        while not await _value(happened()):  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(POLL_S)


async def _value(answer: object) -> object:
    return await answer if inspect.isawaitable(answer) else answer
