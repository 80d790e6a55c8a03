"""What has changed for whom since a given moment?"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable


class Changes:
    """A counter of changes for each person, and a way to wait for the next one."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.revision = 0
        self.closed = False
        self._everyone = 0
        self._by_person: dict[str, int] = defaultdict(int)
        self._news = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()

    def touch(self, people: Iterable[str] | None = None) -> int:
        """Note that these people (None: all) see something new; returns the new revision."""
        self.revision += 1
        if people is None:
            self._everyone = self.revision
        for person in people or ():
            self._by_person[person] = self.revision
        task = asyncio.get_running_loop().create_task(self._tell())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return self.revision

    def of(self, person: str) -> int:
        """The revision of the last change that this person sees."""
        return max(self._everyone, self._by_person[person])

    async def wait(self, person: str, seen: int) -> int:
        """Wait until this person sees a change later than `seen`; returns its revision."""
        async with self._news:
            await self._news.wait_for(lambda: self.closed or self.of(person) > seen)
        return self.of(person)

    async def close(self) -> None:
        """Let everybody who waits go, because the playground closes."""
        self.closed = True
        await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()
