"""What went to and fro between the playground and the app?"""

import json
from collections import deque
from datetime import datetime
from typing import Any

from bot.playground.wire import Json

KEPT = 20_000


class Journal:
    """Numbered entries, oldest first; the last 20,000 are kept.

    An entry is kept as text: what it tells must not change when a view or message changes later.
    """

    def __init__(self) -> None:
        """Begin with no entries."""
        self._entries: deque[tuple[int, str]] = deque(maxlen=KEPT)
        self._count = 0

    def write(self, now: datetime, kind: str, **what: Any) -> int:
        """Add an entry and return its number."""
        self._count += 1
        entry = {"n": self._count, "at": now.isoformat(), "kind": kind, **what}
        self._entries.append((self._count, json.dumps(entry, default=str)))
        return self._count

    def since(self, number: int) -> list[Json]:
        """The entries after that number."""
        return [json.loads(text) for count, text in self._entries if count > number]

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return self._count
