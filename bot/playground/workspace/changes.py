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
        self._waiting: set[asyncio.Event] = set()

    def touch(self, people: Iterable[str] | None = None) -> int:
        """Note that these people (None: all) see something new; returns the new revision."""
        self.revision += 1
        if people is None:
            self._everyone = self.revision
        for person in people or ():
            self._by_person[person] = self.revision
        self._wake()
        return self.revision

    def of(self, person: str) -> int:
        """The revision of the last change that this person sees."""
        return max(self._everyone, self._by_person[person])

    async def wait(self, person: str, seen: int) -> int:
        """Wait until this person sees a change later than `seen`, or the playground closes; returns its revision."""
        news = asyncio.Event()
        self._waiting.add(news)
        try:
            while not self.closed and self.of(person) <= seen:
                news.clear()
                await news.wait()
        finally:
            self._waiting.discard(news)
        return self.of(person)

    def close(self) -> None:
        """Let everybody who waits go, because the playground closes."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        for news in self._waiting:
            news.set()
