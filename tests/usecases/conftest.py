"""What use cases are tested with: the real database on both engines, and a pair that has just begun."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import pytest

from bot.domain.cohorts import Cohort
from bot.domain.ids import MemberId
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Tx
from bot.usecases.messages import MESSAGES
from bot.usecases.outgoing import Message
from storage.database import SqlDatabase
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger

T = TypeVar("T")

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@dataclass
class Setup:
    """Tom learns from Mira in the cohort Spring, with a check-in every Tuesday at 10:00; Ada is the admin."""

    deps: Deps
    database: SqlDatabase
    clock: FakeClock
    directory: FakeDirectory
    messenger: FakeMessenger
    workspace: Workspace
    cohort: Cohort
    pair: Pair
    mentor: Member
    mentee: Member
    admin: Member

    def viewer(self, member: Member) -> Viewer:
        return Viewer(self.workspace.id, member.id)

    async def read(self, work: Callable[[Tx], T], member: Member | None = None) -> T:
        """Look into the database, as Pairloop itself or as a member sees it."""
        return await self.deps.db.read(self.viewer(member) if member else SYSTEM, work)

    async def write(self, work: Callable[[Tx], T], member: Member | None = None) -> T:
        """Change the database, as Pairloop itself or as a member."""
        return await self.deps.db.write(self.viewer(member) if member else Viewer(self.workspace.id), work)

    async def told(self, member: Member) -> list[Message[Any]]:
        """The kinds of messages planned for this member so far, updates left out, the oldest first."""
        rows = await self.read(lambda r: r.outgoing.find(member_id=member.id, updates=""))
        return [MESSAGES[row.kind] for row in rows]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MONDAY)


@pytest.fixture
async def database(migrated_url: str, clock: FakeClock) -> AsyncIterator[SqlDatabase]:
    database = SqlDatabase(migrated_url, clock)
    yield database
    await database.close()


@pytest.fixture
async def setup(database: SqlDatabase, clock: FakeClock) -> Setup:
    directory, messenger = FakeDirectory(), FakeMessenger()
    deps = Deps(database, clock, directory, messenger)
    made = await database.write(SYSTEM, lambda r: _pair(r, clock.now()))
    return Setup(deps, database, clock, directory, messenger, **made)


def _pair(tx: Tx, now: datetime) -> dict[str, Any]:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", now))

    def member(user_id: str, name: str, tz: str, **more: Any) -> Member:
        return tx.members.insert(Member(workspace.id, user_id, name, tz, "en-US", now, **more))

    admin = member("UADA", "Ada", "Europe/London", is_admin=True)
    mentor, mentee = member("UMIRA", "Mira", "Europe/Berlin"), member("UTOM", "Tom", "America/New_York")
    cohort = tx.cohorts.insert(
        Cohort(workspace.id, "Spring", 1, 1, time(10), date(2026, 11, 24), now, lead_id=MemberId(admin.id))
    )
    pair = tx.pairs.insert(Pair(workspace.id, cohort.id, now, admin.id, PairState.ACTIVE, active_since=now))
    for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        tx.memberships.insert(Membership(workspace.id, pair.id, person.id, role, Consent.YES))
    return {
        "workspace": workspace, "cohort": cohort, "pair": pair,
        "mentor": mentor, "mentee": mentee, "admin": admin,
    }  # fmt: skip
