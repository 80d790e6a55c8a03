"""The if-then check: is a promise one that can be kept?

The rules were tuned on the first halves of the two lists, with the second ones in sight. The later lists were written
once the rules stood: at first 3 of the 140 good ones got a remark, and 72 of the 80 vague ones; that was mended.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intentions import Remark, remark_on

DATA = Path(__file__).parent.parent / "data"
LOCALES = {"en": "en-US", "de": "de-DE"}
CUE = {"en": "the standup ends", "de": "das Standup vorbei ist"}


def sentences(name: str, half: slice = slice(None)) -> list[tuple[str, str, str]]:
    """Behaviour, situation and locale of each, of one half of each language."""
    lines = [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    by_language = [[line for line in lines if line[0] == language][half] for language in LOCALES]
    return [(line[1], line[2], LOCALES[line[0]]) for group in by_language for line in group]


def share_with_remark(found: list[tuple[str, str, str]]) -> float:
    return sum(remark_on(*one) is not None for one in found) / len(found)


@pytest.mark.parametrize(
    ("name", "half", "least"),
    [
        ("intentions_good.tsv", slice(0, None, 2), 50),
        ("intentions_good.tsv", slice(1, None, 2), 50),
        ("intentions_good_later.tsv", slice(None), 100),
    ],
)
def test_a_good_promise_is_hardly_ever_doubted(name: str, half: slice, least: int) -> None:
    found = sentences(name, half)

    assert len(found) >= least
    assert share_with_remark(found) <= 0.05


@pytest.mark.parametrize(
    ("name", "half", "least"),
    [
        ("intentions_vague.tsv", slice(0, None, 2), 50),
        ("intentions_vague.tsv", slice(1, None, 2), 50),
        ("intentions_vague_later.tsv", slice(None), 80),
    ],
)
def test_most_vague_ones_get_a_thought(name: str, half: slice, least: int) -> None:
    found = sentences(name, half)

    assert len(found) >= least
    assert share_with_remark(found) >= 0.6


@pytest.mark.parametrize(
    ("behaviour", "situation", "language", "remark"),
    [
        ("ask one question", "in general", "en", Remark.NO_CUE),
        ("ask one question", "", "en", Remark.NO_CUE),
        ("eine Frage stellen", "so oft wie möglich", "de", Remark.NO_CUE),
        ("be more patient", CUE["en"], "en", Remark.WISH),
        ("I will try to listen", CUE["en"], "en", Remark.WISH),
        ("ask more questions", CUE["en"], "en", Remark.WISH),
        ("mutiger sein", CUE["de"], "de", Remark.WISH),
        ("mutiger sein", CUE["de"].upper(), "de", Remark.WISH),
        ("not interrupt", CUE["en"], "en", Remark.NEGATION),
        ("stop checking my mail", CUE["en"], "en", Remark.NEGATION),
        ("die anderen nicht unterbrechen", CUE["de"], "de", Remark.NEGATION),
        ("get promoted", CUE["en"], "en", Remark.OUTCOME),
        ("be respected", CUE["en"], "en", Remark.OUTCOME),
        ("ernst genommen werden", CUE["de"], "de", Remark.OUTCOME),
        ("schedule the review and update the plan", CUE["en"], "en", Remark.SEVERAL),
        ("den Termin planen und die Folien vorbereiten", CUE["de"], "de", Remark.SEVERAL),
        ("say " + "one " * 26, CUE["en"], "en", Remark.SEVERAL),
    ],
)
def test_each_rule_says_what_it_is_about(
    behaviour: str, situation: str, language: str, remark: Remark
) -> None:
    assert remark_on(behaviour, situation, LOCALES[language]) is remark


@pytest.mark.parametrize(
    ("behaviour", "situation", "language"),
    [
        ("not answer at once but count to three", CUE["en"], "en"),
        ("nicht sofort antworten, sondern nachfragen", CUE["de"], "de"),
        ("say what I do not know", CUE["en"], "en"),
        ("sagen, was ich nicht weiß", CUE["de"], "de"),
        ('say "I am not sure yet"', CUE["en"], "en"),
        ("be the first to say what went wrong", CUE["en"], "en"),
        ("ask one more question", CUE["en"], "en"),
        ("take two breaths", "at 9", "en"),
        ("ask Anna and Ben", CUE["en"], "en"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(behaviour: str, situation: str, language: str) -> None:
    assert remark_on(behaviour, situation, LOCALES[language]) is None


def test_the_first_rule_that_fits_speaks_and_no_other() -> None:
    assert remark_on("not be so shy", "always", "en-US") is Remark.NO_CUE
    assert Remark.NO_CUE.field == "situation"
    assert {remark.field for remark in set(Remark) - {Remark.NO_CUE}} == {"behaviour"}


@pytest.mark.parametrize(("behaviour", "situation"), [("mutiger sein", "immer"), ("be brave", "always")])
def test_either_language_is_understood_by_readers_of_the_other(behaviour: str, situation: str) -> None:
    assert remark_on(behaviour, situation, "en-GB") is Remark.NO_CUE
    assert remark_on(behaviour, situation, "de-AT") is Remark.NO_CUE


@given(st.text(max_size=300), st.text(max_size=300))
def test_in_languages_without_rules_nothing_is_said(behaviour: str, situation: str) -> None:
    assert remark_on(behaviour, situation, "fr-FR") is None
    assert remark_on("be brave", "always", "ja-JP") is None


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["en-US", "de-DE"]))
def test_whatever_is_typed_can_be_read(behaviour: str, situation: str, locale: str) -> None:
    assert remark_on(behaviour, situation, locale) in {*Remark, None}


@pytest.mark.parametrize("opening", ["I will ", "I'll ", "i will ", ""])
def test_the_words_of_the_form_may_stand_before_it(opening: str) -> None:
    assert remark_on(f"{opening}be more patient", CUE["en"], "en-US") is Remark.WISH
    assert remark_on(f"{opening}ask one question", CUE["en"], "en-US") is None


def test_umlauts_may_be_typed_as_two_letters() -> None:
    for text in ("mich sicherer fühlen", "mich sicherer fuehlen", "mich sicherer fu\u0308hlen"):
        assert remark_on(text, CUE["de"], "de-DE") is Remark.WISH
