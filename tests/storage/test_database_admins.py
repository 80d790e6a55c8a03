"""Admins who press at the same moment in two processes, on both engines: one is always left, and a code makes one.

On PostgreSQL the moment is the same for certain: a third connection holds the rows until both processes wait.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import ClaimClosed, LastAdmin, NotAllowed
from bot.domain.members import Member, Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Tx
from bot.usecases.people.admins import remove_admin
from storage.database import SqlDatabase
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.running import claim_as, open_as, write_as
from tests.storage.waiting import Together, together_on

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NAMES = ("Ada", "Mira")


@dataclass
class Offices:
    """One workspace with Ada and Mira in it, and a process for each of them."""

    processes: dict[str, Deps]
    people: dict[str, Member]
    together: Together

    def viewer(self, name: str) -> Viewer:
        return Viewer(self.people[name].workspace_id, self.people[name].id)

    async def remove(self, by: str, whom: str) -> None:
        deps = self.processes[by]
        await write_as(deps, self.viewer(by), remove_admin, self.people[whom].id, key=f"{by} removes {whom}")

    async def claim(self, name: str, code: str) -> None:
        await claim_as(self.processes[name], self.viewer(name), code, key=name)

    async def at_once(self, *acts: Awaitable[None]) -> list[str]:
        """What came of each, by the name of its error; "" for what went well."""
        async with self.together() as both_wait:
            acting = asyncio.gather(*acts, return_exceptions=True)
            await both_wait()
        return sorted(type(result).__name__ if result else "" for result in await acting)

    async def admins(self) -> int:
        return await self.processes["Ada"].db.read(SYSTEM, lambda r: r.members.count(is_admin=True))


@pytest.fixture
async def offices(migrated_url: str) -> AsyncIterator[Offices]:
    clock = FakeClock(MONDAY)
    databases = {name: SqlDatabase(migrated_url, clock) for name in NAMES}
    processes = {
        name: Deps(database, clock, FakeDirectory(), FakeMessenger()) for name, database in databases.items()
    }
    people = await databases["Ada"].write(SYSTEM, _furnish)
    yield Offices(processes, people, together_on(migrated_url, "workspace, member"))
    for database in databases.values():
        await database.close()


def _furnish(tx: Tx) -> dict[str, Member]:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", MONDAY))
    return {
        name: tx.members.insert(
            Member(workspace.id, f"U{name.upper()}", name, "Europe/Berlin", "en-US", MONDAY)
        )
        for name in NAMES
    }


async def test_two_admins_who_remove_each_other_in_two_processes_leave_one(offices: Offices) -> None:
    await offices.processes["Ada"].db.write(SYSTEM, _all_admins)

    outcomes = await offices.at_once(offices.remove("Ada", "Mira"), offices.remove("Mira", "Ada"))

    assert outcomes in (["", LastAdmin.__name__], ["", NotAllowed.__name__])
    assert await offices.admins() == 1


async def test_two_admins_who_step_back_at_once_leave_one(offices: Offices) -> None:
    await offices.processes["Ada"].db.write(SYSTEM, _all_admins)

    outcomes = await offices.at_once(offices.remove("Ada", "Ada"), offices.remove("Mira", "Mira"))

    assert outcomes == ["", LastAdmin.__name__]
    assert await offices.admins() == 1


async def test_one_code_makes_one_admin_however_many_type_it_at_once(offices: Offices) -> None:
    _, code = await open_as(offices.processes["Ada"])

    outcomes = await offices.at_once(offices.claim("Ada", code), offices.claim("Mira", code))

    assert outcomes == ["", ClaimClosed.__name__]
    assert await offices.admins() == 1


def _all_admins(tx: Tx) -> None:
    for member in tx.members.find():
        tx.members.update(replace(member, is_admin=True))
