"""What helped here, as those who wish it read it: a line with a button, and the words behind it."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.ids import ReuseReportId
from bot.domain.reuse_reports import ReuseReport
from bot.slack.blocks import button, note, rich, say, section
from bot.slack.forms import panel
from bot.words import Words

READ = "reuse.read"


def report_line(report: ReuseReportId | None, words: Words) -> list[Block]:
    """Nothing for most messages."""
    if report is None:
        return []
    return [section(words.t("What helped here, this quarter"), button(words.t("Read it"), READ, report))]


def report_read(report: ReuseReport, words: Words) -> View:
    """The words as they were approved last."""
    told = words.t(
        "Gathered without names from what people here let others meet, and approved by an admin on {day}. It comes "
        "once a quarter, because you wished so in /loop settings.",
        day=words.full_day(words.today(report.approved_at)),
    )
    return panel(words.t("What helped here"), [rich(say(report.text)), note(told)], close=words.t("Close"))
