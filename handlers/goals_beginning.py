"""Three ways to begin, as Slack calls us."""

from bot.domain.ids import MembershipId
from bot.slack.loop.goals import goal_form
from bot.slack.loop.goals_beginning import parse_way
from bot.usecases.loop.goals import open_goal_form
from bot.usecases.loop.goals_beginning import take_way, talk_about_beginning
from handlers.calls import Call


async def use_way(call: Call) -> None:
    """*Use it*: the form of a goal that begins with these words."""
    pair, text = await call.read(take_way, *parse_way(call.value))
    data = await call.read(open_goal_form, pair_id=pair)
    await call.open(goal_form(data, call.words, {"text": text}))


async def press_talk(call: Call) -> None:
    await call.write(talk_about_beginning, MembershipId(call.subject))
    await call.done()
