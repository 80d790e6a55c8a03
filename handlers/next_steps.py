"""The next step, as Slack calls us."""

from dataclasses import replace

from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.loop.next_steps import parse_try
from bot.usecases.loop.experiments import open_experiment_form
from handlers.calls import Call


async def try_something(call: Call) -> None:
    """The form, in the pair that the message is about and for its goal as long as that is open."""
    following = parse_try(call.value)
    data = await call.read(open_experiment_form, pair_id=following.pair_id)
    draft = first_draft(data, call.words)
    if following.goal_id in {goal.id for goal in data.goals}:
        draft = replace(draft, goal=str(following.goal_id))
    await call.open(experiment_form(data, call.words, draft))
