"""Old rows are indexed anew while people go on writing, on both engines: the newest words are what is found.

On PostgreSQL the moment is the same for certain, see `tests.storage.waiting`.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.ids import GoalId
from bot.domain.privacy import SYSTEM
from bot.domain.stored import EntryKind
from bot.ports import Deps, Tx
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.repository.search_index import complete_index, look_at_index
from storage.database import SqlDatabase
from tests.commands import showing
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.running import write_as
from tests.storage.waiting import together_on
from tests.two_workspaces import NOW, TwoWorkspaces, two_workspaces


@pytest.fixture
async def processes(migrated_url: str) -> AsyncIterator[tuple[Deps, Deps, TwoWorkspaces]]:
    clock = FakeClock(NOW)
    databases = [SqlDatabase(migrated_url, clock) for _ in range(2)]
    one, other = (Deps(each, clock, FakeDirectory(), FakeMessenger()) for each in databases)
    yield one, other, await two_workspaces(databases[0])
    for database in databases:
        await database.close()


def grow_old(tx: Tx) -> None:
    for entry in tx.entries.find():
        tx.entries.update(replace(entry, rule=0))


@pytest.mark.parametrize("job_first", [True, False])
async def test_the_newest_words_are_found_whoever_comes_first(
    processes: tuple[Deps, Deps, TwoWorkspaces], migrated_url: str, *, job_first: bool
) -> None:
    bot, job, workspaces = processes
    tom = workspaces.viewer("Tom")
    goal = await write_as(bot, tom, set_goal, SetGoal({"text": "words of before"}), key="set")
    await bot.db.write(SYSTEM, grow_old)
    change = showing(SetGoal({}), text="newest words", goal_id=GoalId(goal))

    async with together_on(migrated_url, "goal")() as both_wait:
        writing = write_as(bot, tom, set_goal, change, key="change")
        acts = (complete_index(job), writing) if job_first else (writing, complete_index(job))
        acting = asyncio.gather(*acts)
        await both_wait()
    await acting

    (entry,) = await bot.db.read(SYSTEM, lambda tx: tx.entries.find(kind=EntryKind.GOAL, subject_id=goal))
    assert entry.title == "newest words"
    assert "before" not in entry.tokens
    assert not await look_at_index(bot, repair=False)
