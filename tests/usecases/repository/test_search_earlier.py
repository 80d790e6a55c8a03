"""Who sends a question or a try is told of what they wrote of long ago, and of nobody else's words."""

from datetime import timedelta

import pytest

from bot.domain.goals import Goal
from bot.domain.members import Member
from bot.domain.sessions import Ask
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.repository.search_earlier import Recalled, recall_earlier
from tests.running import read_as
from tests.usecases.conftest import Setup

WORDS = "The procurement board postponed my budget"


async def asked(setup: Setup, text: str, who: Member, days_ago: int = 0) -> int:
    at = setup.clock.now() - timedelta(days=days_ago)

    def write(tx: Tx) -> int:
        ask = tx.asks.insert(Ask(setup.workspace.id, setup.pair.id, who.id, text, at))
        make_findable(tx, ask)
        return ask.id

    return await setup.write(write)


async def recalled(setup: Setup, ask: int) -> Recalled | None:
    return await read_as(setup.deps, setup.viewer(setup.mentee), recall_earlier, EntryKind.ASK, ask)


async def test_what_one_wrote_of_long_ago_is_recalled(setup: Setup) -> None:
    old = await asked(setup, WORDS, setup.mentee, days_ago=60)
    await asked(setup, "A colleague left early", setup.mentee, days_ago=60)

    new = await asked(setup, "Again procurement blocks the budget", setup.mentee)

    found = await recalled(setup, new)
    assert found is not None
    assert (found.kind, found.subject_id, found.title) == (EntryKind.ASK, old, WORDS)


@pytest.mark.parametrize("case", ["new", "of the partner", "one word alone", "words that stand everywhere"])
async def test_nothing_else_is_recalled(setup: Setup, case: str) -> None:
    who = setup.mentor if case == "of the partner" else setup.mentee
    text = "Procurement is slow" if case == "one word alone" else WORDS
    await asked(setup, text, who, days_ago=3 if case == "new" else 60)
    for number in range(3 if case == "words that stand everywhere" else 0):
        await asked(setup, f"Procurement budget {number}", setup.mentor, days_ago=60)

    new = await asked(setup, "Again procurement blocks the budget", setup.mentee)

    assert await recalled(setup, new) is None


async def test_what_is_no_find_any_more_recalls_nothing(setup: Setup) -> None:
    assert await recalled(setup, 404) is None


async def test_a_story_is_recalled_whatever_its_kind(setup: Setup) -> None:
    at = setup.clock.now() - timedelta(days=40)

    def write(tx: Tx) -> None:
        mine = (setup.workspace.id, setup.pair.id, setup.mentee.id)
        make_findable(tx, tx.goals.insert(Goal(*mine, "Defend my budget", at, at, "before procurement")))

    await setup.write(write)
    new = await asked(setup, "Again procurement blocks the budget", setup.mentee)

    found = await recalled(setup, new)
    assert found is not None
    assert found.kind is EntryKind.GOAL
