"""How a connection is opened, and what each engine must be told first."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from bot.domain.errors import StoreUnavailable
from storage.errors import translated
from storage.files import create_private, sqlite_file

LOCK_WAIT_MS = 2000  # below Slack's three seconds, so that a locked file is told in time
CONNECT_TIMEOUT_S = 5
LONGEST_SKEW = timedelta(seconds=5)  # several processes decide by their clocks who sends, and until when


def parse_url(url: str) -> URL:
    """The database URL with its driver; StoreUnavailable("wrong") if it is none that Pairloop can use."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable("wrong", "it is no URL") from error
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreUnavailable("wrong", parsed.render_as_string(hide_password=True))
    return parsed


def open_engine(url: str) -> Engine:
    """An engine for this URL; nothing is connected yet. Raises StoreUnavailable for a URL that cannot work, OSError.

    Its errors name no parameters: they are people's words, and errors are logged.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    try:
        return create_engine(
            parsed,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreUnavailable("driver", "psycopg") from error


def _open_sqlite(url: URL) -> Engine:
    arguments: dict[str, Any] = {"check_same_thread": False}
    if file := sqlite_file(url):
        create_private(file)
        engine = create_engine(url, connect_args=arguments, hide_parameters=True)
    else:
        engine = create_engine(url, connect_args=arguments, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions late, so that two ticks could read the same rows: we begin them ourselves.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {LOCK_WAIT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pairloop_write", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


def require_same_time(engine: Engine, real_now: Callable[[], datetime]) -> None:
    """Raise StoreUnavailable("skew") where this machine and a server of PostgreSQL disagree about what time it is."""
    if engine.dialect.name == "sqlite":
        return
    try:
        with engine.connect() as connection:
            before, there, after = (
                real_now(),
                connection.execute(select(func.clock_timestamp())).scalar_one(),
                real_now(),
            )
    except SQLAlchemyError as error:
        raise translated(error) from error
    if (skew := max(before - there, there - after)) > LONGEST_SKEW:
        raise StoreUnavailable("skew", str(round(skew.total_seconds())))
