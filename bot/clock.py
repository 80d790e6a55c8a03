"""The clock of a running bot: the machine's own."""

from datetime import UTC, datetime


class SystemClock:
    """The `Clock` port over the machine's time: both times are the same."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def real_now(self) -> datetime:
        return datetime.now(UTC)
