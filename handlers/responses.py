"""The mentor's responses, as Slack calls us."""

from bot.domain.feedback import is_about_the_person
from bot.domain.ids import ResponseId, ResultId
from bot.slack.loop.responses import parse_response, response_form, said_message
from bot.usecases.loop.responses import open_response_form, respond, thank_for_response, will_answer
from handlers.calls import Call


async def open_response(call: Call) -> None:
    card = await call.read(open_response_form, ResultId(call.subject))
    await call.open(response_form(card, call.words))


async def show_more(call: Call) -> None:
    card = await call.read(open_response_form, ResultId(call.subject))
    await call.change(response_form(card, call.words, more=True))


async def submit_response(call: Call) -> None:
    command = parse_response(call.values)
    await call.write(respond, command)
    if is_about_the_person(str(command.shown["line"]), call.me.locale):
        await call.reply(said_message(call.words))
    else:
        await call.done()


async def press_thanks(call: Call) -> None:
    await call.write(thank_for_response, ResponseId(call.subject))
    await call.done()


async def press_seen(call: Call) -> None:
    await call.write(will_answer, ResultId(call.subject))
    await call.done()
