"""How many queries does App Home take for a mentor with 20 mentees of 12 readings each, and for one with 2?"""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bench.results import Measured, record
from bot.domain.cohorts import Cohort
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.indicators import Indicator
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.readings import Reading
from bot.domain.results import Adherence, Result
from bot.ports import Tx
from bot.usecases.home.home import Home, see_home
from storage.database import SqlDatabase
from storage.migrations import upgrade

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MENTEES = (2, 20)
READINGS = 12
LIMIT = 10


class FixedClock:
    """It is always NOW."""

    def now(self) -> datetime:
        return NOW

    def real_now(self) -> datetime:
        return NOW


def a_mentor(tx: Tx, mentees: int) -> Member:
    """Each mentee has a goal, an open experiment, and one with a result that waits for an answer.

    Of the open one a number was noted READINGS times.
    """
    workspace = tx.workspaces.insert(Workspace(f"T{mentees}", "Acme", "UBOT", NOW)).id
    mentor = tx.members.insert(Member(workspace, "U0", "Mira", "Europe/Berlin", "en-US", NOW))
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 1, 1, time(10), date(2026, 11, 24), NOW))
    for number in range(1, mentees + 1):
        name = f"Mentee {number}"
        mentee = tx.members.insert(Member(workspace, f"U{number}", name, "UTC", "en-US", NOW))
        pair = tx.pairs.insert(Pair(workspace, cohort.id, NOW, None, PairState.ACTIVE, active_since=NOW))
        for member, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
            tx.memberships.insert(Membership(workspace, pair.id, member.id, role, Consent.YES))
        _loop(tx, mentee, pair)
    return mentor


def _loop(tx: Tx, mentee: Member, pair: Pair) -> None:
    place = (pair.workspace_id, pair.id)
    goal = tx.goals.insert(Goal(*place, mentee.id, "lead by asking", NOW, NOW))
    open_one, told = (
        tx.experiments.insert(
            Experiment(
                *place, mentee.id, text, "in meetings", (NOW + timedelta(days=7)).date(), NOW, goal_id=goal.id
            )
        )
        for text in ("ask first", "wait a moment")
    )
    assert open_one.id != told.id
    sign = tx.indicators.insert(Indicator(*place, open_one.id, "Pause", "s", Decimal(1), Decimal(3)))
    for number in range(READINGS):
        day = NOW - timedelta(days=number)
        tx.readings.insert(Reading(*place, sign.id, mentee.id, day.date(), day, Decimal(number)))
    tx.results.insert(Result(*place, told.id, mentee.id, Adherence.DID, NOW, told_at=NOW))


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The queries that are sent meanwhile; beginning a transaction is none."""
    queries: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SET TRANSACTION")):
            queries.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield queries
    event.remove(engine, "before_cursor_execute", note)


async def queries_for(database: SqlDatabase, mentees: int) -> int:
    """How many queries one Home takes; the Home must show everybody."""
    mentor = await database.write(SYSTEM, lambda tx: a_mentor(tx, mentees))

    def see(tx: Tx) -> Home:
        return see_home(tx)

    with counted(database.engine) as queries:
        home = await database.read(Viewer(mentor.workspace_id, mentor.id), see)
    assert len(home.mentoring) == mentees
    return len(queries)


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = SqlDatabase(f"sqlite:///{Path(folder) / 'bench.sqlite3'}", FixedClock())
        upgrade(database.engine)
        few, many = [await queries_for(database, mentees) for mentees in MENTEES]
        await database.close()
    record(
        Measured("Home of a mentor with 20 mentees, 12 readings each", many, "queries", LIMIT),
        Measured("Home: more queries for 20 mentees than for 2", many - few, "queries", 0),
    )


if __name__ == "__main__":
    asyncio.run(measure())
