"""Replies that are waited for, as Slack calls us."""

from bot.domain.ids import OwedReplyId
from bot.slack.rhythm.owed_replies import another_day_form, parse_another_day
from bot.usecases.rhythm.owed_replies_changing import (
    name_another_day,
    open_another_day,
    talk_instead,
    withdraw,
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


async def press_withdraw(call: Call) -> None:
    await call.write(withdraw, OwedReplyId(call.subject))
    await call.done()
