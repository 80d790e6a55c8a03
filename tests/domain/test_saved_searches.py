"""What is new for a saved search: of others, with enough of its words; and where its owner reads it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.saved_searches import (
    NothingToLookFor,
    Place,
    place_of,
    require_telling,
    telling_ones,
    words_needed,
)
from bot.domain.search import Candidate, Marks, parse_query
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ME, YUKI = MemberId(1), MemberId(2)


def written(id_: int, text: str, by: MemberId = YUKI) -> Candidate:
    marks = Marks(f"insight:{id_}", EntryKind.INSIGHT, None, (), NOW, by, PairId(1))
    return Candidate(EntryId(id_), tokens(text, "", (), "en"), marks)


def told(words: str, *candidates: Candidate) -> list[int]:
    return [*telling_ones(parse_query(words), candidates, ME, NOW)]


def test_what_one_wrote_oneself_is_not_new() -> None:
    assert told("delegation", written(1, "delegation works"), written(2, "delegation", by=ME)) == [1]


def test_of_a_few_words_all_have_to_stand_there() -> None:
    whole, half = written(1, "delegating in meetings"), written(2, "meetings in spring")

    assert told("delegating meetings", whole, half) == [1]


def test_of_many_words_most_are_enough() -> None:
    most = written(1, "delegation budget review")
    few = written(2, "delegation budget")

    assert told("delegation budget review procurement onboarding", most, few) == [1]


def test_quotes_and_a_minus_mean_what_they_mean_in_any_search() -> None:
    assert told('"ask first"', written(1, "ask first"), written(2, "first ask later")) == [1]
    assert told("feedback -meeting", written(1, "feedback"), written(2, "feedback in a meeting")) == [1]


@given(st.text(max_size=200))
def test_never_more_words_are_needed_than_there_are(text: str) -> None:
    query = parse_query(text)

    assert words_needed(query) <= len(query.words)


@pytest.mark.parametrize("text", ["", "   ", "!!! ???", "how to", "\x00\u202e", "-"])
def test_nothing_can_be_new_for_words_that_say_nothing(text: str) -> None:
    with pytest.raises(NothingToLookFor) as error:
        require_telling(text, "text")

    assert error.value.field == "text"


def test_one_telling_word_is_enough() -> None:
    require_telling("how to delegate", "text")


def test_whoever_has_a_digest_reads_it_there_and_others_with_their_check_in_or_in_the_list() -> None:
    assert place_of(has_digest=True, has_check_ins=True) is Place.DIGEST
    assert place_of(has_digest=False, has_check_ins=True) is Place.CHECK_IN
    assert place_of(has_digest=False, has_check_ins=False) is Place.HERE
