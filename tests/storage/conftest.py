"""A database with the newest schema, on both engines, and the two workspaces that some tests share."""

from collections.abc import AsyncIterator

import pytest

from storage.database import SqlDatabase
from tests.fakes import FakeClock
from tests.two_workspaces import NOW, TwoWorkspaces, two_workspaces


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[SqlDatabase]:
    database = SqlDatabase(migrated_url, FakeClock(NOW))
    yield database
    await database.close()


@pytest.fixture
async def workspaces(database: SqlDatabase) -> TwoWorkspaces:
    return await two_workspaces(database)
