"""Sharing a small win, as Slack calls us."""

from bot.slack.loop.wins import SHARE
from bot.slack.loop.wins_channel import NO, YES, parse_consent
from bot.slack.loop.wins_sharing import SEND, UNSHARE, parse_sharing, parse_win, unshared_panel, win_form
from bot.usecases.loop.wins_channel import answer_consent
from bot.usecases.loop.wins_sharing import open_win_form, share_win, unshare_win
from handlers.calls import Call


async def open_share(call: Call) -> None:
    await call.open(win_form(await call.read(open_win_form, *parse_win(call.value)), call.words))


async def submit_share(call: Call) -> None:
    await call.write(share_win, parse_sharing(call.values))
    await call.done()


async def press_unshare(call: Call) -> None:
    await call.write(unshare_win, *parse_win(call.value))
    await call.turn_to(unshared_panel(call.words))


async def press_yes(call: Call) -> None:
    await call.write(answer_consent, *parse_consent(call.value), agree=True)
    await call.done()


async def press_no(call: Call) -> None:
    await call.write(answer_consent, *parse_consent(call.value), agree=False)
    await call.done()


FORMS = {SEND: submit_share}
PRESSES = {SHARE: open_share, UNSHARE: press_unshare, YES: press_yes, NO: press_no}
