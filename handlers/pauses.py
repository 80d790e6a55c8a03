"""Pauses, as Slack calls us."""

from bot.domain.cadence import local_date
from bot.domain.shown import Shown
from bot.slack.home.greetings import welcome_back
from bot.slack.people import pauses as ids
from bot.slack.people.pauses import parse_pause, parse_pause_words, pause_form, paused_message
from bot.usecases.home.greetings import load_welcome_back
from bot.usecases.people.pauses import my_pause, open_pause_form, pause
from bot.usecases.rhythm.nudges_pauses import back_already
from handlers.calls import Call


async def pause_command(call: Call, words: str = "") -> None:
    """`/loop pause until friday`; without a day a form asks for it."""
    if words:
        today = local_date(call.deps.clock.now(), call.me.tz)
        await _pause(call, parse_pause_words(words, today, call.me.locale))
    else:
        await call.open(pause_form(await call.read(open_pause_form), call.words))


async def submit_pause(call: Call) -> None:
    await _pause(call, parse_pause(call.values))


async def press_back(call: Call) -> None:
    pause_id = await call.write(back_already)
    back = await call.read(load_welcome_back, pause_id)
    await call.turn(welcome_back(back, call.words))


async def _pause(call: Call, shown: Shown) -> None:
    await call.write(pause, shown)
    await call.reply(paused_message(await call.read(my_pause), call.words))


FORMS = {ids.SEND: submit_pause}
PRESSES = {ids.BACK: press_back}
