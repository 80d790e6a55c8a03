"""What can be searched for: the same words, however they are written and in whichever language."""

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.search import parse_query
from bot.domain.tokens import ROMANCE_MARK, TOKENS_RULE, tokens


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
        ("les objectifs", "fr", ["objectif", "ñobject"]),
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


def test_an_entry_is_kept_in_four_lines_under_both_languages_stems() -> None:
    assert tokens("Experiments", "Gespräche im Projektteam führen", ["feedback"], "de") == (
        "experi experiment\nfeedback\ngesprach projektteam fuhren fuhr\nprojekt team"
    )


def test_single_characters_of_unspaced_scripts_can_be_found() -> None:
    assert "怒" in tokens("", "怒鳴る", [], "ja").split()


@given(st.text(), st.sampled_from(["en", "de", "ja", "xx", ""]))
def test_terms_are_plain_letters_digits_and_marks(text: str, language: str) -> None:
    for term in tokens(text, text, [text], language).split():
        assert term
        assert all(char.isalnum() or unicodedata.category(char)[0] == "M" for char in term)


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_tokens_are_always_four_lines(title: str, body: str, tags: list[str]) -> None:
    assert tokens(title, body, tags, "en").count("\n") == 3


@given(st.text(alphabet="abcdefgnorstuäöüßé "), st.sampled_from(["en", "de", "fr"]))
def test_case_does_not_matter(text: str, language: str) -> None:
    assert terms(text.upper(), language) == terms(text, language)


@given(st.text(alphabet="aeouäöüéß nst", max_size=30), st.sampled_from(["en", "de"]))
def test_the_way_accents_are_stored_does_not_matter(text: str, language: str) -> None:
    assert terms(unicodedata.normalize("NFD", text), language) == terms(text, language)


@pytest.mark.parametrize(
    ("language", "alike"),
    [
        ("fr", ["réunion", "reunion", "réunions", "REUNIONS"]),
        ("fr", ["éducation", "education", "éducatif"]),
        ("fr", ["développer", "developper", "développées", "developpe"]),
        ("fr", ["objectif", "objectifs"]),
        ("es", ["gestión", "gestion", "gestionar"]),
        ("es", ["reunión", "reunion", "reuniones"]),
        ("es", ["decisión", "decisiones", "decision"]),
        ("pt", ["decisão", "decisões", "decisao", "decisoes"]),
        ("pt", ["reunião", "reuniões", "reuniao", "reunioes"]),
        ("pt", ["avaliação", "avaliações", "avaliacao", "avaliacoes"]),
    ],
)
def test_words_of_three_more_languages_are_found_in_all_their_endings_with_and_without_accents(
    language: str, alike: list[str]
) -> None:
    held = {word: set(terms(word, language)) for word in alike}
    missed = [
        (asked, word) for asked in alike for word in alike if not held[word] & set(parse_query(asked).forms)
    ]
    assert not missed


@pytest.mark.parametrize(
    ("asked", "other"), [("care", "car"), ("note", "not"), ("parte", "part"), ("use", "us"), ("casa", "case")]
)
def test_stems_of_other_languages_find_no_other_word_of_english_or_german(asked: str, other: str) -> None:
    more = set(parse_query(asked).forms) - set(terms(asked, "en"))
    for language in ("en", "de"):
        assert not more & set(terms(other, language))
        assert not any(term.startswith(ROMANCE_MARK) for term in terms(asked, language))


@given(st.text())
def test_no_word_that_is_typed_can_pass_for_a_stem_of_another_language(text: str) -> None:
    assert not any(term.startswith(ROMANCE_MARK) for term in terms(f"{text} {ROMANCE_MARK}{text}", "en"))


@pytest.mark.parametrize(
    ("text", "language", "held"),
    [
        ("son équipe est en retard", "fr", {"equip", "retard"}),
        ("AI helped with a plan", "fr", {"ai", "help", "plan"}),
        ("J'ai parlé de la réunion", "fr", {"parl", "reunion"}),
        ("con el equipo y sin notas", "es", {"equipo", "notas"}),
        ("todo list for my team", "es", {"todo", "list", "team"}),
        ("para os projetos da equipe", "pt", {"projetos", "equip"}),
    ],
)
def test_stop_words_of_the_writers_language_are_left_out_where_the_text_reads_like_it(
    text: str, language: str, held: set[str]
) -> None:
    found = set(terms(text, language))
    assert held <= found
    assert {"son", "ai", "con", "sin", "todo", "os", "de", "est"} & found == {"ai", "todo"} & held


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("how do I tell my son about AI", ["tell", "son", "ai"]),
        ("a todo list", ["todo", "list"]),
        ("the new era of Los Angeles", ["new", "era", "los", "angeles"]),
        ("Ton und Mais", ["ton", "mais"]),
        ("son équipe est en retard", ["equipe", "retard"]),
        ("como lo hago con el equipo", ["hago", "equipo"]),
        ("sin reuniones", ["sin", "reuniones"]),
        ("para os projetos", ["projetos"]),
        ("die Besprechung", ["besprechung"]),
    ],
)
def test_a_stop_word_of_another_language_does_not_vanish_from_an_english_question(
    asked: str, words: list[str]
) -> None:
    assert [word.text for word in parse_query(asked).words] == words


def test_what_says_little_in_spanish_french_and_portuguese_counts_less() -> None:
    light = {
        word.text
        for word in parse_query("hacer faire fazer equipo réunion font fair dare").words
        if word.light
    }
    assert light == {"hacer", "faire", "fazer"}


EVERYTHING = """
    I asked for feedback before the quarterly planning meetings, and three people disagreed: we decided earlier.
    Nach der Teambesprechung habe ich Rückmeldungen gesammelt; die Entscheidungen fielen uns leichter als im Vorjahr.
    J'ai préparé la réunion avec mon équipe, et nos décisions ont été développées plus tôt. Menos reuniones, más gestión
    con el equipo y sin prisas. As decisões da equipe não são mais adiadas, e a avaliação ficou melhor.
    目標設定を見直した 한국어 שָׁלוֹם smørrebrød STRASSE 3 of 10 :tada: résumé Mitgliederversammlung Konfliktlösung AI
"""


def test_whoever_changes_what_is_kept_of_a_text_raises_the_rule() -> None:
    """Then entries that are there are brought up to date; a stemmer that changes with its library is seen here, too."""
    kept = [
        tokens("Küche", EVERYTHING, ("Jahresziele",), language) for language in ("en", "de", "fr", "es", "pt")
    ]

    digest = sha256("\n".join(kept).encode()).hexdigest()[:12]

    assert (TOKENS_RULE, digest) == (2, "55a7906aba18")
