"""Do two forms that are sent at once wait for each other, on either engine?"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.cohorts import Cohort
from bot.domain.errors import TooManyOpen
from bot.domain.experiments import OPEN_LIMIT
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Tx
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from storage.database import SqlDatabase
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.running import write_as

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
async def deps(migrated_url: str) -> AsyncIterator[Deps]:
    clock = FakeClock(NOW)
    database = SqlDatabase(migrated_url, clock)
    yield Deps(database, clock, FakeDirectory(), FakeMessenger())
    await database.close()


def a_mentee(tx: Tx) -> Member:
    """Tom, who learns in a pair of his own: the limit is his, whoever mentors him."""
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW))
    tom = tx.members.insert(Member(workspace.id, "UTOM", "Tom", "Europe/Berlin", "de-DE", NOW))
    cohort = tx.cohorts.insert(Cohort(workspace.id, "Spring", 1, 1, time(10), date(2026, 11, 24), NOW))
    pair = tx.pairs.insert(Pair(workspace.id, cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW))
    tx.memberships.insert(Membership(workspace.id, pair.id, tom.id, Role.MENTEE, Consent.YES))
    return tom


async def test_many_forms_sent_at_once_never_open_a_third_experiment(deps: Deps) -> None:
    tom = await deps.db.write(SYSTEM, a_mentee)
    viewer = Viewer(tom.workspace_id, tom.id)
    commands = [Commit(f"try {number}", "I lead", date(2026, 11, 27)) for number in range(8)]

    made = await asyncio.gather(
        *(write_as(deps, viewer, commit_to_experiment, one, key=one.behaviour) for one in commands),
        return_exceptions=True,
    )

    refused = [one for one in made if isinstance(one, TooManyOpen)]
    assert len(made) - len(refused) == OPEN_LIMIT
    assert all(isinstance(one, (int, TooManyOpen)) for one in made)
    assert await deps.db.read(SYSTEM, lambda r: r.experiments.count()) == OPEN_LIMIT


async def test_the_same_form_delivered_twice_at_once_is_one_experiment(deps: Deps) -> None:
    tom = await deps.db.write(SYSTEM, a_mentee)
    command = Commit("try", "I lead", date(2026, 11, 27))

    ids = await asyncio.gather(
        *(
            write_as(deps, Viewer(tom.workspace_id, tom.id), commit_to_experiment, command, key="view:1")
            for _ in range(4)
        )
    )

    assert len(set(ids)) == 1
    assert await deps.db.read(SYSTEM, lambda r: r.experiments.count()) == 1
