"""The one way to the database: synchronous SQLAlchemy Core in threads, on SQLite and PostgreSQL alike.

SQLite has one writer thread, because its own waiting for the lock is unfair, and a few readers; PostgreSQL has
several of both. `docs/decisions.md` has the measurements behind this.
"""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from bot.domain.privacy import Viewer
from bot.ports import Clock, Policy, Tx
from storage.engine import open_engine
from storage.errors import translated
from storage.tables import InboundRow, table_of
from storage.transactions import open_transaction, require_complete

T = TypeVar("T")

POSTGRESQL_WRITERS = 4
READERS = 4

_inbound = table_of(InboundRow)


class SqlDatabase:
    """The `Database` port over an SQLAlchemy URL: a file of SQLite, its memory (sqlite://), or PostgreSQL."""

    def __init__(self, url: str, clock: Clock, policy: Policy | None = None) -> None:
        require_complete()
        self.engine = open_engine(url)
        self._clock = clock
        self._policy = policy or Policy()
        lite = self.engine.dialect.name == "sqlite"
        self._writes = ThreadPoolExecutor(1 if lite else POSTGRESQL_WRITERS, thread_name_prefix="write")
        in_memory = isinstance(self.engine.pool, StaticPool)
        self._reads = self._writes if in_memory else ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._on_commit: list[Callable[[], None]] = []

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` on the event loop after each committed write; the dispatcher waits for this."""
        self._on_commit.append(callback)

    async def read(self, viewer: Viewer, work: Callable[[Tx], T]) -> T:
        return await self._run(self._reads, lambda: self._read(viewer, work))

    async def write(
        self, viewer: Viewer, work: Callable[[Tx], T], *, idempotency_key: str | None = None
    ) -> T:
        result = await self._run(self._writes, lambda: self._write(viewer, work, idempotency_key))
        for callback in self._on_commit:
            callback()
        return result

    async def forget_calls(self, before: datetime) -> int:
        return await self._run(self._writes, lambda: self._forget_calls(before))

    async def close(self) -> None:
        """Wait for what is running, and let go of the database."""
        self._writes.shutdown(wait=True)
        self._reads.shutdown(wait=True)
        self.engine.dispose()

    async def _run(self, executor: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(executor, work)
        except SQLAlchemyError as error:
            raise translated(error) from error

    def _read(self, viewer: Viewer, work: Callable[[Tx], T]) -> T:
        with self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                # All of it is of one moment, as on SQLite: what is narrowed meanwhile is not half there.
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return work(self._open(connection, viewer))

    def _write(self, viewer: Viewer, work: Callable[[Tx], T], idempotency_key: str | None) -> T:
        with self.engine.execution_options(pairloop_write=True).begin() as connection:
            if idempotency_key is None:
                return work(self._open(connection, viewer))
            return cast("T", self._write_once(connection, viewer, work, idempotency_key))

    def _open(self, connection: Connection, viewer: Viewer, key: str = "") -> Tx:
        now, real_now = self._clock.now(), self._clock.real_now()
        return open_transaction(connection, viewer, now=now, real_now=real_now, policy=self._policy, key=key)

    def _forget_calls(self, before: datetime) -> int:
        with self.engine.execution_options(pairloop_write=True).begin() as connection:
            return int(connection.execute(delete(_inbound).where(_inbound.c.at < before)).rowcount)

    def _write_once(
        self,
        connection: Connection,
        viewer: Viewer,
        work: Callable[[Tx], Any],
        idempotency_key: str,
    ) -> Any:
        """Take the key first: whoever comes second waits for the first, and then reads what came of it."""
        if not _took(connection, idempotency_key, self._clock):
            kept = connection.execute(
                select(_inbound.c.result).where(_inbound.c.key == idempotency_key)
            ).scalar_one()
            return json.loads(kept)
        result = work(self._open(connection, viewer, idempotency_key))
        connection.execute(
            update(_inbound).where(_inbound.c.key == idempotency_key).values(result=json.dumps(result))
        )
        return result


def _took(connection: Connection, key: str, clock: Clock) -> bool:
    """Whether this is the first with the key; on PostgreSQL this waits for another that is not committed yet."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"key": key, "at": clock.real_now(), "result": "null"}
    query = insert(_inbound).on_conflict_do_nothing().returning(_inbound.c.key)
    return connection.execute(query, row).first() is not None
