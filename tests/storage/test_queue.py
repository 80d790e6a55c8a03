"""What waits to be sent is found without reading what does not wait: other workspaces, later rows, sent rows."""

from typing import Any

import pytest

from bot.domain.ids import WorkspaceId
from bot.domain.outgoing import OutgoingState, Priority
from bot.domain.privacy import SYSTEM
from bot.usecases.tick import SWEEPS, Sweep
from storage.database import SqlDatabase
from tests.storage.plans import plans_of

HERE = WorkspaceId(1)


async def test_what_is_due_in_a_workspace_is_read_from_its_own_end_of_an_index(database: SqlDatabase) -> None:
    async with plans_of(database, "SELECT outgoing") as plans:
        await database.read(SYSTEM, lambda tx: [tx.queue.planned(HERE, 5), tx.queue.unknown(HERE, 5)])

    assert len(plans) == 2 * len(Priority)
    for statement, steps in plans:
        plan = "\n".join(steps)
        assert "ix_outgoing_queue" in plan, statement
        assert not [
            step for step in steps if step.startswith("SCAN") or "Seq Scan" in step or "TEMP" in step
        ], plan
        of_a_person = "ix_outgoing_person" in plan
        assert "EXISTS" not in statement or database.engine.dialect.name == "postgresql" or of_a_person, plan


async def test_workspaces_in_which_nothing_waits_are_not_looked_at(database: SqlDatabase) -> None:
    async with plans_of(database, "SELECT min") as plans:
        await database.read(SYSTEM, lambda tx: list(tx.queue.workspaces(OutgoingState.PLANNED)))

    [(_, steps)] = plans
    assert "ix_outgoing_queue" in "\n".join(steps)
    assert not [step for step in steps if step.startswith("SCAN") or "Seq Scan" in step or "Filter" in step]


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: f"{sweep.act.__name__.strip('_')}")
async def test_what_the_calendar_says_is_due_is_read_from_the_end_of_an_index(
    database: SqlDatabase, sweep: Sweep[Any]
) -> None:
    async with plans_of(database, "SELECT") as plans:
        await database.write(SYSTEM, sweep.find)

    [(_, steps)] = plans
    assert not [step for step in steps if step.startswith("SCAN") or "Seq Scan" in step or "Filter" in step]
    assert not [step for step in steps if "TEMP B-TREE" in step]
