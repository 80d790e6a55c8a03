"""A town for each scenario: the playground and the real bot on a migrated SQLite file."""

from collections.abc import AsyncIterator

import pytest

from tests.town import Person, Town


@pytest.fixture
def town_url(migrated_sqlite_url: str) -> str:
    return migrated_sqlite_url


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
