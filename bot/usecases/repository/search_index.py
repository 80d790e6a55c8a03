"""Holding the index and what people wrote together: what was written before its kind was found, and repairs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import cast

from bot.domain.entries import Entry
from bot.domain.errors import NotFound
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.things import THINGS
from bot.domain.tokens import TOKENS_RULE
from bot.ports import Deps, Tx
from bot.usecases.entries import Written, as_known, entry_of, is_findable, make_findable

BATCH = 100
FOUND = tuple(name for name, stored in THINGS.items() if stored.found is not None)


class Mismatch(StrEnum):
    """How the index and the rows may differ."""

    MISSING = "missing"  # a thing without an entry
    STALE = "stale"  # an entry that says something else than its thing, or opens it to others
    ORPHANED = "orphaned"  # an entry of what is gone, or cannot be found any more
    UNLIKE = "unlike"  # an index that holds something else than the entries


@dataclass(frozen=True)
class Look:
    """One step of looking: where to go on, None at the end, and what was found, a line for each."""

    after: int | None
    found: tuple[Mismatch, ...]


async def complete_index(deps: Deps) -> int:
    """Make findable what was written before its kind was, or by an older rule, or without its story.

    A few at a time; what waits is found as it was until then.

    What was done stays done if it stops half way. Returns how many were looked at.
    """
    workspaces: list[Workspace] = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.find())
    return sum([await _complete(deps, Viewer(one.id), store) for one in workspaces for store in FOUND])


def of_older_rules(tx: Tx) -> int:
    """How many entries are still found by the words of an older rule."""
    return tx.entries.count() - tx.entries.count(rule=TOKENS_RULE)


async def look_at_index(deps: Deps, *, repair: bool) -> Counter[Mismatch]:
    """Hold every entry against its thing, in small steps; what differs, and with `repair` is put right."""
    found: Counter[Mismatch] = Counter()
    workspaces: list[Workspace] = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.find())
    looks: list[Callable[..., Look]] = [
        _look_at_entries,
        *(partial(_look_at_things, store=store) for store in FOUND),
    ]
    for workspace in workspaces:
        for look in looks:
            found.update(await _in_steps(deps, Viewer(workspace.id), partial(look, repair=repair)))
    if await deps.db.write(SYSTEM, partial(_index_is_unlike, repair=repair)):
        found[Mismatch.UNLIKE] += 1
    return found


async def _in_steps(deps: Deps, viewer: Viewer, look: Callable[..., Look]) -> Counter[Mismatch]:
    found: Counter[Mismatch] = Counter()
    after: int | None = 0
    while after is not None:
        step: Look = await deps.db.write(viewer, partial(look, after=after))
        found.update(step.found)
        after = step.after
    return found


async def _complete(deps: Deps, viewer: Viewer, store: str) -> int:
    after = looked = 0
    while ids := await deps.db.read(viewer, partial(_lacking, store=store, after=after)):
        await deps.db.write(viewer, partial(_make_findable, store=store, ids=ids))
        after, looked = ids[-1], looked + len(ids)
    return looked


def _lacking(tx: Tx, store: str, after: int) -> list[int]:
    return tx.search.without_entry(store, after, BATCH)


def _make_findable(tx: Tx, store: str, ids: list[int]) -> None:
    """Each is locked: whoever changes it meanwhile waits, and finds its entry there."""
    for id_ in ids:
        if (thing := _locked(tx, store, id_)) is not None:
            make_findable(tx, thing, entered=getattr(thing, "told_at", None) or thing.created_at)


def _locked(tx: Tx, store: str, id_: int) -> Written | None:
    """The thing; None where it went meanwhile."""
    try:
        return cast("Written", getattr(tx, store).get(id_, lock=True))
    except NotFound:
        return None


def _look_at_things(tx: Tx, store: str, after: int, *, repair: bool) -> Look:
    things = getattr(tx, store).find(id__since=after + 1, limit=BATCH)
    wrong = [(thing, mismatch) for thing in things if (mismatch := _mismatch(tx, store, thing))]
    for thing, _ in wrong if repair else ():
        _make_findable(tx, store, [thing.id])
    return Look(things[-1].id if things else None, tuple(mismatch for _, mismatch in wrong))


def _mismatch(tx: Tx, store: str, thing: Written) -> Mismatch | None:
    """What is wrong with the entry of a thing; entries of what cannot be found are looked at by themselves."""
    found = THINGS[store].found
    if found is None or not is_findable(thing):
        return None
    known = tx.entries.first(kind=found.kind, subject_id=getattr(thing, found.subject))
    if known is None:
        return Mismatch.MISSING
    return None if _says_the_same(known, entry_of(tx, thing, known.language)) else Mismatch.STALE


def _says_the_same(known: Entry, wanted: Entry) -> bool:
    return known == as_known(wanted, known, entered_at=known.entered_at)


def _look_at_entries(tx: Tx, after: int, *, repair: bool) -> Look:
    entries = tx.entries.find(id__since=after + 1, limit=BATCH)
    orphaned = [entry for entry in entries if not _has_a_thing(tx, entry)]
    for entry in orphaned if repair else ():
        tx.entries.delete(entry)
    return Look(entries[-1].id if entries else None, (Mismatch.ORPHANED,) * len(orphaned))


def _has_a_thing(tx: Tx, entry: Entry) -> bool:
    for store in FOUND:
        found = THINGS[store].found
        if found is not None and found.kind is entry.kind:
            thing = getattr(tx, store).first(**{found.subject: entry.subject_id})
            return thing is not None and is_findable(thing)
    return False


def _index_is_unlike(tx: Tx, *, repair: bool) -> bool:
    unlike = not tx.search.agrees()
    if unlike and repair:
        tx.search.rebuild()
    return unlike
