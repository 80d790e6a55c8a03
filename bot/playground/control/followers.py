"""How does an app in a process of its own keep up with the clock?

It asks again and again, telling when it has something to do next; each question also says that everything up to now is
done. So a move of the clock stops at its due times too, and waits for it there.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from bot.playground.control.clock import DemoClock

LONGEST_WAIT_S = 30.0
LONGEST_TURN_S = 15.0


@dataclass(eq=False)
class Follower:
    """One process: when it is due (calendar), its call to work, and its word that it is done."""

    next_due: datetime | None = None
    called: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Followers:
    """All processes that follow the clock, by the name that they gave."""

    def __init__(self, clock: DemoClock) -> None:
        """Take the clock that is followed."""
        self._clock = clock
        self._followers: dict[str, Follower] = {}

    async def ask(self, name: str, next_due: datetime | None, wait_s: float) -> None:
        """Wait until this follower is due, the clock was moved, or `wait_s` is over."""
        follower = self._followers.setdefault(name, Follower())
        follower.next_due = next_due
        follower.called.clear()
        follower.done.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds_until(next_due, wait_s)):
                await follower.called.wait()

    def _seconds_until(self, next_due: datetime | None, wait_s: float) -> float:
        if next_due is None:
            return wait_s
        return min(wait_s, max(0.0, (next_due - self._clock.now()).total_seconds()))

    def call_everyone(self) -> None:
        """Tell every follower that the clock was moved."""
        for follower in self._followers.values():
            follower.called.set()

    async def next_due(self) -> datetime | None:
        """The earliest due time, for the clock."""
        due = [follower.next_due for follower in self._followers.values()]
        return min((moment for moment in due if moment is not None), default=None)

    async def run_due(self) -> None:
        """Let each follower that is due do its work; one that does not come back is followed no more."""
        now = self._clock.now()
        for name, follower in list(self._followers.items()):
            if follower.next_due is None or follower.next_due > now:
                continue
            follower.done.clear()
            follower.called.set()
            try:
                async with asyncio.timeout(LONGEST_TURN_S):
                    await follower.done.wait()
            except TimeoutError:
                self._followers.pop(name, None)
