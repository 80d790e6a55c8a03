"""Portfolios, as Slack calls us."""

from bot.domain.portfolios import Format
from bot.slack.repository.portfolios import (
    BACK,
    MAKE,
    OPEN,
    READ,
    on_its_way,
    parse_portfolio,
    parse_reading,
    portfolio_form,
    reading_view,
)
from bot.slack.repository.portfolios_record import (
    SEND_HTML,
    SEND_MARKDOWN,
    SEND_PDF,
    record_message,
    record_on_its_way,
)
from bot.usecases.repository.portfolios import load_portfolio, make_portfolio, open_portfolio_form
from bot.usecases.repository.portfolios_record import see_record, send_record
from handlers.calls import Call, Listener

RECORD_AS = {SEND_HTML: Format.HTML, SEND_PDF: Format.PDF, SEND_MARKDOWN: Format.MARKDOWN}


async def open_portfolio(call: Call, _words: str = "") -> None:
    data = await call.read(open_portfolio_form)
    await call.open(portfolio_form(data, call.words, takes_files=call.deps.messenger.takes_files))


async def submit_portfolio(call: Call) -> None:
    await call.write(make_portfolio, parse_portfolio(call.values))
    await call.reply(on_its_way(call.words))


async def read_portfolio(call: Call) -> None:
    portfolio, at = parse_reading(call.value)
    made = await call.read(load_portfolio, portfolio)
    await call.turn_to(reading_view(made, at, call.words))


async def show_record(call: Call, _words: str = "") -> None:
    await call.reply(record_message(await call.read(see_record), call.words))


async def press_record(call: Call) -> None:
    await call.write(send_record, RECORD_AS[call.action["action_id"]])
    await call.turn(record_on_its_way(call.words))


FORMS = {MAKE: submit_portfolio}
PRESSES: dict[str, Listener] = {
    OPEN: open_portfolio,
    READ: read_portfolio,
    BACK: read_portfolio,
    **dict.fromkeys(RECORD_AS, press_record),
}
