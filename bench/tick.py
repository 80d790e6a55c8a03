"""What does it cost to find nothing due, with a million pairs, with a thousand, and against one bare question?"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from datetime import time as wall_time
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from bench.home import NOW, FixedClock
from bench.results import Measured, record
from bot.domain.cohorts import Cohort
from bot.domain.members import Member, Workspace
from bot.domain.nudges import Nudge, Occurrence
from bot.domain.pairs import Pair
from bot.domain.privacy import SYSTEM
from bot.ports import Deps
from bot.usecases.tick import tick
from storage.database import SqlDatabase
from storage.migrations import upgrade
from storage.tables import table_of
from tests.fakes import FakeDirectory, FakeMessenger

FEW, MANY = 1_000, 1_000_000
AT_ONCE = 20_000  # pairs that are written together
ROUNDS = 200
RATIO_LIMIT, BARE_LIMIT = 1.5, 3.0
Rows = dict[type[object], list[dict[str, Any]]]
Work = Callable[[], Awaitable[None]]
TOMORROW = NOW + timedelta(days=1)


def fill(database: SqlDatabase, pairs: int) -> None:
    """Active pairs, each with a check-in behind it and one to come; nothing is due now."""
    with database.engine.execution_options(pairloop_write=True).begin() as connection:
        insert_rows(connection, _place())
        for first in range(1, pairs + 1, AT_ONCE):
            insert_rows(connection, _pairs(range(first, min(first + AT_ONCE, pairs + 1)), pairs))
        connection.exec_driver_sql("ANALYZE")


def insert_rows(connection: Connection, rows: Rows) -> None:
    for table, values in rows.items():
        connection.execute(insert(table_of(table)), values)


def _place() -> Rows:
    one = {"id": 1, "version": 1}
    return {
        Workspace: [{**one, "team_id": "T1", "name": "Acme", "bot_user_id": "UBOT", "created_at": NOW}],
        Member: [
            {**one, "workspace_id": 1, "user_id": "U1", "name": "Tom", "tz": "UTC", "locale": "en-US"}
            | {"refreshed_at": NOW}
        ],
        Cohort: [
            {**one, "workspace_id": 1, "name": "Spring", "every_weeks": 1, "weekday": 1, "at": wall_time(10)}
            | {"anchor": date(2026, 11, 24), "created_at": NOW, "pack": "", "state": "active"}
        ],
    }


def _pairs(numbers: range, pairs: int) -> Rows:
    of_pairs = [{"id": n, "version": 1, "workspace_id": 1} for n in numbers]
    of_round = {"ritual": "check_in", "source_id": 0, "key": "2026-11-24", "day": TOMORROW.date()}
    return {
        Pair: [
            {**row, "cohort_id": 1, "asked_at": NOW, "state": "active", "active_since": NOW}
            | {"plan_at": TOMORROW + timedelta(seconds=row["id"])}
            for row in of_pairs
        ],
        Occurrence: [{**row, **of_round, "pair_id": row["id"], "state": "open"} for row in of_pairs],
        Nudge: [nudge for row in of_pairs for nudge in _nudges(row["id"], pairs)],
    }


def _nudges(pair: int, pairs: int) -> list[dict[str, Any]]:
    both = {"version": 1, "workspace_id": 1, "pair_id": pair, "occurrence_id": pair, "member_id": 1}
    due = TOMORROW + timedelta(seconds=pair)
    return [
        {**both, "id": pair, "step": 0, "state": "planned", "due_at": due, "expires_at": due},
        {**both, "id": pairs + pair, "step": 1, "state": "answered", "due_at": NOW, "expires_at": NOW},
    ]


async def bare(deps: Deps) -> None:
    """One question that an index answers, asked as everything is."""
    await deps.db.read(SYSTEM, lambda tx: tx.pairs.first(order="plan_at", plan_at__upto=NOW))


async def milliseconds(works: list[Work]) -> list[float]:
    """The median of each; they take turns, so that whatever else runs slows all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, times in zip(works, taken, strict=True):
            started = time.perf_counter()
            await work()
            times.append((time.perf_counter() - started) * 1000)
    return [statistics.median(times) for times in taken]


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        deps = []
        for pairs in (FEW, MANY):
            database = SqlDatabase(f"sqlite:///{Path(folder) / str(pairs)}.sqlite3", FixedClock())
            await asyncio.to_thread(upgrade, database.engine)
            await asyncio.to_thread(fill, database, pairs)
            assert await database.read(SYSTEM, lambda tx: tx.counts.next_due()) == TOMORROW + timedelta(
                seconds=1
            )
            deps.append(Deps(database, FixedClock(), FakeDirectory(), FakeMessenger()))
        few, many, one = await milliseconds(
            [partial(tick, deps[0]), partial(tick, deps[1]), partial(bare, deps[1])]
        )
        for each in deps:
            await each.db.close()  # type: ignore[attr-defined]  # it is an SqlDatabase
    print(f"an idle tick takes {many:.2f} ms, a bare question {one:.2f} ms")
    record(
        Measured(
            f"idle tick, {MANY:,} pairs against a bare question", round(many / one, 2), "times", BARE_LIMIT
        ),
        Measured(f"idle tick, {MANY:,} pairs against {FEW:,}", round(many / few, 2), "times", RATIO_LIMIT),
    )


if __name__ == "__main__":
    asyncio.run(main())
