"""Dates and numbers as people type them: one meaning or a kind refusal, never a guess."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import number_text, parse_day, parse_number
from bot.domain.errors import DateNotUnderstood, NumberNotUnderstood

SATURDAY = date(2026, 11, 21)
THIRD = date(2026, 12, 3)

todays = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", SATURDAY),
        ("Heute", SATURDAY),
        ("tomorrow", date(2026, 11, 22)),
        ("morgen", date(2026, 11, 22)),
        ("übermorgen", date(2026, 11, 23)),
        ("uebermorgen", date(2026, 11, 23)),
        ("gestern", date(2026, 11, 20)),
        ("friday", date(2026, 11, 27)),
        ("Fri.", date(2026, 11, 27)),
        ("until friday", date(2026, 11, 27)),
        ("bis zum Freitag", date(2026, 11, 27)),
        ("saturday", date(2026, 11, 28)),
        ("next tuesday", date(2026, 11, 24)),
        ("nächsten Dienstag", date(2026, 11, 24)),
        ("in two weeks", date(2026, 12, 5)),
        ("in a week", date(2026, 11, 28)),
        ("in 3 days", date(2026, 11, 24)),
        ("2 weeks", date(2026, 12, 5)),
        ("in zwei Wochen", date(2026, 12, 5)),
        ("in einem Monat", date(2026, 12, 21)),
        ("in fünf Tagen", date(2026, 11, 26)),
        ("in a year", date(2027, 11, 21)),
        ("3 jan", date(2027, 1, 3)),
        ("31.12.", date(2026, 12, 31)),
        ("25/12", date(2026, 12, 25)),
        ("12/25", date(2026, 12, 25)),
        ("4/4", date(2027, 4, 4)),
        ("1 May 2020", date(2020, 5, 1)),
    ],
)
def test_a_day_in_plain_words_is_understood(text: str, expected: date) -> None:
    assert parse_day(text, SATURDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "3 dec",
        "dec 3",
        "Dec 3rd, 2026",
        "the 3rd of December",
        "3. Dezember",
        "3.Dez.",
        "am 3. Dez. 2026",
        "3.12.",
        "3. 12.",
        "3.12.26",
        "03.12.2026",
        "2026-12-03",
        "  3   DEC ",
        "Thursday, 3 December",
        "\N{FULLWIDTH DIGIT THREE} dec",
    ],
)
def test_one_day_may_be_written_in_many_ways(text: str) -> None:
    assert parse_day(text, SATURDAY) == THIRD


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "banana",
        "03/04",
        "3.12",
        "03/04/2026",
        "31 feb",
        "29 feb",
        "31.4.",
        "2026-02-30",
        "2026",
        "5",
        "dec",
        "dec 2026",
        "10:30",
        "3-4",
        "next week",
        "monday or friday",
        "friday 3 dec",
        "3 days ago",
        "-3 days",
        "in 12345 days",
        "in 9999 years",
        "in friday",
        "tomorrow tomorrow",
        "32 dec",
        "0 dec",
        "3 dec 0000",
        "²",
    ],
)
def test_what_has_no_reading_or_two_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(DateNotUnderstood) as caught:
        parse_day(text, SATURDAY)
    assert caught.value.text == text


def test_two_numbers_with_a_point_are_a_day_in_german_only() -> None:
    assert parse_day("3.12", SATURDAY, "de-DE") == THIRD
    with pytest.raises(DateNotUnderstood):
        parse_day("3.12", SATURDAY, "en-GB")


def test_a_month_ahead_ends_on_the_last_day_of_a_short_month() -> None:
    assert parse_day("in a month", date(2027, 1, 31)) == date(2027, 2, 28)


def test_a_leap_day_is_understood_when_the_coming_year_has_one() -> None:
    assert parse_day("29 feb", date(2027, 3, 1)) == date(2028, 2, 29)


@given(todays, st.sampled_from(["monday", "tue", "mittwoch", "donnerstag", "fri", "samstag", "so"]))
def test_a_weekday_is_the_first_one_after_today(today: date, word: str) -> None:
    day = parse_day(word, today)
    index = ["monday", "tue", "mittwoch", "donnerstag", "fri", "samstag", "so"].index(word)
    assert day.weekday() == index
    assert today < day <= today + timedelta(days=7)
    assert parse_day(f"next {word}", today) == day


@given(todays, todays)
def test_a_written_date_is_read_back_as_itself(today: date, day: date) -> None:
    assert parse_day(day.isoformat(), today) == day
    assert parse_day(f"{day.day}.{day.month}.{day.year}", today) == day
    assert parse_day(day.strftime("%d %B %Y"), today) == day
    assert parse_day(day.strftime("%b %d, %Y"), today) == day


@given(todays, st.integers(0, 364))
def test_a_day_without_a_year_lies_ahead(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse_day(f"{day.day}. {day.month}.", today) == day


@given(st.text(), todays, st.sampled_from(["en", "de", "fr", ""]))
def test_any_text_is_a_day_or_a_refusal(text: str, today: date, locale: str) -> None:
    try:
        assert isinstance(parse_day(text, today, locale), date)
    except DateNotUnderstood as error:
        assert error.text == text  # noqa: PT017 - a refusal is one of the two allowed outcomes


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
    ],
)
def test_a_number_with_two_readings_is_read_as_the_language_writes_it(
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
    st.sampled_from(["en-US", "de-DE", "fr-FR", "pt-BR", "ja-JP", ""]),
)
def test_a_number_that_a_form_shows_is_read_back_as_it_was(number: Decimal, locale: str) -> None:
    assert parse_number(number_text(number, locale), locale) == number
