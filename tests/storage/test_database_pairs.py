"""People who press at the same moment, on both engines: one pair, one welcome, one cohort of a name."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from bot.domain.cohorts import Cohort
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Policy, Tx
from bot.usecases.programme.cohorts import SetUpCohort, set_up_cohort
from bot.usecases.programme.pairs_asking import AskPair, ask_pair
from bot.usecases.programme.pairs_consent import WELCOME, answer_consent
from storage.database import SqlDatabase
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.running import write_as

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NAMES = ("Ada", "Mira", "Tom", "Yuki", "Priya")


@dataclass
class Office:
    """A workspace with five people, of whom Ada is the admin, and a cohort."""

    deps: Deps
    cohort: Cohort
    people: dict[str, Member]

    def viewer(self, name: str) -> Viewer:
        return Viewer(self.cohort.workspace_id, self.people[name].id)

    async def ask(self, by: str, mentor: str, mentee: str, *, named: bool = True) -> int:
        cohort = self.cohort.id if named else None
        command = AskPair(self.people[mentor].id, self.people[mentee].id, cohort, "Open pairs")
        key = f"{by}:{mentor}:{mentee}"
        return await write_as(self.deps, self.viewer(by), ask_pair, command, key=key)

    async def say_yes(self, name: str, pair: int) -> str:
        viewer = self.viewer(name)
        return await write_as(self.deps, viewer, answer_consent, pair, Consent.YES, key=f"yes:{name}")

    async def start(self, name: str, key: str) -> int:
        command = SetUpCohort(name, "UADA", 1, 1, time(10), "classic")
        return await write_as(self.deps, self.viewer("Ada"), set_up_cohort, command, key=key)


@pytest.fixture
async def office(migrated_url: str) -> AsyncIterator[Office]:
    clock = FakeClock(MONDAY)
    database = SqlDatabase(migrated_url, clock, Policy(open_pairing=True))
    deps = Deps(database, clock, FakeDirectory(), FakeMessenger())
    cohort, people = await database.write(SYSTEM, _furnish)
    yield Office(deps, cohort, people)
    await database.close()


def _furnish(tx: Tx) -> tuple[Cohort, dict[str, Member]]:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", MONDAY))
    cohort = tx.cohorts.insert(Cohort(workspace.id, "Spring", 1, 1, time(10), date(2026, 11, 24), MONDAY))
    people = {
        name: tx.members.insert(
            Member(
                workspace.id,
                f"U{name.upper()}",
                name,
                "Europe/Berlin",
                "en-US",
                MONDAY,
                is_admin=name == "Ada",
            )
        )
        for name in NAMES
    }
    return cohort, people


def outcomes(results: Iterable[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


async def test_two_who_ask_the_same_two_make_one_pair(office: Office) -> None:
    asking = (office.ask("Ada", "Mira", "Tom"), office.ask("Ada", "Tom", "Mira"))
    results = await asyncio.gather(*asking, return_exceptions=True)

    assert outcomes(results) == ["PairExists", "int"]


async def test_two_who_say_yes_begin_together_once(office: Office) -> None:
    pair = await office.ask("Ada", "Mira", "Tom")
    answers = await asyncio.gather(office.say_yes("Mira", pair), office.say_yes("Tom", pair))

    assert sorted(answers) == ["active", "asked"]
    assert await office.deps.db.read(SYSTEM, lambda r: r.outgoing.count(kind=WELCOME.name)) == 2
    assert await office.deps.db.read(SYSTEM, lambda r: r.nudges.count(pair_id=pair)) == 1


async def test_two_first_open_pairs_share_one_cohort(office: Office) -> None:
    await asyncio.gather(
        office.ask("Mira", "Mira", "Tom", named=False), office.ask("Yuki", "Yuki", "Priya", named=False)
    )

    assert await office.deps.db.read(SYSTEM, lambda r: r.cohorts.count(open=True)) == 1


async def test_two_cohorts_of_one_name_cannot_be_started_at_once(office: Office) -> None:
    starting = (office.start("Autumn", "one"), office.start("autumn", "two"))
    results = await asyncio.gather(*starting, return_exceptions=True)

    assert outcomes(results) == ["NameTaken", "int"]
