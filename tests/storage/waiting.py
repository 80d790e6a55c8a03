"""Two processes that want to write the same rows at the same moment, for certain.

On PostgreSQL a third connection holds the rows until both wait for them; SQLite has one writer anyway.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import psycopg

from tests.patience import until

BothWait = Callable[[], Awaitable[None]]
Together = Callable[[], AbstractAsyncContextManager[BothWait]]


def together_on(url: str, tables: str) -> Together:
    """Holds all rows of these tables until two wait for them."""
    return _free if url.startswith("sqlite") else lambda: _held(url.replace("+psycopg", ""), tables)


@asynccontextmanager
async def _free() -> AsyncIterator[BothWait]:
    yield lambda: asyncio.sleep(0)


@asynccontextmanager
async def _held(url: str, tables: str) -> AsyncIterator[BothWait]:
    async with (
        await psycopg.AsyncConnection.connect(url) as holder,
        await psycopg.AsyncConnection.connect(url, autocommit=True) as onlooker,
    ):
        await holder.execute(f"SELECT 1 FROM {tables} FOR UPDATE")  # noqa: S608 - names of ours

        async def wait() -> bool:
            answer = await onlooker.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            return await answer.fetchone() == (2,)

        yield lambda: until(wait)
