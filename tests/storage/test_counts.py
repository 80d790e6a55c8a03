"""What is asked every few seconds costs the same with many pairs as with few."""

from bot.domain.privacy import SYSTEM
from storage.database import SqlDatabase
from tests.storage.plans import plans_of


async def test_when_something_falls_due_is_read_from_the_ends_of_indexes(database: SqlDatabase) -> None:
    async with plans_of(database, "SELECT min") as plans:
        await database.read(SYSTEM, lambda tx: tx.counts.next_due())

    [(statement, steps)] = plans
    ends = statement.count("SELECT min")
    assert ends >= 9
    reads = [step for step in steps if "Index Only Scan" in step or "COVERING INDEX" in step]
    assert len(reads) == ends
    assert not [step for step in steps if "Filter" in step or "Seq Scan" in step]
    assert not [step for step in steps if step.startswith(("SCAN", "SEARCH")) and "COVERING" not in step]
