"""Of what helped here somebody is told once, if they wish it, where they work, and while it is of now."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.ids import MemberId, ReuseReportId, WorkspaceId
from bot.domain.members import Member, WhatHelped
from bot.domain.reuse_reports import TOLD_FOR, ReuseReport, to_be_told

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HERE, THERE = WorkspaceId(1), WorkspaceId(2)
TOM = Member(HERE, "UTOM", "Tom", "UTC", "en-US", NOW, what_helped=WhatHelped.YES)
AUTUMN = ReuseReport(HERE, MemberId(1), NOW, date(2026, 10, 1), NOW, "ask first", id=ReuseReportId(2))
SUMMER = replace(AUTUMN, quarter=date(2026, 7, 1), id=ReuseReportId(1))


def test_the_newest_is_told_once() -> None:
    assert to_be_told(TOM, [SUMMER, AUTUMN], [], NOW) == AUTUMN
    assert to_be_told(TOM, [SUMMER, AUTUMN], [AUTUMN.id], NOW) is None


def test_nobody_is_told_who_does_not_wish_it() -> None:
    assert to_be_told(replace(TOM, what_helped=WhatHelped.NO), [AUTUMN], [], NOW) is None


def test_another_workspace_is_told_nothing() -> None:
    assert to_be_told(replace(TOM, workspace_id=THERE), [AUTUMN], [], NOW) is None


def test_what_nobody_approved_is_not_told_and_neither_is_what_is_of_another_quarter() -> None:
    assert to_be_told(TOM, [], [], NOW) is None
    assert to_be_told(TOM, [replace(AUTUMN, approved_at=NOW - TOLD_FOR)], [], NOW) is None
