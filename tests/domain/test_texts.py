"""What a text must be like to be kept."""

import unicodedata
from decimal import Decimal

import pytest

from bot.domain.errors import NumberNotUnderstood, TextMissing, TextTooLong
from bot.domain.texts import as_meant, clean, required, sane


@pytest.mark.parametrize("typed", ["words", "  words ", "\n words\t\n"])
def test_a_text_is_kept_without_the_white_space_around_it(typed: str) -> None:
    assert clean(typed, 5, "text") == required(typed, 5, "text") == "words"


def test_white_space_inside_stays() -> None:
    assert clean(" two  words\nand a line ", 100, "text") == "two  words\nand a line"


@pytest.mark.parametrize("keep", [clean, required])
def test_one_character_too_many_is_told_at_its_field_and_nothing_is_cut(keep: object) -> None:
    assert callable(keep)
    assert keep("x" * 10, 10, "why") == "x" * 10
    with pytest.raises(TextTooLong) as refused:
        keep("x" * 11, 10, "why")

    assert (refused.value.limit, refused.value.field) == (10, "why")


@pytest.mark.parametrize("typed", ["", " ", "\n\t "])
def test_nothing_typed_is_fine_unless_it_is_needed(typed: str) -> None:
    assert clean(typed, 5, "text") == ""
    with pytest.raises(TextMissing) as refused:
        required(typed, 5, "text")

    assert refused.value.field == "text"


def test_a_number_of_more_digits_than_people_measure_is_refused_at_its_field() -> None:
    assert sane(None, "now") is None
    assert sane(Decimal("1" * 20), "now") == Decimal("1" * 20)
    with pytest.raises(NumberNotUnderstood) as refused:
        sane(Decimal("1" * 21), "now")

    assert refused.value.field == "now"


@pytest.mark.parametrize(
    "other", ["josé  lópez", " JOSÉ LÓPEZ\t", unicodedata.normalize("NFD", "José López"), "José\nLópez"]
)
def test_a_name_is_the_same_however_it_is_spaced_written_large_or_stored(other: str) -> None:
    assert as_meant(other) == as_meant("José López")


def test_another_letter_is_another_name() -> None:
    assert as_meant("Jose Lopez") != as_meant("José López")
