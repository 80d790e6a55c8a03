"""What a cohort is: a group of pairs that shares a rhythm and a pack of questions."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.cadence import Cadence
from bot.domain.ids import CohortId, MemberId, WorkspaceId

NAME_LIMIT = 80


class CohortState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Cohort:
    """A group of pairs; its rhythm is kept as plain columns and read as a `Cadence`."""

    workspace_id: WorkspaceId
    name: str
    every_weeks: int
    weekday: int  # 0 is Monday
    at: time  # wall time, in everyone's own zone
    anchor: date  # a day of a week in which the rhythm falls
    created_at: datetime
    lead_id: MemberId | None = None
    pack: str = "classic"
    open: bool = False  # any two members may pair here by mutual consent
    state: CohortState = CohortState.ACTIVE
    id: CohortId = CohortId(0)
    version: int = 1

    @property
    def cadence(self) -> Cadence:
        return Cadence(self.every_weeks, self.weekday, self.at, self.anchor)
