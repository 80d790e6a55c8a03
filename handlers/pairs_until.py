"""A date for the end of a pair, as Slack calls us."""

from bot.domain.ids import PairId
from bot.slack.programme.pairs_until import end_form, end_named, parse_end
from bot.usecases.programme.pairs_until import go_on_without, load_end_day, name_end_day, open_end_form
from handlers.calls import Call


async def open_end(call: Call, _words: str = "") -> None:
    """`/loop end`."""
    await call.open(end_form(await call.read(open_end_form), call.words))


async def open_renew(call: Call) -> None:
    """*Another date*: three months more, to begin with; so was *Renew* before there were charters."""
    await call.open(end_form(await call.read(open_end_form, PairId(call.subject)), call.words))


async def submit_end(call: Call) -> None:
    pair = await call.write(name_end_day, *parse_end(call.values))
    await call.reply(end_named(await call.read(load_end_day, pair), call.words))


async def press_go_on(call: Call) -> None:
    await call.write(go_on_without, PairId(call.subject))
    await call.done()
