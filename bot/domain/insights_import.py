"""What people learned before they had Pairloop, brought in from a file."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import InsightImportId, MemberId, PairId, WorkspaceId
from bot.domain.insights import Wording
from bot.domain.stored import Audience, Erased, Stored, Unlimited
from bot.domain.texts import as_meant


@dataclass(frozen=True)
class InsightImport:
    """One file that was brought in, or is being.

    Args:
        member_id: whose insights they are where a line names nobody.
        file: its SHA-256, by which the rest of it is found when it is brought in once more.
        done: the last line that is kept, or known to be of no use.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    file: Unlimited
    created_at: datetime
    done: int = 0
    id: InsightImportId = InsightImportId(0)
    version: int = 1


INSIGHT_IMPORTS = Stored(
    InsightImport, "insight_import", Audience.NOBODY, Erased.WITH_MEMBER, exported=False, earlier=None, found=None,
    unique=(("member_id", "file"),),
)  # fmt: skip


@dataclass(frozen=True)
class InsightRow:
    """One line of a file.

    Args:
        line: its number, from 1.
        by: the Slack user id of who learned it; "" for whom the file is imported for.
        at: when they did; None for now.
        key: what it is called where it comes from, "" for nothing.
    """

    line: int
    wording: Wording
    by: str = ""
    at: datetime | None = None
    key: str = ""


def fingerprint(pair: PairId, key: str, wording: Wording) -> int:
    """By what a line is known to be there already: its key, or else its words."""
    words = (wording.situation, wording.behaviour, wording.outcome)
    return hash((pair, key) if key else (pair, *map(as_meant, words)))
