"""How the database goes about what it is asked, where it has enough rows for an index to be worth it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event

from storage.database import SqlDatabase

Plans = list[tuple[str, list[str]]]
# With few rows it would read them all, or sort them all.
AS_WITH_MANY_ROWS = (
    "enable_seqscan",
    "enable_bitmapscan",
    "enable_sort",
    "enable_hashjoin",
    "enable_mergejoin",
)


@asynccontextmanager
async def plans_of(database: SqlDatabase, beginning: str) -> AsyncIterator[Plans]:
    """The statements with this beginning that are sent meanwhile, each with the steps of its plan."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(beginning):
            asked.append((statement, parameters))

    plans: Plans = []
    event.listen(database.engine, "before_cursor_execute", note)
    yield plans
    event.remove(database.engine, "before_cursor_execute", note)
    plans += [(statement, _steps(database, statement, parameters)) for statement, parameters in asked]


def _steps(database: SqlDatabase, statement: str, parameters: Any) -> list[str]:
    with database.engine.connect() as connection:
        if database.engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return [row.detail for row in rows]
        for setting in AS_WITH_MANY_ROWS:
            connection.exec_driver_sql(f"SET LOCAL {setting} = off")
        return [line.strip() for (line,) in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
