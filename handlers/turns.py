"""Taking turns, as Slack calls us."""

from bot.domain.ids import ExperimentId, TurnId
from bot.slack.loop import turns as ids
from bot.slack.loop.results import result_question
from bot.slack.loop.turns import parse_turn, stopped_message, turn_form, turn_message
from bot.usecases.loop.results import question_of
from bot.usecases.loop.turns_taking import come_up, note_turn, see_turn, stop_turns
from handlers.calls import Call


async def press_comes_up(call: Call) -> None:
    turn = await call.write(come_up, ExperimentId(call.subject))
    view = await call.read(see_turn, turn)
    await call.reply(turn_message(view, call.words))


async def open_turn(call: Call) -> None:
    view = await call.read(see_turn, TurnId(call.subject))
    await call.turn_to(turn_form(view, call.words))


async def submit_turn(call: Call) -> None:
    """After the last number comes the question that ends any try."""
    turn = await call.write(note_turn, *parse_turn(call.values, call.me.locale))
    view = await call.read(see_turn, turn)
    if view.turns.complete:
        question = await call.read(question_of, view.experiment.id)
        await call.reply(result_question(question, call.words))
    else:
        await call.reply(turn_message(view, call.words))


async def press_stop(call: Call) -> None:
    await call.write(stop_turns, ExperimentId(call.subject))
    await call.turn(stopped_message(call.words))


FORMS = {ids.KEEP: submit_turn}
PRESSES = {ids.COMES_UP: press_comes_up, ids.NOTE: open_turn, ids.STOP: press_stop}
