"""The mentor's responses, as Slack calls us."""

from bot.domain.feedback import about_the_person
from bot.domain.ids import ResponseId, ResultId
from bot.slack.loop.responses import FORM, changed_response, parse_response, response_form
from bot.slack.wording import was_heard
from bot.usecases.loop import responses_changing as changing
from bot.usecases.loop.responses import open_response_form, respond, thank_for_response, will_answer
from handlers.calls import Call


async def open_response(call: Call) -> None:
    card = await call.read(open_response_form, ResultId(call.subject))
    await call.open(response_form(card, call.words))


async def change_response(call: Call) -> None:
    """*Change* on what was sent."""
    data = await call.read(changing.open_response_change, ResponseId(call.subject))
    draft = FORM.draft(data.response, call.words)
    await call.open(response_form(data.card, call.words, draft, response=data.response.id))


async def press_take_back(call: Call) -> None:
    await call.write(changing.take_back_response, ResponseId(call.subject))
    await call.done()


async def show_more(call: Call) -> None:
    await _response_again(call, heard=was_heard(call.values))


async def submit_response(call: Call) -> None:
    """What is about the person and not about what they did is thought of once more, before anybody reads it."""
    command, response = parse_response(call.values), changed_response(call.values)
    thought = about_the_person(command.shown, call.me.locale)
    if thought and not was_heard(call.values):
        await _response_again(call, thought=thought)
        return
    if response is None:
        await call.write(respond, command)
    else:
        await call.write(changing.change_response, response, command.shown)
    await call.done()


async def press_thanks(call: Call) -> None:
    await call.write(thank_for_response, ResponseId(call.subject))
    await call.done()


async def press_seen(call: Call) -> None:
    await call.write(will_answer, ResultId(call.subject))
    await call.done()


async def _response_again(call: Call, *, thought: str = "", heard: bool = False) -> None:
    """The form in its place, with everything typed so far."""
    values = call.values
    card = await call.read(open_response_form, ResultId(values.metadata["result_id"]))
    typed, response = FORM.typed(values), changed_response(values)
    more = not thought or "situation" in typed
    await call.change(
        response_form(card, call.words, typed, more=more, thought=thought, heard=heard, response=response)
    )
