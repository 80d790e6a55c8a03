"""Goals, as Slack calls us."""

from bot.slack.goals import goal_form, goal_form_with_more, parse_goal
from bot.usecases.goals import open_goal_form, set_goal
from handlers.calls import Call


async def open_goal(call: Call, _words: str = "") -> None:
    data = await open_goal_form(call.deps, call.viewer, call.me.id)
    await call.open(goal_form(data, call.words))


async def show_more(call: Call) -> None:
    await call.change(goal_form_with_more(call.values, call.words))


async def submit_goal(call: Call) -> None:
    command = parse_goal(call.values, call.me.locale)
    await set_goal(call.deps, call.viewer, call.me.id, command, key=call.key)
    await call.done()
