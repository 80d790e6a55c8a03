"""What time is it in the workspace, and what happens on the way to a later time?"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.playground.errors import ClockCannotGoBackError

# A subscriber that is still due after so many turns (a job that fails, say) is asked again this much later.
MOST_TURNS = 20
STILL_DUE_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True)
class Subscriber:
    """Someone who has things to do at certain times of the calendar."""

    next_due: Callable[[], Awaitable[datetime | None]]
    run_due: Callable[[], Awaitable[None]]


class DemoClock:
    """A calendar that runs on with real time and can be moved forward, never back.

    A move goes in steps: each subscriber tells its next due time, the calendar moves to the earliest, what is due is
    awaited, and so on until the target. So a week that is skipped still happens in order.
    """

    def __init__(self, start: datetime | None = None) -> None:
        """Start at `start` (aware), or at the real time."""
        self._set_point = (start or datetime.now(UTC)).astimezone(UTC)
        self._set_at = time.monotonic()
        self._subscribers: list[Subscriber] = []
        self._moving = asyncio.Lock()

    def now(self) -> datetime:
        """The calendar, as an aware UTC datetime."""
        return self._set_point + timedelta(seconds=time.monotonic() - self._set_at)

    def real_now(self) -> datetime:
        """The real time, as an aware UTC datetime."""
        return datetime.now(UTC)

    def subscribe(
        self,
        next_due: Callable[[], Awaitable[datetime | None]],
        run_due: Callable[[], Awaitable[None]],
    ) -> Callable[[], None]:
        """Be asked for the next due time, and be called when it has come; returns a function that ends it."""
        subscriber = Subscriber(next_due, run_due)
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    async def advance_to(self, target: datetime) -> None:
        """Move the calendar to `target` step by step; raises ClockCannotGoBackError for a time that has passed."""
        async with self._moving:
            if target < self.now():
                raise ClockCannotGoBackError(f"It is {self.now().isoformat()} already.")
            while (due := await self._earliest_due()) is not None and due <= target:
                self._move_to(due)
                if await self._is_stuck(due):
                    self._move_to(min(self.now() + STILL_DUE_PAUSE, target))
                    if self.now() >= target:
                        break
            self._move_to(target)

    async def _is_stuck(self, due: datetime) -> bool:
        """Run what is due; True if something is still due after so many turns."""
        for _ in range(MOST_TURNS):
            await self._run_due()
            after = await self._earliest_due()
            if after is None or after > due:
                return False
        return True

    async def _earliest_due(self) -> datetime | None:
        due = [await subscriber.next_due() for subscriber in self._subscribers]
        return min((moment for moment in due if moment is not None), default=None)

    async def _run_due(self) -> None:
        for subscriber in list(self._subscribers):
            due = await subscriber.next_due()
            if due is not None and due <= self.now():
                await subscriber.run_due()

    def _move_to(self, moment: datetime) -> None:
        if moment > self.now():
            self._set_point = moment.astimezone(UTC)
            self._set_at = time.monotonic()
