"""What is taken away while somebody searches: in real transactions, between looking it up and reading it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.ids import InsightId
from bot.domain.insights import Visibility
from bot.domain.privacy import Viewer
from bot.ports import Tx
from bot.usecases.repository.insights_sharing import change_visibility
from bot.usecases.repository.previews import Sight, sight_of
from bot.usecases.repository.search import Found, find, find_entries
from tests.usecases.conftest import Setup
from tests.usecases.repository.test_insights_sharing import shared

Happens = Callable[[], object]


class Meanwhile:
    """The same, but that something happens once, right after this method has answered."""

    def __init__(self, real: object, method: str, happens: Happens) -> None:
        self._real, self._method, self._happens = real, method, [happens]

    def __getattr__(self, name: str) -> Any:
        answers = getattr(self._real, name)
        return self._first(answers) if name == self._method else answers

    def _first(self, answers: Callable[..., object]) -> Callable[..., object]:
        def answered(*asked: object, **named: object) -> object:
            found = answers(*asked, **named)
            while self._happens:
                self._happens.pop()()
            return found

        return answered


@pytest.mark.parametrize(
    "search",
    [
        pytest.param(lambda tx: find(tx, "olddoing"), id="in Slack"),
        pytest.param(lambda tx: find_entries(tx, "olddoing", limit=10)[0], id="search --json"),
        pytest.param(lambda tx: find(tx, ""), id="the newest"),
    ],
)
async def test_what_is_narrowed_while_somebody_searches_is_found_as_of_one_moment_and_then_by_nobody(
    setup: Setup, search: Callable[[Tx], Found]
) -> None:
    """Neither half of it nor what it is counted by: whoever asked before reads what stood then."""
    insight = await shared(setup)
    before = await setup.read(search, setup.admin)
    assert before.total == len(before.hits) == 1

    def meanwhile(tx: Tx) -> Found:
        index: Any = Meanwhile(tx.search, "candidates", lambda: narrow(setup, insight))
        return search(replace(tx, search=index))

    assert await setup.read(meanwhile, setup.admin) == before

    gone = await setup.read(search, setup.admin)
    assert (gone.total, gone.hits, gone.counts) == (0, (), type(gone.counts)())


async def test_a_preview_is_of_one_moment_too(setup: Setup) -> None:
    insight = await shared(setup)

    def meanwhile(tx: Tx) -> Sight:
        entries: Any = Meanwhile(tx.entries, "find", lambda: narrow(setup, insight))
        return sight_of(replace(tx, entries=entries), setup.mentee.id)

    seen = await setup.read(meanwhile, setup.admin)
    assert (len(seen.newest), seen.found, dict(seen.seen)) == (1, 1, {"shared_insights": 1})

    after = await setup.read(lambda tx: sight_of(tx, setup.mentee.id), setup.admin)
    assert (after.newest, after.found, dict(after.seen)) == ((), 0, {})


def narrow(setup: Setup, insight: InsightId) -> None:
    """In a transaction of its own, which is over when this returns."""
    me = Viewer(setup.workspace.id, setup.mentor.id)
    setup.database._write(me, lambda tx: change_visibility(tx, insight, Visibility.PAIR, 1), None)
