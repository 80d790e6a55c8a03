"""A saved search: words that somebody looks for again. What is new for them stands in a message that comes anyway.

Nobody else learns what somebody looks for.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.entries import Filters, Scope, Since
from bot.domain.errors import InvalidInput
from bot.domain.ids import DigestId, EntryId, MemberId, OccurrenceId, SavedSearchId, SearchNewsId, WorkspaceId
from bot.domain.results import Grade
from bot.domain.search import QUERY_LIMIT, Candidate, Query, TermStats, parse_query, rank
from bot.domain.stored import Audience, EntryKind, Erased, Stored, Unlimited
from bot.domain.texts import Text

SAVED_LIMIT = 5  # of one member
# What was kept in the last minute waits for the next look: a transaction of that moment may not be there yet.
SETTLES = timedelta(minutes=1)
ALL_UP_TO, SHARE_BEYOND = 3, 0.6  # of the words that are looked for


class NothingToLookFor(InvalidInput):
    """No word in it, or only such as stand nearly everywhere, so that everything or nothing would be new for it."""


class TooManySaved(InvalidInput):
    """So many searches are saved already."""

    def __init__(self, limit: int, names: Sequence[str], *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.limit = limit
        self.names = tuple(names)


class Place(StrEnum):
    """Where its owner reads that something is new."""

    DIGEST = "digest"
    CHECK_IN = "check_in"
    HERE = "here"  # nothing comes to them; the list of what they saved counts it


@dataclass(frozen=True)
class SavedSearch:
    """Words with their filters; `looked_upto` is until when what could be found was looked through."""

    workspace_id: WorkspaceId
    member_id: MemberId
    created_at: datetime
    looked_upto: datetime
    text: Annotated[str, Text(QUERY_LIMIT, required=True)]
    scope: Scope = Scope.WORKSPACE
    tag: Unlimited = ""
    kind: EntryKind | None = None
    grade: Grade | None = None
    since: Since | None = None
    id: SavedSearchId = SavedSearchId(0)
    version: int = 1

    @property
    def filters(self) -> Filters:
        return Filters(self.scope, self.tag, self.kind, self.grade, self.since)


SAVED_SEARCHES = Stored(
    SavedSearch, "saved_search", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    indexed=("member_id",),
)  # fmt: skip


@dataclass(frozen=True)
class SearchNews:
    """What was new for a saved search when a message was sent: in that digest, or with that check-in.

    Args:
        things: by their kind and id; what of it its reader may not see any more counts no more.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    saved_search_id: SavedSearchId
    created_at: datetime
    things: tuple[str, ...] = ()
    digest_id: DigestId | None = None
    occurrence_id: OccurrenceId | None = None
    id: SearchNewsId = SearchNewsId(0)
    version: int = 1


SEARCH_NEWS = Stored(
    SearchNews, "search_news", Audience.OWNER, Erased.WITH_MEMBER, exported=False, earlier=None, found=None,
    indexed=("saved_search_id", "digest_id", "occurrence_id"),
)  # fmt: skip


def require_telling(text: str, field: str) -> None:
    """Raise NothingToLookFor for what nothing could be new for."""
    query = parse_query(text)
    if not query.words or query.only_common:
        raise NothingToLookFor(field=field)


def require_room_for(saved: Collection[SavedSearch], field: str | None) -> None:
    """Raise TooManySaved where as many are saved as may be."""
    if len(saved) >= SAVED_LIMIT:
        raise TooManySaved(SAVED_LIMIT, [one.text for one in saved], field=field)


def words_needed(query: Query) -> int:
    """How many of its words something has to hold to be told of: all of a few, most of many."""
    words = len(query.words)
    return words if words <= ALL_UP_TO else math.ceil(words * SHARE_BEYOND)


def telling_ones(query: Query, candidates: Sequence[Candidate], me: MemberId, now: datetime) -> list[EntryId]:
    """Those of others that hold enough of it, best first."""
    theirs = [one for one in candidates if one.marks.member_id != me and query.admits(one.tokens)]
    ranked = rank(query, theirs, TermStats(1, 1, {}), now)
    return [one.id for one in ranked if one.matched >= words_needed(query)]


def place_of(*, has_digest: bool, has_check_ins: bool) -> Place:
    if has_digest:
        return Place.DIGEST
    return Place.CHECK_IN if has_check_ins else Place.HERE
