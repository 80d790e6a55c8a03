"""Looking back: each month on what somebody did, each quarter in three columns, in the place of a check-in.

What is shown is drafted from the entries of the pair, read anew each time; of it nothing is kept but what people add.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.cadence import quarter_of
from bot.domain.experiments import LINE_LIMIT
from bot.domain.ids import MemberId, OccurrenceId, PairId, RetroItemId, ReviewId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text

FEWEST = 2  # told results and answered check-ins since the last time; with fewer there is too little to look back on
FURTHEST = timedelta(days=184)  # so far it goes back, however long ago the last one was


class ReviewKind(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class ReviewState(StrEnum):
    OPEN = "open"
    TOGETHER = "together"  # both have it, for their next talk
    DONE = "done"


class Still(StrEnum):
    """Whether this is still the goal."""

    YES = "yes"
    CHANGE = "change"
    REPLACE = "replace"


@dataclass(frozen=True)
class Review:
    """One time that somebody who learns looks back, in the place of the check-in of `occurrence_id`.

    Args:
        since: from when on it looks back.
        next_try, next_try_too: what comes next; each becomes a try with a tap of whoever learns.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    kind: ReviewKind
    occurrence_id: OccurrenceId
    since: datetime
    created_at: datetime
    state: ReviewState = ReviewState.OPEN
    done_at: datetime | None = None
    differently: Annotated[str, Text(STORY_LIMIT)] = ""
    still: Still | None = None
    next_try: Annotated[str, Text(LINE_LIMIT)] = ""
    next_try_too: Annotated[str, Text(LINE_LIMIT)] = ""
    id: ReviewId = ReviewId(0)
    version: int = 1

    @property
    def next_tries(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.next_try, self.next_try_too)))


REVIEWS = Stored(
    Review, "review", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("occurrence_id", "member_id"),), indexed=("member_id",),
)  # fmt: skip


class Column(StrEnum):
    PLUS = "plus"
    MINUS = "minus"
    NEXT = "next"


@dataclass(frozen=True)
class RetroItem:
    """A line that one of the pair added to a column; what is drafted is no row, and is read from its source."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    review_id: ReviewId
    column: Column
    text: Annotated[str, Text(TEXT_LIMIT, required=True)]
    created_at: datetime
    id: RetroItemId = RetroItemId(0)
    version: int = 1


RETRO_ITEMS = Stored(
    RetroItem, "retro_item", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    indexed=("review_id",),
)  # fmt: skip


def due_kind(day: date, began: date, asked: Collection[date]) -> ReviewKind | None:
    """What takes the place of the check-in of this day, None for nothing.

    It is due in the first round of a month, or of a quarter, of which something lies behind: for a pair that began
    before it. In a rhythm of months or quarters each round is the first one, so the quarter's takes the month's place.

    Args:
        asked: the days of the rounds before, of this quarter at least, in which this member was asked as usual or
            looked back.
    """
    month, quarter = day.replace(day=1), quarter_of(day)
    if began >= month or any(month <= one < day for one in asked):
        return None
    first_of_quarter = not any(quarter <= one < day for one in asked)
    return ReviewKind.QUARTERLY if began < quarter and first_of_quarter else ReviewKind.MONTHLY


def looks_back_from(began: datetime, last: datetime | None, now: datetime) -> datetime:
    """From when on: since the last time, or the beginning, and no further than FURTHEST."""
    return max(last or began, now - FURTHEST)


def is_enough(results: int, answers: int) -> bool:
    """Whether there is something to look back on."""
    return results + answers >= FEWEST
