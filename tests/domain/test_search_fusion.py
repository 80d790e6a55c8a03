"""Words and meaning together: neither alone decides, and what is found by meaning alone has to be near."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.search import Candidate, Marks, Near, Ranked, parse_query
from bot.domain.search_fusion import asks_a_question, compares_meaning, fuse, nearest_alone
from bot.domain.stored import EntryKind

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MARKS = Marks("goal:1", EntryKind.GOAL, None, (), NOW, MemberId(1), PairId(1))
QUESTION = parse_query("my boss interrupts every meeting")


def near(**nearness: float) -> list[Near]:
    found = [Near(Candidate(EntryId(int(name[1:])), "", MARKS), value) for name, value in nearness.items()]
    return sorted(found, key=lambda one: -one.nearness)


def ranked(*scores: float) -> list[Ranked]:
    return [Ranked(EntryId(number), score, 1) for number, score in enumerate(scores, 1)]


def test_of_what_holds_the_words_alike_the_nearer_comes_first() -> None:
    assert [found.id for found in fuse(ranked(5, 4.9), near(e2=0.8, e1=0.1), QUESTION)] == [2, 1]


def test_nearness_does_not_outweigh_words_that_fit_much_better() -> None:
    assert [found.id for found in fuse(ranked(5, 1), near(e2=0.8, e1=0.3), QUESTION)] == [1, 2]


def test_a_question_is_answered_by_what_is_near_and_holds_none_of_its_words() -> None:
    found = fuse(ranked(5, 1), near(e9=0.8, e1=0.3), QUESTION)
    assert [(one.id, one.matched) for one in found] == [(1, 1), (9, 0), (2, 1)]


def test_who_types_a_word_or_two_looks_for_just_these() -> None:
    assert [one.id for one in fuse(ranked(5), near(e9=0.8), parse_query("quiet meetings"))] == [1]


def test_what_is_hardly_near_is_no_answer() -> None:
    assert [one.id for one in fuse(ranked(5), near(e9=0.14), QUESTION)] == [1]
    assert nearest_alone(near(e9=0.14)) == []


@pytest.mark.parametrize(
    ("text", "compares", "asks"),
    [("", False, False), ("feedback", False, False), ("feedback gift", True, False), ("help give take", True, False),
     ("boss interrupts meeting", True, True)],
)  # fmt: skip
def test_the_more_is_typed_the_more_meaning_counts(text: str, *, compares: bool, asks: bool) -> None:
    query = parse_query(text)
    assert (compares_meaning(query), asks_a_question(query)) == (compares, asks)


@given(
    st.lists(st.floats(0.1, 50), max_size=8),
    st.dictionaries(st.integers(1, 12), st.floats(-1, 1), max_size=12),
)
def test_everything_that_holds_a_word_stays_and_nothing_comes_twice(
    scores: list[float], nearness: dict[int, float]
) -> None:
    lexical = ranked(*sorted(scores, reverse=True))
    ids = [found.id for found in fuse(lexical, near(**{f"e{k}": v for k, v in nearness.items()}), QUESTION)]
    assert len(ids) == len(set(ids))
    assert {found.id for found in lexical} <= set(ids)
