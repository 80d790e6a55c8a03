"""Highlights and snippets: the words that were looked for, in the text as it was written."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.highlight import highlight, joined, snippet
from bot.domain.search import parse_query

pieces_of_text = st.sampled_from(
    [
        "feedback ",
        "目標設定",
        "e\u0301",
        "👩‍💻",
        "🇩🇪",
        "👍🏽",
        "กำลัง",
        "각",
        "ﾊﾟ",
        " ",
        "\n",
        "word",
        ":tada:",
        "Gespräch",
    ]
)
texts = st.lists(pieces_of_text, max_size=60).map("".join) | st.text(max_size=200)
queries = st.sampled_from(["feedback", "目標", "設", "e", "กำ", "각", "ﾊﾟ", "gespräche word", ""])


def hits(text: str, query: str) -> list[str]:
    return [segment for segment, found in highlight(text, parse_query(query)) if found]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Experiments, not Experimente!", "experiment", ["Experiments", "Experimente"]),
        ("Die Straße", "strasse", ["Straße"]),
        ("re\u0301sume\u0301 now", "resume", ["re\u0301sume\u0301"]),
        ("私の目標は目標設定です", "目標", ["目標", "目標"]),
        ("目標設定です", "目標設定", ["目標設定"]),
        ("feedbacking :feedback:", "feedback", ["feedbacking"]),
        ("prefeedback", "feedback", []),
        ("anything", "", []),
    ],
)
def test_what_was_found_is_marked(text: str, query: str, expected: list[str]) -> None:
    assert hits(text, query) == expected


@given(texts, queries)
def test_marking_changes_no_character_and_cuts_none(text: str, query: str) -> None:
    segments = highlight(text, parse_query(query))
    assert "".join(segment for segment, _ in segments) == text
    place = 0
    for (segment, found), (_, next_found) in pairwise(segments):
        place += len(segment)
        assert found != next_found
        assert not joined(text, place)


@given(texts, queries, st.integers(10, 80))
def test_a_snippet_is_a_part_of_the_text_and_fits(text: str, query: str, width: int) -> None:
    shown = snippet(text, parse_query(query), width)
    assert len(shown) <= width
    assert shown.strip("…") in " ".join(text.split())


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("one\n two", parse_query("two")) == "one two"


def test_a_snippet_shows_where_most_of_the_words_are() -> None:
    text = "feedback " + "filler " * 60 + "feedback in silence " + "filler " * 60
    shown = snippet(text, parse_query("silence feedback"), 80)
    assert "feedback in silence" in shown
    assert shown.startswith("…filler")
    assert shown.endswith("filler…")


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("first " * 100, parse_query("silence"), 20) == "first first first…"


@pytest.mark.parametrize("text", ["e\u0301", "👩‍💻", "👍🏽", "กำ", "\u1100\u1161", "ﾊﾟ", "\r\n", "🇩🇪"])
def test_one_character_as_readers_see_it_stays_one(text: str) -> None:
    assert all(joined(text, place) for place in range(1, len(text)))


def test_two_flags_are_two_characters() -> None:
    assert [joined("🇩🇪🇫🇷", place) for place in (1, 2, 3)] == [True, False, True]


def test_a_word_is_marked_by_the_stems_of_its_texts_language_only() -> None:
    query = parse_query("reunión")
    assert [text for text, found in highlight("dos reuniones", query, "es") if found] == ["reuniones"]
    assert not any(found for _, found in highlight("the cas", parse_query("casa"), "en"))


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("Besprechung", "Kurze Teambesprechungen", "Teambesprechungen"),
        ("Teambesprechung", "Die Besprechungen", "Besprechungen"),
    ],
)
def test_a_compound_is_marked_as_one_word(asked: str, text: str, found: str) -> None:
    assert hits(text, asked) == [found]
