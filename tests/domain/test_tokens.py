"""What can be searched for: the same words, however they are written and in whichever language."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tokens import tokens


def terms(text: str, language: str) -> list[str]:
    return tokens(text, "", [], language).split()


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Meetings", "meeting", "en"),
        ("résumé", "Resume", "en"),
        ("mentor's", "mentors", "en"),
        ("Häuser", "haus", "de"),
        ("Straße", "STRASSE", "de"),
        ("Übungen", "uebung", "de"),
        ("ﬁnish", "finish", "en"),
        ("co\N{SOFT HYPHEN}operate", "cooperate", "en"),
        ("smørrebrød", "smorrebrod", "da"),
        ("שָׁלוֹם", "שלום", "he"),
        ("ｶﾞｲﾄﾞ", "ガイド", "ja"),
    ],
)
def test_two_ways_of_writing_a_word_have_a_term_in_common(one: str, other: str, language: str) -> None:
    assert set(terms(one, language)) & set(terms(other, language))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("What I did, and how it went!", "en", ["went"]),
        ("Das ist die Übung", "de-DE", ["ubung"]),
        ("les objectifs", "fr", ["les", "objectif"]),
        ("目標設定", "ja", ["目", "標", "設", "定", "目標", "標設", "設定"]),
        ("怒", "zh-CN", ["怒"]),
        ("한국어", "ko", ["한", "국", "어", "한국", "국어"]),
        ("won 🎉 👩‍💻 :tada: :+1: 1️⃣ prize", "en", ["won", "prize", "priz"]),
        ("goal:talk less", "en", ["goal", "talk", "less"]),
        ("3 of 10", "en", ["3", "10"]),
        ("", "en", []),
        (" … ?!", "en", []),
    ],
)
def test_a_text_becomes_its_terms(text: str, language: str, expected: list[str]) -> None:
    assert terms(text, language) == expected


def test_an_entry_is_kept_in_three_lines_under_both_languages_stems() -> None:
    assert tokens("Experiments", "Gespräche führen", ["feedback"], "de") == (
        "experi experiment\nfeedback\ngesprach fuhren fuhr"
    )


def test_single_characters_of_unspaced_scripts_can_be_found() -> None:
    assert "怒" in tokens("", "怒鳴る", [], "ja").split()


@given(st.text(), st.sampled_from(["en", "de", "ja", "xx", ""]))
def test_terms_are_plain_letters_digits_and_marks(text: str, language: str) -> None:
    for term in tokens(text, text, [text], language).split():
        assert term
        assert all(char.isalnum() or unicodedata.category(char)[0] == "M" for char in term)


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_tokens_are_always_three_lines(title: str, body: str, tags: list[str]) -> None:
    assert tokens(title, body, tags, "en").count("\n") == 2


@given(st.text(alphabet="abcdefgnorstuäöüßé "), st.sampled_from(["en", "de", "fr"]))
def test_case_does_not_matter(text: str, language: str) -> None:
    assert terms(text.upper(), language) == terms(text, language)


@given(st.text(alphabet="aeouäöüéß nst", max_size=30), st.sampled_from(["en", "de"]))
def test_the_way_accents_are_stored_does_not_matter(text: str, language: str) -> None:
    assert terms(unicodedata.normalize("NFD", text), language) == terms(text, language)
