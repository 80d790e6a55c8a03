"""Short replies, as Slack calls us."""

from bot.slack.loop.replies import full_message, parse_reply, parse_root, reply_form
from bot.usecases.loop.replies import open_reply_form, send_reply
from handlers.calls import Call


async def open_reply(call: Call) -> None:
    """The form; where there are enough lines, the way to the talk."""
    data = await call.read(open_reply_form, parse_root(call.value))
    if data.thread.full:
        await call.reply(full_message(data, call.words))
    else:
        await call.open(reply_form(data, call.words))


async def submit_reply(call: Call) -> None:
    await call.write(send_reply, parse_reply(call.values))
    await call.done()
