"""How long does a search take, and how does that grow with the repository?

One member searches a workspace on SQLite; they may see one entry in five. What matters is the last column: how much
longer than showing the newest entries, which is the least that any answer costs on the same machine.
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
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.domain.cohorts import Cohort
from bot.domain.entries import Entry
from bot.domain.ids import PairId
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer, pair_token
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens
from bot.ports import Deps, Tx
from bot.usecases.repository.search import find
from storage import migrations
from storage.database import SqlDatabase

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SIZES = [int(size) for size in sys.argv[1:]] or [2_000, 20_000]
VOCABULARY = 20_000
ROUNDS = 15
# Words by their rank: the first stand nearly everywhere, the last in a handful of entries.
QUERIES = {
    "the newest": "",
    "one rare word": "word15000",
    "one common word": "word7",
    "two common words": "word7 word12",
    "a question of eight words": "how does word7 help when word40 meets word900 and word3000 or word9000",
    "a word that nobody wrote": "xylophone",
}


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Titles and bodies whose words are as uneven as those of people (Zipf's law)."""
    dice = random.Random(1)
    ranks = range(1, VOCABULARY + 1)
    weights = [1 / (rank + 2.7) for rank in ranks]
    for _ in range(count):
        drawn = [f"word{rank}" for rank in dice.choices(ranks, weights, k=70)]
        yield " ".join(drawn[:8]), " ".join(drawn[8:])


def a_pair(tx: Tx) -> tuple[Viewer, PairId, PairId]:
    """The searcher, their pair, and a pair that they are not in."""
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    me = tx.members.insert(Member(workspace, "U1", "Tom", "UTC", "en-US", NOW)).id
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 1, 1, clock(10), NOW.date(), NOW)).id
    mine, other = (tx.pairs.insert(Pair(workspace, cohort, NOW, state=PairState.ACTIVE)).id for _ in range(2))
    tx.memberships.insert(Membership(workspace, mine, me, Role.MENTEE, Consent.YES))
    return Viewer(workspace, me), mine, other


def fill(tx: Tx, here: tuple[Viewer, PairId, PairId], count: int) -> None:
    viewer, mine, other = here
    assert viewer.workspace_id is not None
    assert viewer.member_id is not None
    for number, (title, body) in enumerate(texts(count)):
        tx.entries.insert(
            Entry(
                viewer.workspace_id,
                mine,
                viewer.member_id,
                EntryKind.GOAL,
                number + 1,
                pair_token(mine if number % 5 == 0 else other),
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
    least = 0.0
    for name, text in QUERIES.items():
        times = [await timed(deps, here[0], text) for _ in range(ROUNDS)]
        middle = statistics.median(times)
        least = least or middle
        print(f"  {name:28} {middle:7.1f} ms   slowest {max(times):7.1f} ms   {middle / least:5.1f} x")
    await database.close()


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
