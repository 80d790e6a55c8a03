"""Whoever writes is told of an earlier story only where it is old, their own, and shares rare words."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.search import Marks, Ranked, TermStats, parse_query
from bot.domain.search_earlier import LONG_AGO, SHARE, rare_words, worth_recalling
from bot.domain.stored import EntryKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEW = Marks("ask:2", EntryKind.ASK, None, (), NOW, MemberId(1), PairId(1))
OLD = NEW._replace(story="ask:1", created_at=NOW - LONG_AGO)
QUERY = parse_query("the budget review frightens everybody in procurement")


def stats(entries: int = 100, **frequencies: int) -> TermStats:
    known = {word.text: word.forms for word in QUERY.words}
    return TermStats(entries, 10, {form: n for text, n in frequencies.items() for form in known[text]})


def texts(counted: TermStats) -> set[str]:
    return {word.text for word in rare_words(QUERY, counted)}


def test_the_two_rarest_words_count_that_stand_elsewhere_too() -> None:
    assert texts(stats(budget=2, review=3, procurement=4, frightens=1)) == {"budget", "review"}


@pytest.mark.parametrize(
    "counted",
    [stats(), stats(budget=2), stats(budget=2, review=6), stats(entries=10, budget=2, review=4)],
    ids=["nothing elsewhere", "one word", "one is common", "one is common among few"],
)
def test_less_than_two_rare_words_recall_nothing(counted: TermStats) -> None:
    assert texts(counted) == set()


def recalled(old: Marks, score: float = 10 * SHARE) -> EntryId | None:
    ranked = [Ranked(EntryId(2), 10, 6), Ranked(EntryId(1), score, 2)]
    return worth_recalling(ranked, {EntryId(2): NEW, EntryId(1): old}, EntryId(2), NOW)


def test_an_earlier_story_is_recalled_from_a_share_of_the_score_on() -> None:
    assert recalled(OLD) == 1
    assert recalled(OLD, score=10 * SHARE - 0.01) is None


def test_what_is_new_or_of_the_same_story_is_not_recalled() -> None:
    assert recalled(OLD._replace(created_at=OLD.created_at + timedelta(seconds=1))) is None
    assert recalled(OLD._replace(story=NEW.story)) is None


def test_nothing_is_recalled_where_the_new_words_are_gone() -> None:
    assert worth_recalling([Ranked(EntryId(1), 9, 2)], {EntryId(1): OLD}, EntryId(2), NOW) is None
