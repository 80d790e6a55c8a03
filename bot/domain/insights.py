"""An insight: behaviour → outcome in a situation; what the repository is searched for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import TextTooLong, TooManyTags
from bot.domain.ids import CohortId, ExperimentId, InsightId, MemberId, PairId, ResultId, WorkspaceId
from bot.domain.results import Grade

TAG_LIMIT = 8


class Visibility(StrEnum):
    """Who may find it, from narrow to wide."""

    PAIR = "pair"
    COHORT = "cohort"
    WORKSPACE = "workspace"

    @property
    def width(self) -> int:
        return list(Visibility).index(self)


@dataclass(frozen=True)
class Insight:
    """What the two found. `wished` is a wider visibility that still waits for the partner's yes."""

    workspace_id: WorkspaceId
    pair_id: PairId
    cohort_id: CohortId
    member_id: MemberId
    situation: str
    behaviour: str
    outcome: str
    created_at: datetime
    updated_at: datetime
    tags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PAIR
    wished: Visibility | None = None
    wished_by: MemberId | None = None
    grade: Grade = Grade.HUNCH
    experiment_id: ExperimentId | None = None
    result_id: ResultId | None = None
    id: InsightId = InsightId(0)
    version: int = 1


TAG_LENGTH = 30


def parse_tags(text: str, field: str = "tags") -> tuple[str, ...]:
    """Tags as people type them ("#Meetings, remote work") in lower case, each once, in their order.

    Raises TooManyTags over TAG_LIMIT, and TextTooLong for one of more than TAG_LENGTH characters.
    """
    pieces = [" ".join(piece.strip(" #\t\n").lower().split()) for piece in text.replace(";", ",").split(",")]
    tags = tuple(dict.fromkeys(filter(None, pieces)))
    if len(tags) > TAG_LIMIT:
        raise TooManyTags(TAG_LIMIT, field=field)
    if any(len(tag) > TAG_LENGTH for tag in tags):
        raise TextTooLong(TAG_LENGTH, field=field)
    return tags
