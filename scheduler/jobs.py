"""The bodies of the jobs: wake up, call a use case."""

from bot.ports import Deps
from bot.usecases.dispatch import dispatch
from bot.usecases.reap import reap as run_reap
from bot.usecases.tick import tick as run_tick


async def tick(deps: Deps) -> None:
    """Plan, send and close what the calendar says is due."""
    await run_tick(deps)


async def send(deps: Deps) -> None:
    """Post what waits; a commit wakes this too, so here it only catches what was to be tried later."""
    await dispatch(deps)


async def reap(deps: Deps) -> None:
    """Look for messages that may or may not have arrived."""
    await run_reap(deps)
