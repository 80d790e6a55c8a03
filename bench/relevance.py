"""How good is what is found? nDCG@10 on judged collections, against SQLite's own ranking, with 95 % intervals.

    python -m bench.relevance [FOLDER …]

A folder holds a collection in the format of BEIR: corpus.jsonl (an object on each line: _id, title, text),
queries.jsonl (_id, text) and qrels.tsv (query-id, corpus-id, score below a header). Without a folder it is
tests/data/search.
The entries are imported as `pairloop import insights --cut` does, and searched as `pairloop search` does.
"""

import asyncio
import csv
import json
import math
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock
from functools import partial
from pathlib import Path
from typing import Any

from bot.cli.insights_file import parse_insights
from bot.clock import SystemClock
from bot.domain.cohorts import Cohort
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.tokens import folded_pieces
from bot.domain.tokens_stops import stopped_somewhere
from bot.ports import Tx
from bot.usecases.repository.insights_import import Sorter, begin_import, keep_rows
from bot.usecases.repository.search_records import find_records
from storage import migrations, search_meaning
from storage.database import SqlDatabase

OURS = Path(__file__).parent.parent / "tests" / "data" / "search"
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DEPTH = 10
DRAWS = 2_000
STEP = 200

# Of a question, by its id: the ids of what is found, best first.
Run = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Collection:
    """A judged collection: `judged` has by question the grade of each entry that is of use."""

    name: str
    corpus: bytes
    questions: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]

    @property
    def entries(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.corpus.decode().splitlines() if line.strip()]


def read_collection(folder: Path) -> Collection:
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    questions = {found["_id"]: found["text"] for found in map(json.loads, filter(None, lines))}
    judged: dict[str, dict[str, int]] = {}
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
        for question, entry, grade in list(csv.reader(file, delimiter="\t"))[1:]:
            if int(grade) > 0:
                judged.setdefault(question, {})[entry] = int(grade)
    asked = {id_: text for id_, text in questions.items() if id_ in judged}
    return Collection(folder.name, (folder / "corpus.jsonl").read_bytes(), asked, judged)


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The gain of the first ten, each divided by the logarithm of its place, as a share of the best possible one."""
    gained = sum(grades.get(entry, 0) / math.log2(place + 2) for place, entry in enumerate(found[:DEPTH]))
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    return gained / sum(grade / math.log2(place + 2) for place, grade in enumerate(best))


def scores(collection: Collection, run: Run) -> list[float]:
    """One score for each question, in their order."""
    return [ndcg(run[id_], collection.judged[id_]) for id_ in collection.questions]


def interval(gains: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """The mean gain over collections, and where 95 of 100 lie if questions are drawn anew from each of them."""
    dice = random.Random(1)
    means = sorted(_mean([_mean(dice.choices(each, k=len(each))) for each in gains]) for _ in range(DRAWS))
    return _mean([_mean(each) for each in gains]), means[DRAWS // 40], means[-DRAWS // 40]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def fts5(collection: Collection, *, title_twice: bool) -> Run:
    """SQLite's BM25 over any of the words, stop words left out; or with the title twice and repeated words kept."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, words, tokenize = 'porter unicode61')"
    )
    rows = [(e["_id"], [e.get("title", ""), e.get("text", "")]) for e in collection.entries]
    texts = [(id_, " ".join(words[:1] + words if title_twice else words)) for id_, words in rows]
    database.executemany("INSERT INTO entry VALUES (?, ?)", texts)
    found = {}
    for id_, question in collection.questions.items():
        words = [word for word, _ in folded_pieces(question) if not stopped_somewhere(word)]
        asked = " OR ".join(f'"{word}"' for word in (words if title_twice else dict.fromkeys(words)))
        query = "SELECT id FROM entry WHERE entry MATCH ? ORDER BY rank, rowid LIMIT ?"
        found[id_] = [row[0] for row in database.execute(query, (asked, DEPTH))] if asked else []
    database.close()
    return found


async def fill(database: SqlDatabase, collection: Collection) -> Viewer:
    """One pair, with everything in it."""
    viewer = await database.write(SYSTEM, _a_pair)
    rows = parse_insights(collection.corpus, Path(collection.name), cut=True)
    assert not rows.wrong, rows.wrong[:3]
    assert viewer.member_id is not None
    member_id = viewer.member_id
    owner = await database.read(SYSTEM, lambda tx: tx.members.get(member_id))
    begun = await database.write(SYSTEM, lambda tx: begin_import(tx, owner, collection.name))
    fit = (await database.read(SYSTEM, lambda tx: Sorter(tx, owner, ()).sort(rows.rows))).fit
    for start in range(0, len(fit), STEP):
        step = fit[start : start + STEP]
        await database.write(Viewer(viewer.workspace_id), _keeping(begun.id, step))
    await database.write(Viewer(viewer.workspace_id), lambda tx: tx.search.refresh_statistics())
    return viewer


def _keeping(import_id: Any, step: Any) -> Callable[[Tx], int]:
    return lambda tx: keep_rows(tx, import_id, step, 0)


def _a_pair(tx: Tx) -> Viewer:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    me = tx.members.insert(Member(workspace, "U1", "Tom", "UTC", "en-US", NOW)).id
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 1, 1, clock(10), NOW.date(), NOW)).id
    pair = tx.pairs.insert(Pair(workspace, cohort, NOW, state=PairState.ACTIVE)).id
    tx.memberships.insert(Membership(workspace, pair, me, Role.MENTEE, Consent.YES))
    return Viewer(workspace, me)


async def pairloop(database: SqlDatabase, viewer: Viewer, collection: Collection) -> Run:
    """What Pairloop finds."""
    found = {}
    for id_, question in collection.questions.items():
        records = await database.read(viewer, partial(find_records, text=question, limit=DEPTH))
        found[id_] = [record.key for record in records.records]
    return found


async def runs(collection: Collection, folder: Path) -> dict[str, list[float]]:
    """The scores of every way to search, by its name."""
    database = SqlDatabase(f"sqlite:///{folder / collection.name}.sqlite3", SystemClock())
    migrations.upgrade(database.engine)
    viewer = await fill(database, collection)
    found = {
        "FTS5, any word": fts5(collection, title_twice=False),
        "FTS5, title twice, repeated words": fts5(collection, title_twice=True),
        "Pairloop": await pairloop(database, viewer, collection),
    }
    model, search_meaning.model = search_meaning.model, lambda: None
    try:
        found["Pairloop, words alone"] = await pairloop(database, viewer, collection)
    finally:
        search_meaning.model = model
    await database.close()
    return {name: scores(collection, run) for name, run in found.items()}


async def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]] or [OURS]
    measured: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for each in folders:
            measured[each.name] = await runs(read_collection(each), Path(folder))
            print(
                each.name,
                *(f"{name}: {_mean(found):.3f}" for name, found in measured[each.name].items()),
                sep="\n  ",
            )
    print(f"\nover the mean of {len(measured)} collection(s), nDCG@{DEPTH}:")
    show_gain(measured, "Pairloop, words alone", "FTS5, any word")
    if search_meaning.installed():
        show_gain(measured, "Pairloop", "FTS5, title twice, repeated words")


def show_gain(measured: Mapping[str, Mapping[str, list[float]]], ours: str, theirs: str) -> None:
    gains = [[a - b for a, b in zip(each[ours], each[theirs], strict=True)] for each in measured.values()]
    mean, low, high = interval(gains)
    print(f"  {ours} against {theirs}: {mean:+.3f} [{low:+.3f}, {high:+.3f}]")


if __name__ == "__main__":
    asyncio.run(main())
