"""What is asked every few seconds costs the same with many pairs as with few."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.domain.privacy import SYSTEM
from bot.ports import Tx
from storage.database import SqlDatabase

PLAN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


async def test_when_something_falls_due_is_read_from_the_end_of_an_index(database: SqlDatabase) -> None:
    engine = database.engine
    with _noted(engine) as asked:
        await database.read(SYSTEM, _next_due)

    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")  # with few rows it would read them all
        for statement, parameters in asked:
            plan = str(connection.exec_driver_sql(PLAN[engine.dialect.name] + statement, parameters).all())
            assert "INDEX" in plan.upper(), statement
            assert "Filter" not in plan, statement
            assert engine.dialect.name == "postgresql" or "COVERING" in plan, statement
    assert len(asked) == 9


def _next_due(tx: Tx) -> object:
    return tx.counts.next_due()


@contextmanager
def _noted(engine: Any) -> Iterator[list[tuple[str, Any]]]:
    """The queries that are sent meanwhile."""
    queries: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT min"):
            queries.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield queries
    event.remove(engine, "before_cursor_execute", note)
