"""How fast are rounds planned where 20 % of 100,000 pairs are due at once, and do people with a form notice?

On both engines; on SQLite once more while 50 forms a second are sent: for how long the tick keeps others from writing,
and how long the slowest form takes.
"""

import asyncio
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as wall_time
from pathlib import Path

from sqlalchemy import Connection, Engine, event, func, select

from bench.home import NOW, FixedClock
from bench.kills import a_postgresql
from bench.results import Measured, record
from bench.tick import Rows, insert_rows
from bot.domain.cohorts import Cohort
from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Membership, Pair
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.tick import PLANNING, deal_with
from storage import search_meaning
from storage.database import SqlDatabase
from storage.migrations import upgrade
from storage.tables import table_of
from tests.fakes import FakeDirectory, FakeMessenger

PAIRS, DUE = 100_000, 20_000
AT_ONCE = 20_000  # pairs that are written together
ZONES = ("Pacific/Auckland", "Asia/Kathmandu", "Europe/Berlin", "America/New_York", "America/Sao_Paulo")
WEEKS = (1, 2, 3, 4)  # one cohort each
FORMS_A_SECOND = 50
RATE_LIMIT = 3_000
LOCK_LIMIT_MS, FORM_LIMIT_MS = 150, 1_000


def fill(engine: Engine) -> None:
    """Pairs of four rhythms in five zones, each with a mentee of its own; the first DUE of them are to be planned."""
    with engine.execution_options(pairloop_write=True).begin() as connection:
        insert_rows(connection, _place())
        for first in range(1, PAIRS + 1, AT_ONCE):
            insert_rows(connection, _pairs(range(first, first + AT_ONCE)))
        if engine.dialect.name == "postgresql":
            _count_on(connection)
        connection.exec_driver_sql("ANALYZE")


def _count_on(connection: Connection) -> None:
    """PostgreSQL hands out ids by itself, and does not know of those that were given here."""
    for kind in (Workspace, Cohort, Member, Pair, Membership):
        table = table_of(kind)
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery())))


def _place() -> Rows:
    one = {"id": 1, "version": 1}
    cohort = {"workspace_id": 1, "weekday": 1, "at": wall_time(10), "anchor": date(2026, 11, 24)}
    cohort |= {"created_at": NOW, "pack": "classic", "state": "active", "version": 1}
    return {
        Workspace: [{**one, "team_id": "T1", "name": "Acme", "bot_user_id": "UBOT", "created_at": NOW}],
        Cohort: [
            {**cohort, "id": number, "name": f"Every {weeks}", "every_weeks": weeks}
            for number, weeks in enumerate(WEEKS, 1)
        ],
    }


def _pairs(numbers: range) -> Rows:
    rows = [{"id": number, "version": 1, "workspace_id": 1} for number in numbers]
    active = {"asked_at": NOW, "state": "active", "active_since": NOW}
    later = NOW + timedelta(days=1)
    return {
        Member: [
            {**row, "user_id": f"U{row['id']}", "name": "Tom", "tz": ZONES[row["id"] % len(ZONES)]}
            | {"locale": "en-US", "refreshed_at": NOW}
            for row in rows
        ],
        Pair: [
            {**row, **active, "cohort_id": 1 + row["id"] % len(WEEKS)}
            | {"plan_at": NOW - timedelta(seconds=1 + row["id"] % len(ZONES)) if row["id"] <= DUE else later}
            for row in rows
        ],
        Membership: [
            {**row, "pair_id": row["id"], "member_id": row["id"], "role": "mentee", "consent": "yes"}
            for row in rows
        ],
    }


async def plan(database: SqlDatabase) -> float:
    """Plan all that is due, and return how many pairs a second were planned."""
    started = time.perf_counter()
    await deal_with(Deps(database, FixedClock(), FakeDirectory(), FakeMessenger()), PLANNING)
    taken = time.perf_counter() - started
    left = await database.read(SYSTEM, lambda tx: tx.pairs.count(plan_at__upto=NOW))
    rounds = await database.read(SYSTEM, lambda tx: tx.occurrences.count())
    assert (left, rounds >= DUE) == (0, True)
    return DUE / taken


@dataclass
class Locks:
    """How long each write kept others from writing, in milliseconds."""

    began: float = 0.0
    held: list[float] = field(default_factory=list)


@contextmanager
def locks_of(engine: Engine) -> Iterator[Locks]:
    """Of the one writer of SQLite: from its BEGIN IMMEDIATE until all is on the disk."""
    found = Locks()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("pairloop_write"):
            found.began = time.perf_counter()

    def end(_connection: object, _record: object) -> None:
        if found.began and threading.current_thread().name.startswith("write"):
            found.held.append((time.perf_counter() - found.began) * 1000)

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", end)
    try:
        yield found
    finally:
        event.remove(engine, "begin", begin)
        event.remove(engine, "checkin", end)


async def fill_in_forms(database: SqlDatabase, storm: "asyncio.Task[float]") -> list[float]:
    """As long as the storm lasts, somebody sends a form FORMS_A_SECOND times a second; how long each took, in ms."""
    begun = time.perf_counter()
    sent: list[asyncio.Task[float]] = []
    while not storm.done():
        sent.append(asyncio.create_task(_form(database, PAIRS - len(sent))))
        await asyncio.sleep(max(0.0, begun + len(sent) / FORMS_A_SECOND - time.perf_counter()))
    return list(await asyncio.gather(*sent))


async def _form(database: SqlDatabase, member: int) -> float:
    started = time.perf_counter()
    shown = {"behaviour": "ask first", "situation": "in meetings", "until": NOW.date() + timedelta(days=7)}
    command = Commit(shown, pair_id=PairId(member))
    viewer = Viewer(WorkspaceId(1), MemberId(member))
    await database.write(
        viewer, lambda tx: commit_to_experiment(tx, command), idempotency_key=f"form-{member}"
    )
    return (time.perf_counter() - started) * 1000


async def alone(name: str, url: str) -> Measured:
    database = await _filled(url)
    rate = await plan(database)
    await database.close()
    return Measured(f"planned in a storm, {name}: 3,000 pairs take", round(RATE_LIMIT / rate, 2), "s", 1.0)


async def among_people(url: str) -> list[Measured]:
    database = await _filled(url)
    with locks_of(database.engine) as locks:
        storm = asyncio.create_task(plan(database))
        taken = await fill_in_forms(database, storm)
    rate = await storm
    await database.close()
    print(f"with {len(taken)} forms: {rate:,.0f} pairs/s, a form takes {statistics.median(taken):.0f} ms")
    return [
        Measured("storm with forms: longest write lock", round(max(locks.held)), "ms", LOCK_LIMIT_MS),
        Measured("storm with forms: slowest form", round(max(taken)), "ms", FORM_LIMIT_MS),
    ]


async def _filled(url: str) -> SqlDatabase:
    database = SqlDatabase(url, FixedClock())
    await asyncio.to_thread(upgrade, database.engine)
    await asyncio.to_thread(fill, database.engine)
    await asyncio.to_thread(search_meaning.model)  # as at the start of a bot
    return database


async def main() -> None:
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        postgresql = opened.enter_context(a_postgresql(folder))
        record(
            await alone("SQLite", f"sqlite:///{folder / 'alone.sqlite3'}"),
            await alone("PostgreSQL", postgresql),
            *await among_people(f"sqlite:///{folder / 'forms.sqlite3'}"),
        )


if __name__ == "__main__":
    asyncio.run(main())
