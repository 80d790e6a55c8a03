"""How do Slack's ids, timestamps and tokens look, and how are they kept unique?"""

import random
import string
import uuid
from datetime import datetime

ALPHABET = string.ascii_uppercase + string.digits
LETTERS = string.ascii_letters + string.digits
MICROS = 1_000_000


class Ids:
    """Makes ids; the same seed makes the same ids, so that a demo looks the same each time."""

    def __init__(self, seed: int = 0) -> None:
        """Take the seed of the ids."""
        self._random = random.Random(seed)  # noqa: S311 (ids of a local toy workspace are no secrets)
        self._last_ts = 0

    def make(self, prefix: str) -> str:
        """An id such as U7K2M4PQ81X for the prefix U."""
        return prefix + "0" + "".join(self._random.choices(ALPHABET, k=9))

    def digits(self, length: int) -> str:
        """A number of so many digits that does not begin with a nought."""
        return str(self._random.randrange(10 ** (length - 1), 10**length))

    def hex(self, length: int) -> str:
        """So many hexadecimal digits."""
        return "".join(self._random.choices("0123456789abcdef", k=length))

    def word(self, length: int) -> str:
        """So many letters and digits."""
        return "".join(self._random.choices(LETTERS, k=length))

    def uuid(self) -> str:
        """A random UUID, as in envelope ids."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def ts(self, now: datetime) -> str:
        """The next timestamp, `<seconds>.<six digits>`: unique and strictly rising in the workspace."""
        self._last_ts = max(int(now.timestamp() * MICROS), self._last_ts + 1)
        return f"{self._last_ts // MICROS}.{self._last_ts % MICROS:06d}"

    def view_hash(self, now: datetime) -> str:
        """A view's hash, `<seconds>.<eight letters>`, new at each write."""
        return f"{int(now.timestamp())}.{self.hex(8)}"

    def trigger(self, now: datetime) -> str:
        """A trigger id, `<13 digits>.<digits>.<hex>`."""
        return f"{int(now.timestamp() * 1000)}.{self.digits(12)}.{self.hex(32)}"
