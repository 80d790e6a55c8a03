"""The pulse, as Slack calls us."""

from bot.domain.ids import OccurrenceId
from bot.slack.rhythm.pulses import CLOSER, MORE, SEND, WORTH, parse_pulse, parse_tap, pulse_form
from bot.usecases.rhythm.checkins_pulses import count_taps
from bot.usecases.rhythm.pulses import open_pulse
from handlers.calls import Call, Listener


async def press_tap(call: Call) -> None:
    await call.write(count_taps, parse_tap(call.action))
    await call.done()


async def open_more(call: Call) -> None:
    await call.open(pulse_form(await call.read(open_pulse, OccurrenceId(call.subject)), call.words))


async def submit_pulse(call: Call) -> None:
    await call.write(count_taps, parse_pulse(call.values))
    await call.done()


FORMS: dict[str, Listener] = {SEND: submit_pulse}
PRESSES: dict[str, Listener] = {WORTH: press_tap, CLOSER: press_tap, MORE: open_more}
