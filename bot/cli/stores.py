"""A database to work on, for a command that asks Slack for nothing or little."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.bootstrap import deps_of, file_of, opened_database, slack_session
from bot.clock import SystemClock
from bot.domain.errors import StoreUnavailable
from bot.ports import Clock, Deps
from bot.settings import Settings
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


def file_missing(settings: Settings) -> str:
    """The name of the SQLite file that is not there yet; "" where there is one, or none is needed."""
    file = file_of(settings)
    return str(file) if file and not file.exists() else ""
