"""A digest: what waits for somebody who mentors, what is new and what comes, gathered once on a working day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.ids import DigestId, DigestLineId, MemberId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored

MENTEES = 3  # from so many on it comes by itself
AHEAD = timedelta(days=3)  # of what comes
KEPT = timedelta(days=90)


class DigestWish(StrEnum):
    """When somebody wants a digest."""

    AUTO = "auto"  # from MENTEES on
    ALWAYS = "always"
    EVERYTHING = "everything"  # and what their mentees write comes nowhere else
    NEVER = "never"


@dataclass(frozen=True)
class Digest:
    """One digest of one member, planned or sent.

    Args:
        day: on which it is planned, or was sent, on its reader's own calendar; one a day.
        due_at: when it is to come; None once it was sent.
        told_on: the day of the one before, None of the first.
        alone: something in it came to its reader in no other way.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    created_at: datetime
    day: date
    due_at: datetime | None
    told_on: date | None = None
    alone: bool = False
    sent_at: datetime | None = None
    id: DigestId = DigestId(0)
    version: int = 1


DIGESTS = Stored(
    Digest, "digest", Audience.OWNER, Erased.WITH_MEMBER, exported=False, earlier=None, found=None,
    unique=(("member_id", "day"),), indexed=("due_at",), indexes={"age": ("sent_at",)},
)  # fmt: skip


@dataclass(frozen=True)
class DigestLine:
    """Something new in a digest: the message that tells of it, by its name, and the id of what that is about."""

    workspace_id: WorkspaceId
    member_id: MemberId
    digest_id: DigestId
    kind: str
    subject_id: int
    created_at: datetime
    id: DigestLineId = DigestLineId(0)
    version: int = 1


DIGEST_LINES = Stored(
    DigestLine, "digest_line", Audience.OWNER, Erased.WITH_MEMBER, exported=False, earlier=None, found=None,
    unique=(("member_id", "kind", "subject_id"),), indexed=("digest_id",),
)  # fmt: skip


def wants_digest(wish: DigestWish, mentees: int) -> bool:
    """Whether somebody with so many mentees has a digest; who has none needs none."""
    if wish is DigestWish.AUTO:
        return mentees >= MENTEES
    return wish is not DigestWish.NEVER and mentees > 0


def says_something_new(
    coming: Iterable[tuple[date, datetime]], told_on: date | None, since: datetime
) -> bool:
    """Whether any of what comes, by its day and the moment at which it was planned, was in no digest yet.

    Args:
        told_on: the day of the digest before, None where there was none.
        since: when that was sent.
    """
    return any(told_on is None or day > told_on + AHEAD or planned > since for day, planned in coming)
