"""Numbers over time, as Slack calls us."""

from decimal import Decimal

from bot.domain.ids import ExperimentId, IndicatorId
from bot.slack.loop import readings as ids
from bot.slack.loop.readings import (
    counted_message,
    number_form,
    parse_number_form,
    parse_undo,
    replaced_message,
    taken_back_message,
)
from bot.usecases.loop.readings_noting import (
    count_one,
    counted_so_far,
    note_number,
    open_number_form,
    open_number_form_of,
    take_back_count,
)
from handlers.calls import Call


async def press_count(call: Call) -> None:
    """*+1*: noted with this tap."""
    indicator = IndicatorId(call.subject)
    reading, so_far = await call.write(count_one, indicator)
    await call.reply(counted_message(Decimal(so_far), indicator, reading, call.words))


async def press_undo(call: Call) -> None:
    """*Undo* below the answer to a tap; a second time it says what stands."""
    indicator, reading = parse_undo(call.value)
    await call.write(take_back_count, indicator, reading)
    so_far = await call.read(counted_so_far, indicator)
    await call.replace(taken_back_message(so_far, call.words))


async def open_number(call: Call) -> None:
    data = await call.read(open_number_form, IndicatorId(call.subject))
    await call.open(number_form(data, call.words))


async def open_number_of(call: Call) -> None:
    """*Note a number* on Home: one of what is tried."""
    data = await call.read(open_number_form_of, ExperimentId(call.subject))
    await call.open(number_form(data, call.words))


async def submit_number(call: Call) -> None:
    before = await call.write(note_number, parse_number_form(call.values, call.me.locale))
    if before is None:
        await call.done()
    else:
        await call.reply(replaced_message(Decimal(before), call.words))


FORMS = {ids.NOTE: submit_number}
PRESSES = {ids.COUNT: press_count, ids.UNDO: press_undo, ids.OPEN: open_number, ids.OPEN_FOR: open_number_of}
