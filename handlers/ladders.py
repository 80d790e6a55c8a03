"""The ladder of a goal, as Slack calls us."""

from bot.domain.ids import GoalId
from bot.slack.loop import ladders as ids
from bot.slack.loop.ladders import ladder_form, parse_ladder, parse_rating, rating_form
from bot.usecases.loop.ladders import make_ladder, open_ladder_form, open_rating, rate
from handlers import goals_showing
from handlers.calls import Call


async def open_ladder(call: Call) -> None:
    await show_ladder(call, GoalId(call.subject))


async def show_ladder(call: Call, goal: GoalId) -> None:
    data = await call.read(open_ladder_form, goal)
    await call.open(ladder_form(data, call.words))


async def submit_ladder(call: Call) -> None:
    await call.write(make_ladder, parse_ladder(call.values))
    await call.done()


async def ask_where(call: Call) -> None:
    data = await call.read(open_rating, GoalId(call.subject))
    await call.open(rating_form(data, call.words))


async def submit_rating(call: Call) -> None:
    await call.write(rate, parse_rating(call.values))
    await call.done()


FORMS = {ids.MAKE: submit_ladder, ids.RATED: submit_rating}
# With what else a goal has on its card.
PRESSES = {ids.OPEN: open_ladder, ids.RATE: ask_where, **goals_showing.PRESSES}
