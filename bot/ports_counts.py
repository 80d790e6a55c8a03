"""What the use cases need counted: figures that need no one's words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.funnels import Funnel
from bot.domain.hands import HandLine
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.owed_replies import ReplyCounts


@dataclass(frozen=True)
class Standing:
    """How many pairs of a cohort are in which state, and how the replies in it came. Counts only.

    Args:
        talks: of its active pairs in the last 30 days, told of or said to have taken place.
    """

    pairs: dict[str, int] = field(default_factory=dict)
    replies: ReplyCounts = field(default_factory=ReplyCounts)
    talks: int = 0


class Counts(Protocol):
    """Figures that need no one's words."""

    def funnels(self, cohorts: Sequence[CohortId]) -> list[Funnel]:
        """One funnel for each of these cohorts."""

    def pair_states(self, cohorts: Sequence[CohortId]) -> dict[CohortId, dict[str, int]]:
        """How many pairs of each cohort are in which state."""

    def standings(self, cohorts: Sequence[CohortId], now: datetime) -> dict[CohortId, Standing]:
        """The pairs of each of these cohorts by state, and the replies that were due in it, in one query."""

    def hands(self, me: Member, cohorts: Sequence[CohortId], now: datetime) -> list[HandLine]:
        """What needs a hand of somebody who leads these cohorts, in one query; only what there is."""

    def due(self) -> dict[str, datetime]:
        """The earliest moment at which something falls due, by store and field ("nudges.due_at")."""

    def next_due(self) -> datetime | None:
        """The earliest moment at which anything falls due, over all workspaces; for a clock that is moved."""
