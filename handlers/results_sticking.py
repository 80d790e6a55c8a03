"""Whether something stuck, as Slack calls us."""

from bot.domain.ids import ResultId
from bot.slack.loop.results_sticking import ANSWERS
from bot.usecases.loop.results_sticking import ask_in_four_weeks, ask_no_more, tell_stuck
from handlers.calls import Call


async def press_stick(call: Call) -> None:
    await call.write(ask_in_four_weeks, ResultId(call.subject))
    await call.done()


async def press_unstick(call: Call) -> None:
    await call.write(ask_no_more, ResultId(call.subject))
    await call.done()


async def press_stuck(call: Call) -> None:
    """One of the three answers, each a button of its own."""
    await call.write(tell_stuck, ResultId(call.subject), ANSWERS[call.action["action_id"]])
    await call.done()
