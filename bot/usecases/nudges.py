"""When nudges are planned, sent and closed."""

from bot.ports import Deps


async def tick(deps: Deps) -> None:
    """Plan, send and close what the calendar says is due."""
