"""How long does a search take, how does that grow with the repository, and is the best really found?

    python -m bench.search [ENTRIES …]

On both engines one member searches who may see a tenth of everything, and another one who may see a hundred. A search
is held against the least that it can cost on the same machine: finding and reading its candidates.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.entries import NOW, WORDS, Here, fill, word
from bench.kills import a_postgresql
from bench.results import Measured, record
from bot.cli.interpreter import collect_rarely
from bot.clock import SystemClock
from bot.domain.goals import Goal
from bot.domain.ids import EntryId
from bot.domain.privacy import Viewer
from bot.domain.search import CANDIDATES, candidate_plan, parse_query, rank
from bot.domain.search_fusion import NEIGHBOURS, compares_meaning, fuse
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.repository.search import EVERYTHING, find, find_entries
from storage import migrations
from storage.database import SqlDatabase

T = TypeVar("T")
SIZES = [int(size) for size in sys.argv[1:]] or [20_000, 100_000]
EACH = 60  # questions of a kind, so that 95 of 100 are not simply the slowest
SAVES = 100
PLUS_MS, LIMIT_MS, TIMES = 10, 50, 1.5
COMMON, MID, RARE = range(10, 60), range(300, 3_000), range(5_000, 40_000)
KINDS: Mapping[str, Sequence[range]] = {
    "1 rare": [RARE],
    "1 mid": [MID],
    "1 common": [COMMON],
    "2 mid": [MID, MID],
    "mid, common": [MID, COMMON],
    "2 common": [COMMON, COMMON],
    "2 common, mid": [COMMON, COMMON, MID],
    "3 common": [COMMON, COMMON, COMMON],
    "a question of 8": [COMMON, COMMON, COMMON, MID, MID, MID, RARE, RARE],
}
KNOWN, UNKNOWN = "1 mid", "1 unknown"
QUESTION = "a question of 8"


def questions(kind: str) -> list[str]:
    """Always the same ones; nobody ever wrote a word with a "q"."""
    dice = random.Random(kind)
    if kind == UNKNOWN:
        return [f"q{word(dice.randrange(WORDS))}" for _ in range(EACH)]
    return [" ".join(word(dice.choice(ranks)) for ranks in KINDS[kind]) for _ in range(EACH)]


async def timed(database: SqlDatabase, viewer: Viewer, work: Callable[[Tx], T]) -> tuple[float, T]:
    """How many ms it took, and what came of it."""
    began = time.perf_counter()
    found = await database.read(viewer, work)
    return (time.perf_counter() - began) * 1000, found


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def read_candidates(tx: Tx, text: str) -> int:
    """The least: what could answer, found and read, and nothing done with it."""
    query = parse_query(text)
    rows = tx.search.candidates(query.words, EVERYTHING, CANDIDATES + 1)
    plan = candidate_plan(query, tx.search.statistics(query.forms))
    if len(rows) < plan.enough and plan.any_of:
        rows += tx.search.candidates_any(plan.any_of, EVERYTHING, CANDIDATES + 1)
    return len(rows)


async def show_times(name: str, database: SqlDatabase, here: Here) -> None:
    medians, worst, least = dict[str, float](), 0.0, 0.0
    for kind in (*KINDS, UNKNOWN):
        bare, whole = [], []
        for text in questions(kind):
            bare.append((await timed(database, here.viewer, partial(read_candidates, text=text)))[0])
            whole.append((await timed(database, here.viewer, partial(find, text=text)))[0])
        medians[kind] = statistics.median(whole)
        worst, least = max(worst, p95(whole)), max(least, p95(whole) - PLUS_MS - TIMES * p95(bare))
        print(
            f"  {kind:16} {medians[kind]:6.1f} ms, p95 {p95(whole):6.1f} ms"
            f"   candidates alone {statistics.median(bare):6.1f} ms, p95 {p95(bare):6.1f} ms"
        )
    record(
        Measured(f"search, {name}: p95 of the worst kind", round(worst), "ms", LIMIT_MS),
        Measured(f"search, {name}: beyond {TIMES} x candidates + {PLUS_MS} ms", round(least), "ms", 0),
        Measured(f"search, {name}: unknown word", round(medians[UNKNOWN] / medians[KNOWN], 1), "x known", 5),
    )


def best_of_all(tx: Tx, text: str) -> list[EntryId]:
    """The best ten of everything that the viewer may see, which must be few."""
    query = parse_query(text)
    every = tx.search.candidates([], EVERYTHING, CANDIDATES)
    ranked = rank(query, every, tx.search.statistics(query.forms), tx.now)
    if compares_meaning(query) and ranked:
        ranked = fuse(ranked, tx.search.nearest(text, EVERYTHING, NEIGHBOURS, []), query)
    return [found.id for found in ranked[:10]]


def best_found(tx: Tx, text: str) -> list[EntryId]:
    return [entry.id for entry in find_entries(tx, text, limit=10)[1]]


async def show_share(name: str, database: SqlDatabase, here: Here) -> None:
    """Of whoever sees little of much: how much of what is best for them is missed."""
    missed, empty = [], 0
    for text in questions(QUESTION):
        _, best = await timed(database, here.sees_little, partial(best_of_all, text=text))
        _, found = await timed(database, here.sees_little, partial(best_found, text=text))
        missed.append(1 - len({*found} & {*best}) / max(len(best), 1))
        empty += bool(best) and not found
    record(
        Measured(
            f"search, {name}: missed of a hundred's ten", round(statistics.mean(missed), 2), "share", 0.1
        ),
        Measured(f"search, {name}: a hundred's questions empty", empty, "questions", 0),
    )


async def show_saving(name: str, database: SqlDatabase, here: Here) -> None:
    """What it takes longer to keep a goal that is found than one that is not."""
    goal = Goal(here.workspace, here.pairs[0], here.me, "Listen before I answer", NOW, NOW)

    def keep(tx: Tx, *, findable: bool) -> None:
        kept = tx.goals.insert(goal)
        if findable:
            make_findable(tx, kept)

    times: dict[bool, list[float]] = {False: [], True: []}
    for number in range(SAVES):
        findable, began = number % 2 == 0, time.perf_counter()
        await database.write(here.viewer, partial(keep, findable=findable))
        times[findable].append((time.perf_counter() - began) * 1000)
    beyond = statistics.median(times[True]) - statistics.median(times[False])
    record(Measured(f"search, {name}: made findable, beyond the row", round(beyond, 1), "ms", 2))


async def answers(database: SqlDatabase, here: Here) -> list[list[EntryId]]:
    """The best ten for questions of all kinds, for both who search."""
    asked = [text for kind in KINDS for text in questions(kind)]
    viewers = (here.viewer, here.sees_little)
    return [
        (await timed(database, viewer, partial(best_found, text=t)))[1] for t in asked for viewer in viewers
    ]


async def measure(name: str, url: str, size: int) -> list[list[EntryId]]:
    name = f"{size:,} on {name}"
    database = SqlDatabase(url, SystemClock())
    migrations.upgrade(database.engine)
    began = time.perf_counter()
    here = await fill(database, size)
    print(f"\n{name}: filled in {time.perf_counter() - began:.0f} s")
    found = await answers(database, here)  # and everything is warm
    await show_times(name, database, here)
    await show_share(name, database, here)
    await show_saving(name, database, here)
    await database.close()
    return found


async def main() -> None:
    collect_rarely()  # as in the bot
    for size in SIZES:
        with ExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            one = await measure("SQLite", f"sqlite:///{folder / 'search.sqlite3'}", size)
            other = await measure("PostgreSQL", opened.enter_context(a_postgresql(folder)), size)
        unlike = sum(a != b for a, b in zip(one, other, strict=True)) / len(one)
        record(Measured(f"search, {size:,}: another ten on PostgreSQL", round(unlike, 3), "share", 0.01))


if __name__ == "__main__":
    asyncio.run(main())
