"""Which events were not acknowledged, and when are they sent again?

About at once, after one minute and after five (https://docs.slack.dev/apis/events-api/#retries), by the workspace's
clock, so that moving it forward brings them sooner.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.playground.app.delivery import Courier, Parcel, Receipt
from bot.playground.workspace.state import State

PAUSES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(eq=False)
class Waiting:
    """An event to be sent again at `due` (calendar); `failed_at` is when the first try failed."""

    parcel: Parcel
    due: datetime
    failed_at: datetime


class Redelivery:
    """Events on their way, and those that wait for their next try."""

    def __init__(self, state: State, courier: Courier) -> None:
        """Take the playground's state and its courier."""
        self._state = state
        self._courier = courier
        self._waiting: list[Waiting] = []
        self._changed = asyncio.Event()

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Deliver an event, the first retry included; later ones come by the clock."""
        receipt = await self._courier.deliver(parcel)
        if receipt.acked or receipt.stop_retries:
            return receipt
        failed_at = self._state.clock.now()
        if self._courier.connected:
            return await self._again(Waiting(next_try(parcel, receipt.reason), failed_at, failed_at))
        self._wait(Waiting(next_try(parcel, receipt.reason), failed_at + PAUSES[1], failed_at))
        return receipt

    async def _again(self, waiting: Waiting) -> Receipt:
        receipt = await self._courier.deliver(waiting.parcel)
        attempt = waiting.parcel.attempt
        if not receipt.acked and not receipt.stop_retries and attempt < len(PAUSES):
            parcel = next_try(waiting.parcel, receipt.reason)
            self._wait(Waiting(parcel, waiting.failed_at + PAUSES[attempt], waiting.failed_at))
        return receipt

    def _wait(self, waiting: Waiting) -> None:
        self._waiting.append(waiting)
        self._changed.set()

    def socket_opened(self) -> None:
        """Send at once what failed because nobody was connected."""
        for waiting in self._waiting:
            if waiting.parcel.attempt == 1:
                waiting.due = self._state.clock.now()
        self._changed.set()

    def forget(self) -> None:
        """Drop everything that waits."""
        self._waiting.clear()

    async def next_due(self) -> datetime | None:
        """When the next event is due, for the clock."""
        return min((waiting.due for waiting in self._waiting), default=None)

    async def run_due(self) -> None:
        """Send again what is due now."""
        now = self._state.clock.now()
        due = [waiting for waiting in self._waiting if waiting.due <= now]
        self._waiting = [waiting for waiting in self._waiting if waiting.due > now]
        for waiting in due:
            await self._again(waiting)

    async def run(self) -> None:
        """Send events again as the clock runs on by itself."""
        while True:
            due = await self.next_due()
            self._changed.clear()
            left = (due - self._state.clock.now()).total_seconds() if due else None
            if left is not None and left <= 0:
                await self.run_due()
                continue
            await self._wait_for_change(left)

    async def _wait_for_change(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return


def next_try(parcel: Parcel, reason: str) -> Parcel:
    """The same event with the next retry number."""
    return replace(parcel, attempt=parcel.attempt + 1, reason=reason)
