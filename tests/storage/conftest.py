"""Databases with the newest schema, on both engines, and the world that some tests share.

Migrations run once per engine and worker; before each test SQLite's file is copied or PostgreSQL's rows deleted.
"""

from collections.abc import AsyncIterator

import psycopg
import pytest

from storage.database import SqlDatabase
from tests.fakes import FakeClock
from tests.schema import migrate
from tests.world import NOW, World, a_world


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the newest schema and no rows; the test runs on both engines."""
    return str(request.getfixturevalue(f"migrated_{request.param}_url"))


@pytest.fixture
def migrated_postgresql_url(migrated_postgresql_database: str) -> str:
    """Rows are deleted, since truncating writes files anew; replica mode spares the order of foreign keys."""
    with psycopg.connect(migrated_postgresql_database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = connection.execute(
            "SELECT string_agg(format('DELETE FROM %I;', tablename), ' ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        ).fetchone()
        assert tables is not None
        connection.execute(f"SET session_replication_role = replica; {tables[0]}".encode())
        connection.execute("SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences")
    return sqlalchemy_url(migrated_postgresql_database)


@pytest.fixture(scope="session")
def migrated_postgresql_database(postgresql_server: str, worker_id: str) -> str:
    name = f"migrated_{worker_id}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    url = postgresql_server.replace("/postgres?", f"/{name}?", 1)
    migrate(sqlalchemy_url(url))
    return url


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[SqlDatabase]:
    database = SqlDatabase(migrated_url, FakeClock(NOW))
    yield database
    await database.close()


@pytest.fixture
async def world(database: SqlDatabase) -> World:
    return await a_world(database)


def sqlalchemy_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)
