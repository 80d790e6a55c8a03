"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NumberNotUnderstood
from bot.domain.numbers import number_text, parse_number


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", "3"),
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        (",5", "0.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1 234,5", "1234.5"),
        ("1\N{NO-BREAK SPACE}234,5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1234.567", "1234.567"),
        ("12 %", "12"),
        ("12%", "12"),
        ("-3,5", "-3.5"),
        ("\N{MINUS SIGN}3", "-3"),
        ("+3", "3"),
        ("1200", "1200"),
        (" 7 ", "7"),
    ],
)
def test_a_number_is_read_with_comma_or_point(text: str, expected: str, locale: str) -> None:
    number = parse_number(text, locale)
    assert number == Decimal(expected)
    assert "E" not in str(number)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("1.234", "en-US", "1.234"),
        ("1.234", "de-DE", "1234"),
        ("1,234", "en-US", "1234"),
        ("1,234", "de-DE", "1.234"),
        ("1.234", "ja-JP", "1.234"),
        ("1.234", "fr-FR", "1234"),
        ("1.234", "no-NO", "1234"),
        ("1.234", "es-LA", "1234"),
        ("1.234", "es-MX", "1.234"),
        ("1.234", "de-CH", "1.234"),
        ("1.234", "no locale at all", "1.234"),
    ],
)
def test_a_number_with_two_readings_is_read_as_people_write_it_there(
    text: str, locale: str, expected: str
) -> None:
    assert parse_number(text, locale) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "three",
        "1,2,3",
        "1.2.3",
        "1.234,5.6",
        "1,23,456.7",
        "12 34",
        "1 234.567.890",
        "5.",
        "--3",
        "3 h",
        "NaN",
        "inf",
        "1e5",
        "1_000",
        "% 5",
        "3%%",
        "²x",
        "1.234 567",
        ".",
    ],
)
def test_what_is_no_number_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(NumberNotUnderstood) as caught:
        parse_number(text)
    assert caught.value.text == text


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["en", "de"]))
def test_a_number_is_read_back_however_it_was_written(number: Decimal, locale: str) -> None:
    english = f"{number:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english, locale) == number
    assert parse_number(german, locale) == number


@given(st.text(), st.sampled_from(["en", "de"]))
def test_any_text_is_a_number_or_a_refusal(text: str, locale: str) -> None:
    try:
        assert parse_number(text, locale).is_finite()
    except NumberNotUnderstood as error:
        assert error.text == text  # noqa: PT017 - a refusal is one of the two allowed outcomes


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=4).map(Decimal.normalize),
    st.sampled_from(["en-US", "de-DE", "de-CH", "fr-FR", "pt-BR", "sv-SE", "ar-EG", "ja-JP", ""]),
)
def test_a_number_that_a_form_shows_is_read_back_as_it_was(number: Decimal, locale: str) -> None:
    assert parse_number(number_text(number, locale), locale) == number
