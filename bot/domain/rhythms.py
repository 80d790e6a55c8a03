"""Rhythms as people choose them."""

from dataclasses import dataclass
from datetime import time

from bot.domain.cadence import CadenceKind, Nth, Rule, rule_of


@dataclass(frozen=True)
class RhythmChoice:
    """What a form of a rhythm sends: which days, and at which wall time in everyone's own zone.

    Of `every_weeks`, `nth` and `weekday` (0 is Monday) a kind reads what it needs.
    """

    cadence_kind: CadenceKind
    every_weeks: int
    nth: Nth
    weekday: int
    at: time

    @property
    def rule(self) -> Rule:
        """Raises InvalidInput for the field at fault."""
        return rule_of(self.cadence_kind, every_weeks=self.every_weeks, nth=self.nth, weekday=self.weekday)
