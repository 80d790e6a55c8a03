"""The end of a pair from within, and last words, as Slack calls us."""

from bot.domain.ids import PairId
from bot.slack.programme.pairs_leaving import gone_message, leave_form, parse_leave
from bot.slack.repository.closings import closing_form, parse_closing
from bot.usecases.programme.pairs_leaving import leave_pair, open_leave_form
from bot.usecases.repository.closings import close_well, open_closing_form, open_last_words
from handlers.calls import Call


async def open_leave(call: Call, _words: str = "") -> None:
    data = await call.read(open_leave_form)
    await call.open(leave_form(data, call.words))


async def submit_leave(call: Call) -> None:
    """The window goes on with the last words; a circle that goes on has none for who left it."""
    pair = await call.write(leave_pair, parse_leave(call.values))
    last = await call.read(open_last_words, pair)
    if last is None:
        await call.reply(gone_message(call.words))
    else:
        await call.change(closing_form(last, call.words))


async def open_closing(call: Call) -> None:
    data = await call.read(open_closing_form, PairId(call.subject))
    await call.open(closing_form(data, call.words))


async def submit_closing(call: Call) -> None:
    await call.write(close_well, *parse_closing(call.values))
    await call.done()
