"""What does it cost to find nothing due, with a hundred thousand pairs and with a thousand?"""

import asyncio
import statistics
import tempfile
import time
from datetime import date, timedelta
from datetime import time as wall_time
from pathlib import Path
from typing import Any

from sqlalchemy import insert

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

FEW, MANY = 1_000, 100_000
ROUNDS = 200
RATIO_LIMIT, MS_LIMIT = 2.0, 3.0
TOMORROW = NOW + timedelta(days=1)


def fill(database: SqlDatabase, pairs: int) -> None:
    """Active pairs, each with a check-in behind it and one to come; nothing is due now."""
    one = {"id": 1, "version": 1}
    of_pairs = [{"id": n, "version": 1, "workspace_id": 1} for n in range(1, pairs + 1)]
    rows: dict[type[object], list[dict[str, Any]]] = {
        Workspace: [{**one, "team_id": "T1", "name": "Acme", "bot_user_id": "UBOT", "created_at": NOW}],
        Member: [
            {**one, "workspace_id": 1, "user_id": "U1", "name": "Tom", "tz": "UTC", "locale": "en-US"}
            | {"refreshed_at": NOW}
        ],
        Cohort: [
            {**one, "workspace_id": 1, "name": "Spring", "every_weeks": 1, "weekday": 1, "at": wall_time(10)}
            | {"anchor": date(2026, 11, 24), "created_at": NOW, "pack": "", "state": "active"}
        ],
        Pair: [
            {**row, "cohort_id": 1, "asked_at": NOW, "state": "active", "active_since": NOW}
            | {"plan_at": TOMORROW + timedelta(seconds=row["id"])}
            for row in of_pairs
        ],
        Occurrence: [
            {
                **row,
                "pair_id": row["id"],
                "ritual": "check_in",
                "source_id": 0,
                "key": "2026-11-24",
                "day": TOMORROW.date(),
            }
            | {"state": "open"}
            for row in of_pairs
        ],
        Nudge: [nudge for row in of_pairs for nudge in _nudges(row["id"], pairs)],
    }
    with database.engine.execution_options(pairloop_write=True).begin() as connection:
        for table, values in rows.items():
            connection.execute(insert(table_of(table)), values)
        connection.exec_driver_sql("ANALYZE")


def _nudges(pair: int, pairs: int) -> list[dict[str, Any]]:
    both = {"version": 1, "workspace_id": 1, "pair_id": pair, "occurrence_id": pair, "member_id": 1}
    due = TOMORROW + timedelta(seconds=pair)
    return [
        {**both, "id": pair, "step": 0, "state": "planned", "due_at": due, "expires_at": due},
        {**both, "id": pairs + pair, "step": 1, "state": "answered", "due_at": NOW, "expires_at": NOW},
    ]


async def milliseconds(deps: list[Deps]) -> list[float]:
    """The median of an idle tick for each; they take turns, so that whatever else runs slows all alike."""
    taken: list[list[float]] = [[] for _ in deps]
    for _ in range(ROUNDS):
        for each, times in zip(deps, taken, strict=True):
            started = time.perf_counter()
            await tick(each)
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
        few, many = await milliseconds(deps)
        for each in deps:
            await each.db.close()  # type: ignore[attr-defined]  # it is an SqlDatabase
    record(
        Measured(f"idle tick, {MANY:,} pairs", round(many, 2), "ms", MS_LIMIT),
        Measured(f"idle tick, {MANY:,} pairs against {FEW:,}", round(many / few, 2), "times", RATIO_LIMIT),
    )


if __name__ == "__main__":
    asyncio.run(main())
