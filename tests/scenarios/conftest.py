"""A town for each scenario: the playground and the real bot on a migrated SQLite file."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine import open_engine
from storage.migrations import upgrade
from tests.town import Person, Town


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "pairloop.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def town_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'pairloop.sqlite3')}"


@pytest.fixture
async def town(town_url: str) -> AsyncIterator[Town]:
    async with Town(town_url) as town:
        yield town


async def tell_a_result(town: Town, **more: object) -> tuple[Person, Person]:
    """Yuki mentors Tom, who tried something and told a result with nothing to follow; returns both."""
    yuki, tom = await town.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask one open question", "situation": "somebody brings me a decision"})
    await tom.command("/loop result")
    await tom.click("Did it")
    outcome = await tom.submit({"what_happened": "They spoke first", "next_step": "drop", **more})
    assert outcome.errors == {}
    return yuki, tom
