"""Words that occur nowhere: what was probably meant, never with a word that the reader may not see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search import Query, parse_query
from bot.domain.search_suggestions import (
    Correction,
    Known,
    begun,
    completed,
    correct,
    last_written,
    vocabulary,
)

some_words = st.sampled_from(["feedback", "silence", "mentor", "meeting", "goal", "gespräch"])
SEEN = [
    "Feedback from my Mentor takes time", "mentor meteor wochen", "The stakeholder map and stakeholders",
    "Teambesprechungen kürzer halten", "Ein Gespräch führen", "Delegation works", "a naïve café", "a nation",
]  # fmt: skip
KNOWN = Known(vocabulary(SEEN))


def corrected(text: str, known: Known = KNOWN) -> Correction | None:
    query = parse_query(text)
    return correct(query, query.words, known)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("feedbak from the mentro!", "feedback from the mentor!"),
        ("delagation", "delegation"),
        ("Gesprech", "gespräch"),
        ("efedback", "feedback"),
    ],
)
def test_a_slip_of_the_keyboard_is_put_right(typed: str, meant: str) -> None:
    found = corrected(typed)
    assert found is not None
    assert found.text == meant


def test_what_was_typed_can_be_looked_for_as_it_is() -> None:
    assert corrected("delagation to people") == Correction("delegation to people", '"delagation" to people')


def test_a_short_word_is_no_slip_beside_others_that_are_found() -> None:
    known = Known(vocabulary(["a term for delegation"]))
    beside = parse_query("team delegation")

    assert correct(beside, beside.words[:1], known) is None
    assert corrected("team", known) == Correction("term", '"team"')


@pytest.mark.parametrize("text", ["", "fee", "zebra", "stakeh", "Besprechung", "ration", "🎉", "x" * 500])
def test_nothing_is_offered_where_nothing_is_near(text: str) -> None:
    assert corrected(text) is None


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("stakeh", "stakehold"),
        ("Besprechung", "teambesprech"),
        ("Mitarbeitergespräch", "gesprach"),
        ("deleg", "deleg"),
    ],
)
def test_a_beginning_and_a_part_of_a_compound_stand_for_the_whole(typed: str, form: str) -> None:
    (word,) = parse_query(typed).words
    assert form in completed(word, KNOWN).forms


@pytest.mark.parametrize("typed", ["met", "take", "zebra", "ation"])
def test_a_short_part_stands_for_nothing_else(typed: str) -> None:
    (word,) = parse_query(typed).words
    longer = set(completed(word, KNOWN).forms) - set(word.forms)
    assert longer <= {"take"}


@given(st.text(max_size=40), st.lists(some_words, max_size=4))
def test_a_suggestion_holds_only_typed_words_and_words_one_may_see(text: str, seen: list[str]) -> None:
    allowed = vocabulary(seen)
    query: Query = parse_query(text)
    found = correct(query, query.words, Known(allowed))
    if found is not None:
        assert set(vocabulary([found.text])) <= set(vocabulary([text])) | set(allowed)


@pytest.mark.parametrize(
    ("typed", "may_go_on"),
    [
        ("the form", True), ("the form ", False), ('the "form"', False), ("form of it is", False),
        ("ask form?", False), ("fo", False), ("goal -form", False), ("formulations", False), ("", False),
    ],
)  # fmt: skip
def test_the_last_word_may_only_be_begun_where_it_is_short_and_at_the_end(
    typed: str, *, may_go_on: bool
) -> None:
    word = last_written(parse_query(typed))
    assert (word.text if word else None) == ("form" if may_go_on else None)


def test_what_a_word_goes_on_to_counts_less_than_itself() -> None:
    known = Known(vocabulary(["form", "format formats", "a platform"]))
    (word,) = parse_query("form").words
    longer = begun(word, known)
    assert {"format"} <= set(longer.lesser) <= set(longer.forms) - set(word.forms)
    assert not any("platform" in form for form in longer.forms)
