"""What went to and fro between the playground and the app?"""

from collections import deque
from datetime import datetime
from typing import Any

from bot.playground.wire import Json

KEPT = 20_000


class Journal:
    """Numbered entries, oldest first; the last 20,000 are kept."""

    def __init__(self) -> None:
        """Begin with no entries."""
        self._entries: deque[Json] = deque(maxlen=KEPT)
        self._count = 0

    def write(self, now: datetime, kind: str, **what: Any) -> Json:
        """Add an entry and return it, so that a later answer can be put into it."""
        self._count += 1
        entry = {"n": self._count, "at": now.isoformat(), "kind": kind, **what}
        self._entries.append(entry)
        return entry

    def since(self, number: int) -> list[Json]:
        """The entries after that number."""
        return [entry for entry in self._entries if entry["n"] > number]

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return self._count
