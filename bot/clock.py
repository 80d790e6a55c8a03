"""What time it is for a running bot: the machine's own, or that of a playground in another process."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.domain.errors import PairloopError, SettingsWrong, SlackUnreachable

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ASK_FOR_S = 20.0
PAUSE_S = 1.0

log = logging.getLogger(__name__)


class SystemClock:
    """The `Clock` port over the machine's time: both times are the same."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real_now(self) -> datetime:
        return datetime.now(UTC)


def clock_address(url: str) -> str:
    """The address of a playground's clock, from that or from the playground's own; ValueError for other machines."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        raise ValueError(
            "the clock of a playground is on this machine: http://127.0.0.1:PORT/playground/clock"
        )
    return f"http://{parts.netloc}/playground/clock"


class FollowedClock:
    """The `Clock` port over a playground in another process: its last word, and what has passed since."""

    def __init__(self, url: str) -> None:
        """`url` is the playground's, on this machine only; SettingsWrong names any other."""
        try:
            self._address = clock_address(url)
        except ValueError as error:
            raise SettingsWrong([f"PAIRLOOP_CLOCK_URL: {error}"]) from error
        self._name = f"pairloop-{secrets.token_hex(4)}"
        self._set_point = datetime.now(UTC)
        self._set_at = time.monotonic()

    def now(self) -> datetime:
        return self._set_point + timedelta(seconds=time.monotonic() - self._set_at)

    def real_now(self) -> datetime:
        return datetime.now(UTC)

    async def read(self) -> None:
        """Take the playground's time. Raises SlackUnreachable, because the playground stands in for Slack."""
        try:
            async with _loopback(5) as http:
                self._set((await http.get(self._address)).json()["now"])
        except (httpx.HTTPError, KeyError, ValueError) as error:
            raise SlackUnreachable(self._address) from error

    async def follow(
        self,
        next_due: Callable[[], Awaitable[datetime | None]],
        run_due: Callable[[], Awaitable[None]],
        changed: asyncio.Event,
    ) -> None:
        """For ever: tell what falls due next, wait until it does, the clock is moved or `changed` is set, and do it.

        A move of the clock stops at each due time and goes on when this asks again, so nothing is left out.
        """
        async with _loopback(ASK_FOR_S + 10) as http:
            while True:
                changed.clear()
                try:
                    due = await next_due()
                    await _first_of(self._ask(http, due), changed.wait())
                    if due is not None and due <= self.now():
                        await run_due()
                except PairloopError as error:
                    log.warning("following the playground's clock: %r", error)
                    await asyncio.sleep(PAUSE_S)

    async def _ask(self, http: httpx.AsyncClient, due: datetime | None) -> None:
        question = {
            "follower": self._name,
            "next_due": due.isoformat() if due else None,
            "wait_s": ASK_FOR_S,
        }
        try:
            answer = await http.post(f"{self._address}/follow", json=question)
            self._set(answer.json()["now"])
        except (httpx.HTTPError, KeyError, ValueError) as error:
            log.warning("the playground's clock does not answer (%r): going on by the last known time", error)
            await asyncio.sleep(PAUSE_S)

    def _set(self, moment: str) -> None:
        self._set_point = max(datetime.fromisoformat(moment), self.now())
        self._set_at = time.monotonic()


def _loopback(timeout_s: float) -> httpx.AsyncClient:
    """For this machine only, so a proxy in the environment is not asked."""
    return httpx.AsyncClient(timeout=timeout_s, trust_env=False)


async def _first_of(*works: Coroutine[Any, Any, Any]) -> None:
    """Wait for the first, and give the others up."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
