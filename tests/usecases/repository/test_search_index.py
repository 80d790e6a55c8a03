"""What was written before its kind was found is found as well, and an index that differs is put right."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.cli.doctor import LOOK, OK
from bot.cli.doctor import look_at_index as look_at_index_of
from bot.domain.entries import Entry
from bot.domain.ids import EntryId
from bot.domain.stored import EntryKind
from bot.domain.things import THINGS
from bot.ports import Tx
from bot.usecases.repository import search_index
from bot.usecases.repository.search import find
from bot.usecases.repository.search_index import FOUND, Mismatch, complete_index, look_at_index
from tests.usecases.conftest import Setup
from tests.usecases.test_entries import all_written


async def all_entries(setup: Setup) -> list[Entry]:
    found = await setup.read(lambda tx: tx.entries.find())
    alike = [replace(one, id=EntryId(0), version=0) for one in found]
    return sorted(alike, key=lambda one: (one.kind, one.subject_id))


def forget_all(tx: Tx) -> None:
    for entry in tx.entries.find():
        tx.entries.delete(entry)


async def test_what_was_written_before_is_found_as_if_it_had_been_all_the_time(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "BATCH", 1)
    await all_written(setup)
    before = await all_entries(setup)
    await setup.write(forget_all)
    setup.clock.move(days=9)

    looked = await complete_index(setup.deps)

    assert await all_entries(setup) == before
    assert looked == len(before)
    assert await complete_index(setup.deps) == 0


async def test_entries_from_before_stories_get_theirs(setup: Setup) -> None:
    await all_written(setup)
    before = await all_entries(setup)
    await setup.write(
        lambda tx: [tx.entries.update(replace(one, story="", grade="")) for one in tx.entries.find()]
    )

    await complete_index(setup.deps)

    assert await all_entries(setup) == before


async def test_what_an_older_rule_made_is_brought_up_to_date_and_found_all_the_time(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "BATCH", 2)
    await all_written(setup)
    before = await all_entries(setup)

    def grow_old(tx: Tx) -> None:
        for entry in tx.entries.find():
            tx.entries.update(replace(entry, rule=0, tokens=entry.tokens.replace("goal", "goal oldword")))

    async def found(word: str) -> bool:
        return (await setup.read(lambda tx: find(tx, word), setup.mentee)).complete > 0

    await setup.write(grow_old)
    assert (await look_at_doctors_finding(setup)) == (LOOK, len(before))
    assert await found("oldword"), "what is old is found as it was"

    assert await complete_index(setup.deps) == len(before)

    assert await all_entries(setup) == before
    assert not await found("oldword")
    assert await found("goal")
    assert (await look_at_doctors_finding(setup))[0] == OK
    assert await complete_index(setup.deps) == 0


async def look_at_doctors_finding(setup: Setup) -> tuple[str, int]:
    finding = await look_at_index_of(setup.database)
    return finding.state, int("".join(filter(str.isdigit, finding.text)) or 0)


async def test_what_cannot_be_found_yet_is_left_out(setup: Setup) -> None:
    ids = await all_written(setup)

    def untell(tx: Tx) -> None:
        forget_all(tx)
        tx.results.update(replace(tx.results.get(ids["result"]), told_at=None))

    await setup.write(untell)
    await complete_index(setup.deps)

    assert EntryKind.RESULT not in {entry.kind for entry in await all_entries(setup)}
    assert await look_at_index(setup.deps, repair=False) == Counter()


async def test_each_way_in_which_an_index_differs_is_named_and_put_right(setup: Setup) -> None:
    ids = await all_written(setup)
    before = await all_entries(setup)

    def spoil(tx: Tx) -> None:
        kinds = {entry.kind: entry for entry in tx.entries.find()}
        tx.entries.delete(kinds[EntryKind.GOAL])
        tx.entries.update(replace(kinds[EntryKind.ASK], title="words of before", tokens="words of before"))
        tx.entries.update(replace(kinds[EntryKind.INSIGHT], access=f"w{setup.workspace.id}"))
        tx.entries.update(replace(kinds[EntryKind.SESSION], subject_id=ids["session"] + 100))

    await setup.write(spoil)
    spoilt = await all_entries(setup)
    wrong = Counter({Mismatch.MISSING: 2, Mismatch.STALE: 2, Mismatch.ORPHANED: 1})

    assert await look_at_index(setup.deps, repair=False) == wrong
    assert await all_entries(setup) == spoilt, "looking changes nothing"
    assert await look_at_index(setup.deps, repair=True) == wrong
    assert await all_entries(setup) == before
    assert await look_at_index(setup.deps, repair=True) == Counter()


def test_everything_that_is_found_is_looked_at() -> None:
    assert {THINGS[name].found.kind for name in FOUND} == set(EntryKind)  # type: ignore[union-attr]  # all are found
