"""The bodies of the jobs: wake up, call a use case."""

from bot.ports import Deps
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.delivery.reconcile import reconcile as run_reconcile
from bot.usecases.maintenance import (
    forget_old_calls,
    forget_old_digests,
    forget_old_lines,
    gather_what_may_be_met,
    refresh_meanings,
    refresh_members,
    refresh_statistics,
    tell_how_it_goes,
)
from bot.usecases.maintenance import read_feeds as read_all_feeds
from bot.usecases.repository.search_index import complete_index
from bot.usecases.tick import tick as run_tick


async def tick(deps: Deps) -> None:
    """Plan, send and close what the calendar says is due."""
    await run_tick(deps)


async def send(deps: Deps) -> None:
    """Post what waits; a commit wakes this too, so here it only catches what was to be tried later."""
    await dispatch(deps)


async def reconcile(deps: Deps) -> None:
    """Look for messages that may or may not have arrived."""
    await run_reconcile(deps)


async def read_feeds(deps: Deps) -> None:
    """Read the calendars of projects, whose days may have moved."""
    await read_all_feeds(deps)


async def read_people(deps: Deps) -> None:
    """Read everybody anew: a time zone or a farewell that Slack never told us of."""
    await refresh_members(deps)


async def count_words(deps: Deps) -> None:
    """Bring the search and the figures behind it up to date."""
    await complete_index(deps)
    await refresh_statistics(deps)
    await refresh_meanings(deps)


async def tidy_up(deps: Deps) -> None:
    """Let go of what nothing will ask for again."""
    await forget_old_calls(deps)
    await forget_old_lines(deps)
    await forget_old_digests(deps)


async def gather_tries(deps: Deps) -> None:
    """Say anew what others tried, without names."""
    await gather_what_may_be_met(deps)


async def count_cohorts(deps: Deps) -> None:
    """Tell how cohorts go, as far as the day has come for it."""
    await tell_how_it_goes(deps)
