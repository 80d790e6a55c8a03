"""A database with the newest schema, on both engines, and the two workspaces that some tests share."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.database import SqlDatabase
from storage.engine import open_engine
from tests.conftest import new_database, sqlalchemy_url
from tests.fakes import FakeClock
from tests.storage.old_rows import begin, grow
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
    with opened(database_url) as engine:
        begin(engine)
        yield engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def grown(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database that has grown from the first revision to the newest, with rows in every table and column."""
    with opened(request.getfixturevalue(f"grown_{request.param}_url")) as engine:
        yield engine


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture
def grown_sqlite_url(grown_sqlite_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(grown_sqlite_file, tmp_path / 'pairloop.sqlite3')}"


@pytest.fixture(scope="session")
def grown_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grown") / "grown.sqlite3"
    grow(f"sqlite:///{path}")
    return path


@pytest.fixture
def grown_postgresql_url(postgresql_server: str, grown_postgresql_database: str) -> str:
    """A copy that the worker makes anew for each test."""
    model = grown_postgresql_database
    return sqlalchemy_url(new_database(postgresql_server, f"{model}_copy", like=model))


@pytest.fixture(scope="session")
def grown_postgresql_database(postgresql_server: str, worker_id: str) -> str:
    name = f"grown_{worker_id}"
    grow(sqlalchemy_url(new_database(postgresql_server, name)))
    return name
