"""What helped here, as those who wish it read it."""

from datetime import UTC, date, datetime

from bot.domain.ids import MemberId, ReuseReportId, WorkspaceId
from bot.domain.reuse_reports import REPORT_LIMIT, ReuseReport
from bot.slack.blocks import Message
from bot.slack.loop.reuse_reports import READ, report_line, report_read
from bot.words import Words
from tests.forms import carried, drawn
from tests.messages import shown

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
REPORT = ReuseReport(WorkspaceId(1), MemberId(1), NOW, date(2026, 10, 1), NOW, "w" * REPORT_LIMIT)


def test_a_line_leads_to_it_and_most_messages_have_none() -> None:
    assert carried(shown(Message("", report_line(ReuseReportId(7), ENGLISH)))) == {READ: "7"}
    assert report_line(None, ENGLISH) == []


def test_the_words_stand_there_in_full_with_why_they_came() -> None:
    said = str(drawn(report_read(REPORT, ENGLISH)))

    assert "w" * REPORT_LIMIT in said
    assert "because you wished so in /loop settings" in said
