"""A goal of a mentor's own that is shown to somebody, as Slack calls us."""

from bot.domain.ids import GoalId
from bot.slack.loop.goals_showing import READ, SHOW, parse_show, shown_view
from bot.usecases.loop.goals_showing import read_shown_goal, show_goal
from handlers.calls import Call


async def choose_reader(call: Call) -> None:
    await call.write(show_goal, *parse_show(call.action))
    await call.done()


async def read_goal(call: Call) -> None:
    await call.open(shown_view(await call.read(read_shown_goal, GoalId(call.subject)), call.words))


PRESSES = {SHOW: choose_reader, READ: read_goal}
