"""How to go on after a silence, as Slack calls us."""

from bot.domain.ids import OccurrenceId, PairId
from bot.slack.people.pauses import paused_message
from bot.slack.rhythm import repairs as ids
from bot.slack.rhythm.repairs import parse_repair_pause, repair_pause_form
from bot.usecases.people.pauses import my_pause
from bot.usecases.rhythm import repairs
from bot.usecases.rhythm.repairs_rhythm import set_back
from handlers.calls import Call
from handlers.experiments import shrink_experiment


async def press_elsewhere(call: Call) -> None:
    await call.write(repairs.talk_elsewhere, OccurrenceId(call.subject))
    await call.done()


async def press_smaller(call: Call) -> None:
    tried = await call.write(repairs.make_smaller, OccurrenceId(call.subject))
    if tried:
        await shrink_experiment(call, tried)
    else:
        await call.done()


async def press_set_back(call: Call) -> None:
    """*Back to what we had*."""
    await call.write(set_back, PairId(call.subject))
    await call.done()


async def open_pause(call: Call) -> None:
    """*Pause until …*: the form of every pause, which answers the question as well."""
    occurrence = OccurrenceId(call.subject)
    data = await call.read(repairs.open_pause, occurrence)
    await call.open(repair_pause_form(data, occurrence, call.words))


async def submit_pause(call: Call) -> None:
    await call.write(repairs.pause_instead, *parse_repair_pause(call.values))
    await call.reply(paused_message(await call.read(my_pause), call.words))


async def press_kindly(call: Call) -> None:
    await call.write(repairs.nudge_kindly, OccurrenceId(call.subject))
    await call.done()


FORMS = {ids.PAUSED: submit_pause}
PRESSES = {
    ids.ELSEWHERE: press_elsewhere,
    ids.SMALLER: press_smaller,
    ids.PAUSE: open_pause,
    ids.KINDLY: press_kindly,
    ids.SET_BACK: press_set_back,
}
