"""Is what people look for found better than by SQLite's own ranking, and does the measure itself measure right?"""

from pathlib import Path

import pytest

from bench.relevance import OURS, Collection, fts5, interval, ndcg, read_collection, runs
from storage import search_meaning


def test_a_perfect_order_is_one_and_nothing_found_is_none() -> None:
    grades = {"a": 2, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert ndcg(["c"], grades) == 0
    assert 0 < ndcg(["b", "a"], grades) < 1
    assert ndcg(["x"] * 10 + ["a"], grades) == 0


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    gains = [[0.1, 0.2, 0.0, 0.3], [0.0, 0.1]]
    mean, low, high = interval(gains)
    assert low < mean < high
    assert mean == pytest.approx(0.1)
    assert interval(gains) == (mean, low, high)


def test_the_yardstick_counts_titles_and_repeated_words_where_it_is_told_to() -> None:
    corpus = (
        b'{"_id": "1", "title": "goal", "text": "x y"}\n{"_id": "2", "title": "x", "text": "team goal y"}'
    )
    collection = Collection("c", corpus, {"q": "the team goal team"}, {"q": {"2": 1}})
    assert fts5(collection, title_twice=False)["q"][0] == "2"
    assert set(fts5(collection, title_twice=True)["q"]) == {"1", "2"}


def test_our_own_collection_is_whole() -> None:
    collection = read_collection(OURS)
    known = {entry["_id"] for entry in collection.entries}
    assert len(collection.questions) == 60
    assert len(known) == len(collection.entries) >= 200
    assert {entry for grades in collection.judged.values() for entry in grades} <= known


async def test_pairloop_finds_better_than_sqlite_by_words_and_better_still_by_meaning(tmp_path: Path) -> None:
    found = await runs(read_collection(OURS), tmp_path)
    means = {name: sum(scores) / len(scores) for name, scores in found.items()}

    assert means["Pairloop, words alone"] > means["FTS5, any word"] + 0.02
    if search_meaning.installed():
        assert means["Pairloop"] > means["FTS5, title twice, repeated words"] + 0.04
        assert means["Pairloop"] > means["Pairloop, words alone"]
