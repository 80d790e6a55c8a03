"""How long does a search take, and how does that grow with the repository?

One member searches a workspace on SQLite, who may see one entry in five, and another one, who may see a hundred. What
matters is the last column: how much longer than showing the newest entries, which is the least that any answer costs on
the same machine. Then what it costs to make a new thing findable, and how often somebody who sees little of much gets
what is really the best for them.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bot.clock import SystemClock
from bot.domain.cohorts import Cohort
from bot.domain.entries import Entry
from bot.domain.goals import Goal
from bot.domain.ids import PairId
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer, pair_token
from bot.domain.search import CANDIDATES, parse_query, rank
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens
from bot.ports import Deps, Tx
from bot.usecases.entries import make_findable
from bot.usecases.repository.search import EVERYTHING, find
from storage import migrations
from storage.database import SqlDatabase

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SIZES = [int(size) for size in sys.argv[1:]] or [2_000, 20_000]
VOCABULARY = 20_000
LITTLE = 100
KNOWN = "one common word"
ROUNDS = 15
# Words by their rank: the first stand nearly everywhere, the last in a handful of entries.
QUERIES = {
    "the newest": "",
    "one rare word": "w15000w",
    "one common word": "w7w",
    "two common words": "w7w w12w",
    "a question of eight words": "how does w7w help when w40w meets w900w and w3000w or w9000w",
    "a word that nobody wrote": "xylophone",
}


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Titles and bodies whose words are as uneven as those of people (Zipf's law)."""
    dice = random.Random(1)
    ranks = range(1, VOCABULARY + 1)
    weights = [1 / (rank + 2.7) for rank in ranks]
    for _ in range(count):
        drawn = [f"w{rank}w" for rank in dice.choices(ranks, weights, k=70)]
        yield " ".join(drawn[:8]), " ".join(drawn[8:])


def a_pair(tx: Tx) -> "Here":
    """Two who search, their pairs, and a pair that neither is in."""
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    me = tx.members.insert(Member(workspace, "U1", "Tom", "UTC", "en-US", NOW)).id
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 1, 1, clock(10), NOW.date(), NOW)).id
    yuki = tx.members.insert(Member(workspace, "U2", "Yuki", "UTC", "en-US", NOW)).id
    mine, few, other = (
        tx.pairs.insert(Pair(workspace, cohort, NOW, state=PairState.ACTIVE)).id for _ in range(3)
    )
    tx.memberships.insert(Membership(workspace, mine, me, Role.MENTEE, Consent.YES))
    tx.memberships.insert(Membership(workspace, few, yuki, Role.MENTEE, Consent.YES))
    return Here(Viewer(workspace, me), Viewer(workspace, yuki), mine, few, other)


class Here(NamedTuple):
    """Who searches, and whose entries there are."""

    viewer: Viewer
    sees_little: Viewer
    mine: PairId
    few: PairId
    other: PairId

    def pair_of(self, number: int, count: int) -> PairId:
        if number % (count // LITTLE) == 1:
            return self.few
        return self.mine if number % 5 == 0 else self.other


def fill(tx: Tx, here: Here, count: int) -> None:
    viewer = here.viewer
    assert viewer.workspace_id is not None
    assert viewer.member_id is not None
    for number, (title, body) in enumerate(texts(count)):
        tx.entries.insert(
            Entry(
                viewer.workspace_id,
                here.pair_of(number, count),
                viewer.member_id,
                EntryKind.GOAL,
                number + 1,
                pair_token(here.pair_of(number, count)),
                title,
                body,
                tokens(title, body, (), "en"),
                NOW - timedelta(hours=count - number),
            )
        )


async def measure(size: int, folder: Path) -> None:
    database = SqlDatabase(f"sqlite:///{folder / f'{size}.sqlite3'}", SystemClock())
    migrations.upgrade(database.engine)
    here = await database.write(SYSTEM, a_pair)
    began = time.perf_counter()
    await database.write(SYSTEM, lambda tx: fill(tx, here, size))
    filled = time.perf_counter()
    await database.write(SYSTEM, lambda tx: tx.search.refresh_statistics())
    counted = time.perf_counter()
    per_entry = (filled - began) / size * 1000
    print(
        f"\n{size} entries: {per_entry:.2f} ms to keep one, {(counted - filled) * 1000:.0f} ms to count the terms"
    )
    nobody: Any = None  # a search asks nothing of Slack
    deps = Deps(database, SystemClock(), nobody, nobody)
    await show_times(deps, here.viewer)
    print("  of a hundred:")
    await show_times(deps, here.sees_little)
    await show_share(deps, here)
    print(f"  made findable in {await saving(database, here):.2f} ms beyond the row")
    await database.close()


async def show_times(deps: Deps, viewer: Viewer) -> None:
    least = known = 0.0
    for name, text in QUERIES.items():
        times = [await timed(deps, viewer, text) for _ in range(ROUNDS)]
        middle = statistics.median(times)
        least, known = least or middle, middle if name == KNOWN else known
        print(f"  {name:28} {middle:7.1f} ms   slowest {max(times):7.1f} ms   {middle / least:5.1f} x")
    print(f"  a word that nobody wrote takes {middle / known:.1f} times as long as one that stands somewhere")


async def show_share(deps: Deps, here: Here) -> None:
    """Of twenty questions of eight words, how much of the best ten of all that they may see is found."""
    dice = random.Random(2)
    shares, empty = [], 0
    for _ in range(20):
        asked = " ".join(f"w{dice.choice((7, 40, 90, 300, 900, 3000))}w" for _ in range(8))
        found, best = await deps.db.read(here.sees_little, partial(best_ten, asked=asked))
        shares.append(len({*found} & {*best}) / max(len(best), 1))
        empty += bool(best) and not found
    print(f"  {statistics.mean(shares):.2f} of the best ten are found, {empty} questions without any of them")


def best_ten(tx: Tx, asked: str) -> tuple[list[int], list[int]]:
    query = parse_query(asked)
    every = tx.search.candidates([], EVERYTHING, CANDIDATES)
    best = rank(query, every, tx.search.statistics(query.forms), tx.now)
    return [hit.subject_id for hit in find(tx, asked, limit=10).hits], [int(one.id) for one in best[:10]]


async def saving(database: SqlDatabase, here: Here) -> float:
    """The median of what it takes longer to keep a goal that is found than one that is not."""
    assert here.viewer.workspace_id is not None
    assert here.viewer.member_id is not None
    goal = Goal(
        here.viewer.workspace_id, here.mine, here.viewer.member_id, "Listen before I answer", NOW, NOW
    )

    def keep(tx: Tx, *, findable: bool) -> None:
        kept = tx.goals.insert(goal)
        if findable:
            make_findable(tx, kept)

    times: dict[bool, list[float]] = {False: [], True: []}
    for number in range(100):
        began = time.perf_counter()
        await database.write(here.viewer, partial(keep, findable=number % 2 == 0))
        times[number % 2 == 0].append((time.perf_counter() - began) * 1000)
    return statistics.median(times[True]) - statistics.median(times[False])


async def timed(deps: Deps, viewer: Viewer, text: str) -> float:
    assert viewer.member_id is not None
    began = time.perf_counter()
    await deps.db.read(viewer, lambda tx: find(tx, text))
    return (time.perf_counter() - began) * 1000


async def main() -> None:
    print(f"{datetime.now(UTC):%Y-%m-%d}, SQLite, one searcher, {ROUNDS} rounds each, median")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            await measure(size, Path(folder))


asyncio.run(main())
