"""What helped here: approved by an admin, and told with a message that comes anyway, to those who wish it."""

from dataclasses import replace
from datetime import time

from bot.domain.audit import AuditEntry
from bot.domain.cadence import local_date, quarter_of, to_utc
from bot.domain.cohorts import require_admin
from bot.domain.errors import NotFound
from bot.domain.ids import DigestId, OccurrenceId, ReuseReportId
from bot.domain.members import Member, WhatHelped
from bot.domain.nudges import Nudge, Occurrence
from bot.domain.reuse_reports import ReuseReport, ReuseReportTelling, to_be_told
from bot.domain.saved_searches import Place
from bot.ports import Tx
from bot.usecases.rhythm.saved_searches import place_for

APPROVED = "reuse.approved"


def is_report_ready(tx: Tx, me: Member) -> bool:
    """Whether, of a draft that there is, no admin has approved anything in this quarter."""
    if not me.is_admin:
        return False
    begun = to_utc(quarter_of(local_date(tx.now, me.tz)), time(), me.tz)
    return not tx.as_system().audit.count(action=APPROVED, at__since=begun)


def approve_report(tx: Tx, text: str) -> ReuseReportId:
    """Let these words of an admin be read by those who wish it; once more in a quarter replaces them.

    Raises NotAllowed.
    """
    me = tx.members.get(tx.me)
    require_admin(me)
    tx.audit.insert(AuditEntry(me.workspace_id, APPROVED, me.id, tx.now, tx.me))
    quarter = quarter_of(local_date(tx.now, me.tz))
    known = tx.reuse_reports.first(quarter=quarter)
    if known is None:
        report = ReuseReport(me.workspace_id, me.id, tx.now, quarter, tx.now, text)
        return tx.reuse_reports.insert(report).id
    return tx.reuse_reports.update(replace(known, member_id=me.id, approved_at=tx.now, text=text)).id


def read_report(tx: Tx, report_id: ReuseReportId) -> ReuseReport:
    """The words of one, for those who wish it and were told of it. Raises NotFound."""
    told = tx.reuse_report_tellings.first(member_id=tx.me, reuse_report_id=report_id)
    if told is None or tx.members.get(tx.me).what_helped is WhatHelped.NO:
        raise NotFound("report")
    return tx.reuse_reports.get(report_id)


def tell_report(
    tx: Tx, member: Member, *, digest: DigestId | None = None, occurrence: OccurrenceId | None = None
) -> None:
    """Note with a message that is about to be sent that it tells of the report, once for each member."""
    if member.what_helped is WhatHelped.NO:
        return
    told = {one.reuse_report_id for one in tx.reuse_report_tellings.find(member_id=member.id)}
    report = to_be_told(member, tx.reuse_reports.find(workspace_id=member.workspace_id), told, tx.now)
    if report is not None:
        of = (member.workspace_id, member.id, report.id, tx.now)
        tx.reuse_report_tellings.insert(ReuseReportTelling(*of, digest_id=digest, occurrence_id=occurrence))


def tell_report_with_check_in(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> None:
    """The same with a check-in that is about to be sent, for somebody who has no digest."""
    member = tx.members.get(nudge.member_id)
    if member.what_helped is not WhatHelped.NO and place_for(tx, member.id) is Place.CHECK_IN:
        tell_report(tx, member, occurrence=occurrence.id)


def report_told(
    tx: Tx, *, digest: DigestId | None = None, occurrence: OccurrenceId | None = None
) -> ReuseReportId | None:
    """The report of which this message tells its reader; None for most, and once they wish for none."""
    by = {"digest_id": digest} if digest is not None else {"occurrence_id": occurrence}
    told = tx.reuse_report_tellings.first(member_id=tx.me, **by)
    if told is None or tx.members.get(tx.me).what_helped is WhatHelped.NO:
        return None
    return told.reuse_report_id


def forget_report_of(tx: Tx, digest: DigestId) -> None:
    """The digest goes; that they were told stays, so that it is not told again."""
    for told in tx.reuse_report_tellings.find(digest_id=digest):
        tx.reuse_report_tellings.update(replace(told, digest_id=None))
