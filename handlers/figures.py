"""How it goes, as Slack calls us."""

from bot.slack.programme.figures import CHARTS, OPEN, SEND_CSV, SEND_HTML, SEND_PDF, figures_view, on_its_way
from bot.usecases.programme.figures import ask_how_it_goes, see_how_it_goes, send_charts
from bot.usecases.programme.figures_report import PageFormat, send_page
from handlers.calls import Call, Listener

FORMAT_OF = {SEND_HTML: PageFormat.HTML, SEND_PDF: PageFormat.PDF, SEND_CSV: PageFormat.CSV}


async def open_figures(call: Call) -> None:
    cohort = await call.write(ask_how_it_goes, call.subject)
    await call.turn_to(figures_view(await call.read(see_how_it_goes, cohort), call.words))


async def press_charts(call: Call) -> None:
    await call.write(send_charts, call.subject)
    await call.turn(on_its_way(call.words))


async def press_send(call: Call) -> None:
    await call.write(send_page, call.subject, FORMAT_OF[call.action["action_id"]])
    await call.turn(on_its_way(call.words))


PRESSES: dict[str, Listener] = {
    OPEN: open_figures,
    CHARTS: press_charts,
    **dict.fromkeys(FORMAT_OF, press_send),
}
