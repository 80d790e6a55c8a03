"""“It's not working”, as Slack calls us."""

from dataclasses import replace

from bot.domain.ids import ExperimentId
from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.loop.setbacks import situation_of, ways_on_message
from bot.slack.rhythm.asks import ask_form
from bot.usecases.loop.setbacks import open_another_way, open_ask_about, say_not_working, see_ways_on
from handlers.calls import Call


async def say_not(call: Call) -> None:
    experiment = ExperimentId(call.subject)
    await call.write(say_not_working, experiment)
    ways = await call.read(see_ways_on, experiment)
    await call.reply(ways_on_message(ways, call.words))


async def try_another_way(call: Call) -> None:
    """The new one takes the place of this one once it is sent, and not before."""
    experiment = ExperimentId(call.subject)
    data = await call.read(open_another_way, experiment)
    draft = replace(first_draft(data, call.words), swap=experiment)
    await call.turn_to(experiment_form(data, call.words, draft))


async def ask_about(call: Call) -> None:
    experiment, data = await call.read(open_ask_about, ExperimentId(call.subject))
    await call.turn_to(ask_form(data, call.words, situation_of(experiment, call.words)))
