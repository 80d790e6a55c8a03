"""A database to work on, for a command that asks Slack for nothing or little."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer

from bot.bootstrap import deps_of, file_of, opened_database, slack_session
from bot.clock import FollowedClock, SystemClock
from bot.domain.cohorts import Cohort
from bot.domain.errors import StoreUnavailable
from bot.domain.privacy import SYSTEM
from bot.domain.texts import legible
from bot.ports import Clock, Deps
from bot.settings import Settings
from bot.usecases.programme.cohorts_calendar import cohorts_called
from storage import migrations


@asynccontextmanager
async def at_work(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Deps]:
    """What use cases need, on a database that is there and up to date. Raises StoreUnavailable."""
    if missing := file_missing(settings):
        raise StoreUnavailable("missing", missing)
    clock = clock or SystemClock()
    async with opened_database(settings, clock) as database:
        revision = await asyncio.to_thread(migrations.current, database.engine)
        if revision != migrations.newest():
            raise StoreUnavailable("old" if migrations.is_known(revision) else "new")
        async with slack_session() as session:
            yield deps_of(settings, clock, database, session)


async def clock_of(settings: Settings) -> Clock:
    """The clock of this machine, or the one that is followed, as it stands now."""
    if not settings.clock_url:
        return SystemClock()
    clock = FollowedClock(settings.clock_url)
    await clock.read()
    return clock


async def only_cohort(deps: Deps, name: str) -> Cohort:
    """The cohort of this name. Raises CohortUnknown, BadParameter where several workspaces have one."""
    cohort, *others = await deps.db.read(SYSTEM, lambda tx: cohorts_called(tx, legible(name)))
    if others:
        raise typer.BadParameter("Cohorts of several workspaces are called so. Please give one another name.")
    return cohort


def file_missing(settings: Settings) -> str:
    """The name of the SQLite file that is not there yet; "" where there is one, or none is needed."""
    file = file_of(settings)
    return str(file) if file and not file.exists() else ""
