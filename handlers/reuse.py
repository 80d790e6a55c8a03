"""What helped here, as Slack calls us."""

from collections.abc import Mapping

from bot.domain.ids import ReuseReportId
from bot.slack.loop import reuse
from bot.slack.loop.reuse import parse_report, report_form, report_panel
from bot.slack.loop.reuse_reports import READ, report_read
from bot.usecases.loop.reuse import draft_report
from bot.usecases.loop.reuse_reports import approve_report, read_report
from handlers import experiments
from handlers.calls import Call, Listener


async def open_report(call: Call) -> None:
    await call.open(report_form(await call.read(draft_report), call.words))


async def submit_report(call: Call) -> None:
    text = parse_report(call.values)
    await call.write(approve_report, text)
    await call.change(report_panel(text, call.words))


async def press_read(call: Call) -> None:
    report = await call.read(read_report, ReuseReportId(call.subject))
    await call.open(report_read(report, call.words))


PRESSES: Mapping[str, Listener] = {
    reuse.CHOOSE: experiments.choose_from_others,
    reuse.REPORT: open_report,
    READ: press_read,
}
FORMS: Mapping[str, Listener] = {reuse.APPROVE: submit_report}
