"""What the repository can be searched for: one entry for each thing that people wrote and may want to find."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import EntryId, MemberId, PairId, WorkspaceId


class EntryKind(StrEnum):
    """`SHARED` is an insight in the words that others may read; its pair finds it as `INSIGHT`, in the newest ones."""

    INSIGHT = "insight"
    SHARED = "shared"
    EXPERIMENT = "experiment"
    RESULT = "result"
    GOAL = "goal"
    EVIDENCE = "evidence"
    SESSION = "session"

    @property
    def shown(self) -> "EntryKind":
        """What people call it, and look for."""
        return EntryKind.INSIGHT if self is EntryKind.SHARED else self


SHOWN_KINDS = tuple(kind for kind in EntryKind if kind.shown is kind)


def kinds_shown_as(shown: EntryKind) -> tuple[EntryKind, ...]:
    return tuple(kind for kind in EntryKind if kind.shown is shown)


class Scope(StrEnum):
    """Where to look: what I wrote, what my pairs wrote, my cohorts, everything that I may see."""

    MINE = "mine"
    PAIR = "pair"
    COHORT = "cohort"
    WORKSPACE = "workspace"


@dataclass(frozen=True)
class Entry:
    """A searchable copy of a thing. `tokens` is what the index reads, `access` the one token of who may see it."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId  # who wrote it
    kind: EntryKind
    subject_id: int
    access: str
    title: str
    body: str
    tokens: str
    created_at: datetime
    tags: tuple[str, ...] = ()
    language: str = "en"
    id: EntryId = EntryId(0)
    version: int = 1


@dataclass(frozen=True)
class Filters:
    """What a search is narrowed to; None means no narrowing."""

    scope: Scope = Scope.WORKSPACE
    tag: str = ""
    kind: EntryKind | None = None
