"""A mentor's words stand in a portfolio by a yes for just these words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AlreadySettled, WordsChanged
from bot.domain.ids import AskId, MemberId, PairId, ResultId, WorkspaceId
from bot.domain.observations import Observation, ObservationKind
from bot.domain.quotes import (
    WAITING_LIMIT,
    Quote,
    QuoteKind,
    QuoteState,
    TooManyWordsAsked,
    answered,
    edition_of,
    let_go,
    may_be_asked,
    require_few,
    stands,
    waits,
)
from bot.domain.results import Response
from bot.domain.sessions import Answer, AnswerKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
W, P, TOM, MIRA = WorkspaceId(1), PairId(1), MemberId(3), MemberId(2)
SAID = Response(W, P, ResultId(1), MIRA, "You waited", NOW)
CHANGED = replace(SAID, line="You waited long", changed_at=NOW + timedelta(hours=1))
ASKED = Quote(W, TOM, MIRA, QuoteKind.RESPONSE, 1, edition_of(SAID), NOW)
AGREED = answered(ASKED, SAID, edition_of(SAID), NOW, agree=True)
DECLINED = answered(ASKED, SAID, edition_of(SAID), NOW, agree=False)


def test_words_stand_only_with_a_yes_for_them() -> None:
    assert stands(AGREED, SAID)
    assert not stands(ASKED, SAID)
    assert not stands(DECLINED, SAID)
    assert not stands(AGREED, CHANGED)
    assert not stands(AGREED, replace(SAID, taken_back_at=NOW))
    assert not stands(AGREED, replace(SAID, member_id=TOM))


def test_a_yes_to_other_words_than_were_read_is_none() -> None:
    with pytest.raises(WordsChanged):
        answered(ASKED, CHANGED, edition_of(SAID), NOW, agree=True)


def test_changed_words_wait_for_another_yes() -> None:
    assert not waits(AGREED, SAID)
    assert waits(AGREED, CHANGED)
    again = answered(AGREED, CHANGED, edition_of(CHANGED), NOW, agree=True)
    assert stands(again, CHANGED)
    assert not stands(again, SAID)


def test_a_no_counts_at_once_whatever_was_read_and_also_later() -> None:
    for before in (ASKED, AGREED, replace(ASKED, state=QuoteState.LET_GO)):
        assert answered(before, CHANGED, edition_of(SAID), NOW, agree=False).state is QuoteState.DECLINED


def test_after_a_no_a_late_press_on_yes_changes_nothing() -> None:
    for settled in (DECLINED, AGREED, replace(ASKED, state=QuoteState.LET_GO)):
        with pytest.raises(AlreadySettled):
            answered(settled, SAID, edition_of(SAID), NOW, agree=True)


def test_nobody_is_asked_twice_for_the_same_words() -> None:
    assert may_be_asked(None, SAID)
    assert not may_be_asked(DECLINED, SAID)
    assert may_be_asked(DECLINED, CHANGED)
    assert not may_be_asked(replace(ASKED, state=QuoteState.LET_GO), SAID)
    assert may_be_asked(replace(ASKED, state=QuoteState.LET_GO), CHANGED)
    assert not may_be_asked(ASKED, SAID)
    assert not may_be_asked(AGREED, CHANGED)
    assert not may_be_asked(None, replace(SAID, taken_back_at=NOW))


def test_whoever_asked_cannot_take_a_no_back() -> None:
    assert let_go(DECLINED) == DECLINED
    assert [let_go(one).state for one in (ASKED, AGREED)] == [QuoteState.LET_GO] * 2


def test_few_wait_at_a_time() -> None:
    require_few([ASKED], WAITING_LIMIT - 1, "which")
    with pytest.raises(TooManyWordsAsked):
        require_few([ASKED], WAITING_LIMIT, "which")


FIELDS = ("line", "situation", "behaviour", "impact", "question")


@given(st.sampled_from(FIELDS), st.text(max_size=30))
def test_every_word_that_would_stand_there_is_part_of_the_edition(field: str, text: str) -> None:
    other = replace(SAID, **{field: text})  # type: ignore[arg-type]  # by name

    assert (edition_of(other) == edition_of(SAID)) == (other == SAID)


def test_words_in_another_field_are_another_edition_and_so_is_another_kind() -> None:
    one = Observation(W, P, MIRA, TOM, "In the review", "You asked", NOW, impact="calm")
    assert edition_of(one) != edition_of(replace(one, impact="", question="calm"))
    assert edition_of(one) != edition_of(replace(one, kind=ObservationKind.GROWTH))
    answer = Answer(W, P, AskId(1), MIRA, AnswerKind.QUESTION, "And then?", NOW)
    assert edition_of(answer) != edition_of(replace(answer, text="And now?"))


def test_what_stands_beside_the_words_is_no_part_of_it() -> None:
    assert edition_of(replace(SAID, version=7)) == edition_of(SAID)
