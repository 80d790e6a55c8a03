"""What the use cases need counted: figures that need no one's words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.hands import HandLine
from bot.domain.ids import CohortId
from bot.domain.members import Member


class Counts(Protocol):
    """Figures that need no one's words."""

    def pair_states(self, cohorts: Sequence[CohortId]) -> dict[CohortId, dict[str, int]]:
        """How many pairs of each cohort are in which state."""

    def hands(self, me: Member, cohorts: Sequence[CohortId], now: datetime) -> list[HandLine]:
        """What needs a hand of somebody who leads these cohorts, in one query; only what there is."""

    def due(self) -> dict[str, datetime]:
        """The earliest moment at which something falls due, by store and field ("nudges.due_at")."""

    def next_due(self) -> datetime | None:
        """The earliest moment at which anything falls due, over all workspaces; for a clock that is moved."""
