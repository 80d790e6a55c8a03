"""What helped here, in the words that an admin approved: one report a quarter, for those who wish to read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from bot.domain.ids import (
    DigestId,
    MemberId,
    OccurrenceId,
    ReuseReportId,
    ReuseReportTellingId,
    WorkspaceId,
)
from bot.domain.members import Member, WhatHelped
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import Text

REPORT_LIMIT = 3000  # what one field of a form takes
TOLD_FOR = timedelta(days=92)  # afterwards it is of another quarter


@dataclass(frozen=True)
class ReuseReport:
    """The words of one quarter, in the newest edition; they are those of the admin who approved them.

    Args:
        quarter: its first day, on the calendar of that admin.
        approved_at: when the words of now were approved.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    created_at: datetime
    quarter: date
    approved_at: datetime
    text: Annotated[str, Text(REPORT_LIMIT, required=True)]
    id: ReuseReportId = ReuseReportId(0)
    version: int = 1


REUSE_REPORTS = Stored(
    ReuseReport, "reuse_report", Audience.WORKSPACE, Erased.BLANKED, exported=False, earlier=None, found=None,
    unique=(("workspace_id", "quarter"),),
)  # fmt: skip


@dataclass(frozen=True)
class ReuseReportTelling:
    """That a member was told of a report, with that digest or that check-in; nobody is told of one twice."""

    workspace_id: WorkspaceId
    member_id: MemberId
    reuse_report_id: ReuseReportId
    created_at: datetime
    digest_id: DigestId | None = None
    occurrence_id: OccurrenceId | None = None
    id: ReuseReportTellingId = ReuseReportTellingId(0)
    version: int = 1


REUSE_REPORT_TELLINGS = Stored(
    ReuseReportTelling, "reuse_report_telling", Audience.OWNER, Erased.WITH_MEMBER, exported=False, earlier=None,
    found=None, unique=(("member_id", "reuse_report_id"),), indexed=("digest_id", "occurrence_id"),
)  # fmt: skip


def to_be_told(
    member: Member, reports: Iterable[ReuseReport], told: Collection[ReuseReportId], now: datetime
) -> ReuseReport | None:
    """The newest report of their workspace, where they wish it, it is of now, and they were not told of it."""
    here = [one for one in reports if one.workspace_id == member.workspace_id]
    newest = max(here, key=lambda one: one.quarter, default=None)
    if newest is None or member.what_helped is WhatHelped.NO or newest.id in told:
        return None
    return newest if now - newest.approved_at < TOLD_FOR else None
