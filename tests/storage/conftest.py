"""A database with the newest schema, on both engines, and the world that some tests share."""

from collections.abc import AsyncIterator

import pytest

from storage.database import SqlDatabase
from tests.fakes import FakeClock
from tests.world import NOW, World, a_world


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[SqlDatabase]:
    database = SqlDatabase(migrated_url, FakeClock(NOW))
    yield database
    await database.close()


@pytest.fixture
async def world(database: SqlDatabase) -> World:
    return await a_world(database)
