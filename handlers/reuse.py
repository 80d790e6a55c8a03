"""What helped here, as Slack calls us."""

from collections.abc import Mapping

from bot.slack.loop import reuse
from bot.slack.loop.reuse import parse_report, report_form, report_panel
from bot.usecases.loop.reuse import approve_report, draft_report
from handlers import experiments
from handlers.calls import Call, Listener


async def open_report(call: Call) -> None:
    await call.open(report_form(await call.read(draft_report), call.words))


async def submit_report(call: Call) -> None:
    text = parse_report(call.values)
    await call.write(approve_report)
    await call.change(report_panel(text, call.words))


PRESSES: Mapping[str, Listener] = {
    reuse.CHOOSE: experiments.choose_from_others,
    reuse.REPORT: open_report,
}
FORMS: Mapping[str, Listener] = {reuse.APPROVE: submit_report}
