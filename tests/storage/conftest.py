"""A database with the newest schema, on both engines, and the two workspaces that some tests share."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Engine

from storage.database import SqlDatabase
from storage.engine import open_engine
from tests.fakes import FakeClock
from tests.storage.old_rows import FIRST, fill_first, move
from tests.two_workspaces import NOW, TwoWorkspaces, two_workspaces


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[SqlDatabase]:
    database = SqlDatabase(migrated_url, FakeClock(NOW))
    yield database
    await database.close()


@pytest.fixture
async def workspaces(database: SqlDatabase) -> TwoWorkspaces:
    return await two_workspaces(database)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database of the first revision with rows in every table."""
    engine = open_engine(database_url)
    try:
        move(engine, FIRST)
        fill_first(engine)
        yield engine
    finally:
        engine.dispose()
