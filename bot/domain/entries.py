"""What the repository can be searched for: one entry for each thing that people wrote and may want to find."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.ids import EntryId, MemberId, PairId, WorkspaceId
from bot.domain.results import Grade
from bot.domain.stored import Audience, EntryKind, Erased, Stored, Unlimited

SHOWN_KINDS = tuple(kind for kind in EntryKind if kind.shown is kind)


def kinds_shown_as(shown: EntryKind) -> tuple[EntryKind, ...]:
    return tuple(kind for kind in EntryKind if kind.shown is shown)


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Scope(StrEnum):
    """Where to look: what I wrote, what my pairs wrote, my cohorts, everything that I may see."""

    MINE = "mine"
    PAIR = "pair"
    COHORT = "cohort"
    WORKSPACE = "workspace"


@dataclass(frozen=True)
class Entry:
    """A searchable copy of a thing.

    Args:
        access: the one token of who may see it.
        tokens: what the index reads.
        story: by which entries are one find; "" where it is not known yet, see `bot.usecases.repository.search_index`.
        grade: how far it carries, "" for no outcome.
        entered_at: since when it can be found, or by everybody here; an edit does not count.
        rule: by which `tokens` were made, see `bot.domain.tokens.TOKENS_RULE`; 0 for one before there was any.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId  # who wrote it
    kind: EntryKind
    subject_id: int
    access: str
    title: Unlimited
    body: Unlimited
    tokens: Unlimited
    created_at: datetime
    tags: tuple[str, ...] = ()
    language: str = "en"
    outdated: bool = False
    story: str = ""
    grade: str = ""
    rule: int = 0
    entered_at: datetime = LONG_AGO
    id: EntryId = EntryId(0)
    version: int = 1


ENTRIES = Stored(
    Entry, "entry", Audience.TOKEN_HOLDERS, Erased.WITH_ITS_THING, exported=False, earlier=None, found=None,
    unique=(("workspace_id", "kind", "subject_id"),), indexes={"access": ("access", "id")},
)  # fmt: skip


class Since(StrEnum):
    """How far back to look."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


SINCE = {Since.MONTH: timedelta(days=30), Since.QUARTER: timedelta(days=91), Since.YEAR: timedelta(days=365)}


@dataclass(frozen=True)
class Filters:
    """What a search is narrowed to; None means no narrowing.

    Args:
        entered: can be found only since after the first of these moments, and until the second at the latest.
    """

    scope: Scope = Scope.WORKSPACE
    tag: str = ""
    kind: EntryKind | None = None
    grade: Grade | None = None
    since: Since | None = None
    entered: tuple[datetime, datetime] | None = None
