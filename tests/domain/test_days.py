"""Days in plain words, English and German."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import day_in
from bot.domain.errors import DayNotUnderstood
from bot.words import Words

MONDAY = date(2026, 11, 23)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", MONDAY),
        ("tomorrow", date(2026, 11, 24)),
        ("until friday", date(2026, 11, 27)),
        ("Fri", date(2026, 11, 27)),
        ("next friday", date(2026, 11, 27)),
        ("monday", date(2026, 11, 30)),
        ("in two weeks", date(2026, 12, 7)),
        ("for 10 days", date(2026, 12, 3)),
        ("next week", date(2026, 11, 30)),
        ("a month", date(2026, 12, 23)),
        ("3 dec", date(2026, 12, 3)),
        ("dec 3", date(2026, 12, 3)),
        ("December 3rd, 2027", date(2027, 12, 3)),
        ("the 3rd of december", date(2026, 12, 3)),
        ("5 jan", date(2027, 1, 5)),
        ("january", date(2027, 1, 1)),
        ("2026-12-03", date(2026, 12, 3)),
        ("29 feb", date(2028, 2, 29)),
        ("bis freitag", date(2026, 11, 27)),
        ("nächsten Freitag", date(2026, 11, 27)),
        ("übermorgen", date(2026, 11, 25)),
        ("in zwei Wochen", date(2026, 12, 7)),
        ("in einem Monat", date(2026, 12, 23)),
        ("bis zum 3. Dezember", date(2026, 12, 3)),
        ("3.12.", date(2026, 12, 3)),
        ("03.12.2026", date(2026, 12, 3)),
    ],
)
def test_a_day_is_read_as_people_say_it(said: str, meant: date) -> None:
    assert day_in(said, MONDAY) == meant


def test_slashes_are_read_as_where_somebody_lives() -> None:
    assert day_in("3/12", MONDAY, "en-US") == date(2027, 3, 12)
    assert day_in("3/12", MONDAY, "en-GB") == date(2026, 12, 3)


@pytest.mark.parametrize(
    "said", ["", "a banana", "12", "31 feb", "2026-13-01", "99.99.", "in 999999 weeks", "fryday"]
)
def test_what_is_no_day_is_told_so(said: str) -> None:
    with pytest.raises(DayNotUnderstood):
        day_in(said, MONDAY)


@given(DAYS, st.integers(1, 6), st.sampled_from(["en-US", "en-GB", "de-DE"]))
def test_the_name_of_a_weekday_is_the_next_such_day(today: date, ahead: int, locale: str) -> None:
    day = today + timedelta(days=ahead)

    assert day_in(Words(locale).weekday(day.weekday()), today, locale) == day


@given(DAYS, st.integers(0, 300), st.sampled_from(["en-US", "en-GB", "de-DE"]))
def test_a_day_is_read_as_pairloop_writes_it(today: date, ahead: int, locale: str) -> None:
    day = today + timedelta(days=ahead)

    assert day_in(Words(locale).full_day(day), today, locale) == day


@given(st.text(max_size=40), DAYS)
def test_whatever_is_typed_is_a_day_or_told_that_it_is_none(said: str, today: date) -> None:
    with suppress(DayNotUnderstood):
        assert isinstance(day_in(said, today), date)
