"""Replies that are waited for, as Slack calls us."""

from bot.domain.ids import OwedReplyId
from bot.slack.people.pauses import paused_message
from bot.slack.rhythm.owed_replies import (
    another_day_form,
    parse_another_day,
    parse_replies_pause,
    replies_pause_form,
)
from bot.usecases.people.pauses import my_pause
from bot.usecases.rhythm.owed_replies_changing import (
    name_another_day,
    open_another_day,
    talk_instead,
    withdraw,
)
from bot.usecases.rhythm.repairs_replies import (
    open_pause_from_replies,
    pause_from_replies,
    talk_elsewhere_instead,
)
from handlers.calls import Call


async def open_other_day(call: Call) -> None:
    data = await call.read(open_another_day, OwedReplyId(call.subject))
    await call.open(another_day_form(data, call.words))


async def submit_other_day(call: Call) -> None:
    await call.write(name_another_day, parse_another_day(call.values))
    await call.done()


async def press_talk(call: Call) -> None:
    await call.write(talk_instead, OwedReplyId(call.subject))
    await call.done()


async def press_elsewhere(call: Call) -> None:
    await call.write(talk_elsewhere_instead, OwedReplyId(call.subject))
    await call.done()


async def open_pause(call: Call) -> None:
    lead = OwedReplyId(call.subject)
    data = await call.read(open_pause_from_replies, lead)
    await call.open(replies_pause_form(data, lead, call.words))


async def submit_pause(call: Call) -> None:
    await call.write(pause_from_replies, *parse_replies_pause(call.values))
    await call.reply(paused_message(await call.read(my_pause), call.words))


async def press_withdraw(call: Call) -> None:
    await call.write(withdraw, OwedReplyId(call.subject))
    await call.done()
