"""Whether a goal is still the goal, as Slack calls us."""

from bot.domain.ids import GoalDriftId
from bot.usecases.loop.drifts import keep_goal
from handlers.calls import Call


async def press_stays(call: Call) -> None:
    await call.write(keep_goal, GoalDriftId(call.subject))
    await call.done()
