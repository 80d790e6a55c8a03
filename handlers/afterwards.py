"""What is done once Slack has its answer: nothing that Slack has to be asked for may take from its three seconds."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from functools import partial

from bot.domain.errors import FormGone, SlackTrouble, SlackUnreachable, StoreUnavailable

Work = Callable[[], Awaitable[None]]

# Between the tries, while Slack or the database is in trouble; after the last, the next occasion has to do.
PAUSES_S: tuple[float, ...] = (2, 10, 60, 300, 900, 3600)
PASSING = (SlackUnreachable, FormGone, StoreUnavailable)  # FormGone: two pages met, and Slack took neither

log = logging.getLogger(__name__)


class Afterwards:
    """Work in the background, one at a time for each key, so that an older page never covers a newer one.

    Of several works for one key that wait, only the last is done: each finds out by itself what is current then.
    """

    def __init__(self) -> None:
        self._wanted: dict[Hashable, Work] = {}
        self._running: dict[Hashable, asyncio.Task[None]] = {}
        self._resting = 0
        self._closing = asyncio.Event()

    @property
    def idle(self) -> bool:
        """Whether nothing is under way but what waits for Slack to recover."""
        return len(self._running) == self._resting

    def soon(self, key: Hashable, work: Work) -> None:
        """Begin when there is a moment; what fails is logged, and tried again where that may help."""
        self._wanted[key] = work
        self._start(key)

    async def close(self) -> None:
        """Let finish what is on its way; what waits for Slack to recover waits no longer."""
        self._closing.set()
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _start(self, key: Hashable) -> None:
        if key not in self._running:
            task = asyncio.create_task(self._run(key))
            self._running[key] = task
            task.add_done_callback(partial(self._ended, key))

    async def _run(self, key: Hashable) -> None:
        while work := self._wanted.pop(key, None):
            await self._persevere(key, work)

    async def _persevere(self, key: Hashable, work: Work) -> None:
        for pause_s in PAUSES_S:
            try:
                await work()
            except PASSING as error:
                log.warning("%s did not work (%r): trying again in %g seconds", key, error, pause_s)
                await self._rest(max(pause_s, getattr(error, "retry_after", 0.0)))
            else:
                return
            if key in self._wanted or self._closing.is_set():
                return
        await work()

    async def _rest(self, seconds: float) -> None:
        self._resting += 1
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        self._resting -= 1

    def _ended(self, key: Hashable, task: asyncio.Task[None]) -> None:
        del self._running[key]
        if not task.cancelled() and (error := task.exception()):
            ours = None if isinstance(error, SlackTrouble | FormGone) else error
            log.error("%s could not be done (%r); it will be on the next occasion", key, error, exc_info=ours)
        if key in self._wanted and not task.cancelled():
            self._start(key)
