"""Charts, as Slack calls us."""

from bot.domain.ids import ExperimentId
from bot.slack.loop.charts import on_its_way
from bot.usecases.loop.charts import show_charts
from handlers.calls import Call


async def press_show(call: Call) -> None:
    await call.write(show_charts, ExperimentId(call.subject))
    await call.reply(on_its_way(call.words))
