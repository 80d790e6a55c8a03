"""Check-ins, as Slack calls us."""

from bot.domain.checkins import Later
from bot.domain.ids import CheckInId, OccurrenceId
from bot.slack.rhythm.checkins import (
    AT_ONCE,
    check_in_form,
    later_form,
    parse_check_in,
    parse_later,
    parse_later_menu,
    put_off_panel,
)
from bot.usecases.rhythm import checkins
from bot.usecases.rhythm.checkin_later import PutOff, open_later_form, put_check_in_off, skip_ahead
from bot.usecases.rhythm.checkins_discussed import discuss_check_in
from handlers.calls import Call


async def open_check_in(call: Call, _words: str = "") -> None:
    data = await call.read(checkins.open_check_in_form)
    await call.open(check_in_form(data, call.words))


async def answer_check_in(call: Call) -> None:
    """*Answer* on the question, or *Change my answer* below it."""
    data = await call.read(checkins.open_check_in_form, OccurrenceId(call.subject))
    await call.open(check_in_form(data, call.words))


async def submit_check_in(call: Call) -> None:
    await call.write(checkins.answer_check_in, parse_check_in(call.values, call.me.locale))
    await call.done()


async def press_nothing_new(call: Call) -> None:
    await call.write(checkins.nothing_new, OccurrenceId(call.subject))
    await call.done()


async def press_skip_ahead(call: Call) -> None:
    await call.write(skip_ahead, OccurrenceId(call.subject))
    await call.done()


async def press_discuss(call: Call) -> None:
    await call.write(discuss_check_in, CheckInId(call.subject), wanted=True)
    await call.done()


async def press_undiscuss(call: Call) -> None:
    await call.write(discuss_check_in, CheckInId(call.subject), wanted=False)
    await call.done()


async def open_later(call: Call) -> None:
    data = await call.read(open_later_form, OccurrenceId(call.subject))
    await call.open(later_form(data, call.words))


async def submit_later(call: Call) -> None:
    await call.write(put_check_in_off, parse_later(call.values))
    await call.done()


async def press_later(call: Call) -> None:
    """*In an hour* or *Tomorrow* in the form: done with this tap."""
    await _put_off(call, OccurrenceId(call.subject), AT_ONCE[call.action["action_id"]])


async def choose_later(call: Call) -> None:
    """The same from the menu beside *Later*."""
    await _put_off(call, *parse_later_menu(call.action))


async def _put_off(call: Call, occurrence: OccurrenceId, later: Later) -> None:
    await call.write(put_check_in_off, PutOff(occurrence, later))
    if call.window:
        await call.change(put_off_panel(later, call.words))
    else:
        await call.done()
