"""An insight: behaviour → outcome in a situation; what the repository is searched for."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import AlreadySettled, NotAllowed, Stale, TextTooLong, TooManyTags
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


def with_choice(insight: Insight, member: MemberId, wanted: Visibility) -> Insight:
    """The insight after one of the pair chose who may find it.

    - Narrower counts at once, and ends every wish.
    - What it is already ends the chooser's own wish; the partner's goes on waiting for an answer.
    - Wider is a wish until the partner wants at least as much too: then what both want counts.
    """
    if wanted.width < insight.visibility.width:
        return replace(insight, visibility=wanted, wished=None, wished_by=None)
    theirs = insight.wished if insight.wished_by != member else None
    if wanted is insight.visibility:
        return insight if theirs else replace(insight, wished=None, wished_by=None)
    if theirs is None:
        return replace(insight, wished=wanted, wished_by=member)
    agreed, widest = sorted((theirs, wanted), key=lambda choice: choice.width)
    if agreed is widest:
        return replace(insight, visibility=agreed, wished=None, wished_by=None)
    wisher = member if widest is wanted else insight.wished_by
    return replace(insight, visibility=agreed, wished=widest, wished_by=wisher)


def with_answer(insight: Insight, member: MemberId, asked: Visibility, *, agree: bool) -> Insight:
    """The insight after the partner answered whether `asked` is fine.

    Raises AlreadySettled where no wish waits, NotAllowed for one's own wish, Stale if the wish is another by now.
    """
    if insight.wished is None:
        raise AlreadySettled
    if insight.wished_by == member:
        raise NotAllowed("partner")
    if insight.wished is not asked:
        raise Stale
    visibility = asked if agree else insight.visibility
    return replace(insight, visibility=visibility, wished=None, wished_by=None)


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
