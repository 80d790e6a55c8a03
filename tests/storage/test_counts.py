"""What is asked every few seconds costs the same with many pairs as with few."""

from bot.domain.privacy import SYSTEM
from bot.usecases.tick import SWEEPS
from storage.counts import DUE
from storage.database import SqlDatabase
from tests.storage.plans import plans_of


async def test_when_something_falls_due_is_read_from_the_ends_of_indexes(database: SqlDatabase) -> None:
    async with plans_of(database, "SELECT") as plans:
        await database.read(SYSTEM, lambda tx: tx.counts.next_due())

    [(statement, steps)] = plans
    ends = statement.count("min(")
    assert ends == len(DUE)
    reads = [step for step in steps if "Index Only Scan" in step or "COVERING INDEX" in step]
    assert len(reads) == ends
    assert not [step for step in steps if "Filter" in step or "Seq Scan" in step]
    assert not [step for step in steps if step.startswith(("SCAN", "SEARCH")) and "COVERING" not in step]


def test_all_that_falls_due_is_dealt_with_and_nothing_is_dealt_with_that_nobody_asks_about() -> None:
    assert sorted(sweep.name for sweep in SWEEPS) == sorted(DUE)
