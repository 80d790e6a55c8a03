"""A mentor's words in a portfolio, as Slack calls us."""

from bot.domain.ids import QuoteId
from bot.slack.loop.quotes import ASK, LET_GO, NO, OPEN, YES, parse_quote, parse_quotes, quotes_form
from bot.usecases.loop.quotes import answer_quote, ask_for_words, let_quote_go, open_quotes_form
from handlers.calls import Call


async def open_quotes(call: Call) -> None:
    await call.open(quotes_form(await call.read(open_quotes_form), call.words))


async def submit_quotes(call: Call) -> None:
    await call.write(ask_for_words, parse_quotes(call.values))
    await call.change(quotes_form(await call.read(open_quotes_form), call.words))


async def press_let_go(call: Call) -> None:
    await call.write(let_quote_go, QuoteId(call.subject))
    await call.change(quotes_form(await call.read(open_quotes_form), call.words))


async def press_yes(call: Call) -> None:
    await _answer_quote(call, agree=True)


async def press_no(call: Call) -> None:
    await _answer_quote(call, agree=False)


async def _answer_quote(call: Call, *, agree: bool) -> None:
    quote, read = parse_quote(call.value)
    await call.write(answer_quote, quote, read, agree=agree)
    await call.done()


FORMS = {ASK: submit_quotes}
PRESSES = {OPEN: open_quotes, LET_GO: press_let_go, YES: press_yes, NO: press_no}
