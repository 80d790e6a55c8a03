"""How long tests wait, in one place: long enough for a machine that is busy with ten other things.

What a limit means, be it ours or Slack's, is told by tests that set a tiny one themselves.
"""

import asyncio
import importlib
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground.server import Playground

LONG_S = 60.0
POLL_S = 0.01
SETTLE_MS = 20  # tests ask what they wait for; this is for what has begun by then

# The limits that the code holds by itself, by module and name; all in seconds but for the last.
LIMITS: dict[tuple[str, str], float] = {
    ("bot.bootstrap", "SLACK_TIMEOUT_S"): LONG_S,
    ("bot.playground.person.acting", "LONGEST_SETTLE_S"): LONG_S,
    ("bot.playground.control.timekeeping", "LONGEST_SETTLE_S"): LONG_S,
    ("bot.sockets", "ANSWER_S"): LONG_S,
    ("bot.sockets", "CONNECT_S"): LONG_S,
    ("bot.usecases.acquaintance", "KNOW_WITHIN_S"): LONG_S,
    ("handlers.entrance", "PATIENCE_S"): LONG_S,
    ("storage.engine", "CONNECT_TIMEOUT_S"): int(LONG_S),
    ("storage.engine", "LOCK_WAIT_MS"): int(LONG_S * 1000),
}

# What they are outside of tests; read before any test begins.
AT_WORK = {(module, name): getattr(importlib.import_module(module), name) for module, name in LIMITS}


def widen(patch: pytest.MonkeyPatch) -> None:
    """Give the bot and the playground more time than they have at work."""
    for (module, name), value in LIMITS.items():
        patch.setattr(importlib.import_module(module), name, value)


def a_playground(**options: Any) -> Playground:
    """A playground whose Slack waits longer than Slack does."""
    playground = Playground(**options)
    playground.state.settings.trigger_ttl_s = LONG_S
    playground.state.settings.ack_timeout_s = LONG_S
    return playground


async def until(happened: Callable[[], object | Awaitable[object]]) -> None:
    """Wait until something is true that has no event of its own."""
    async with asyncio.timeout(LONG_S):
        while not await _value(happened()):  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(POLL_S)


async def _value(answer: object) -> object:
    return await answer if inspect.isawaitable(answer) else answer
