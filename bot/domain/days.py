"""Days in plain words, English and German: "tomorrow", "friday", "in two weeks", "3 dec", "3.12.", "2026-12-03".

A day that names no year is the next one that comes. "Friday" and "next friday" are the same: the first after today.
English is understood everywhere, and each language by everybody, as nothing means another day in the other.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from babel import Locale
from babel.dates import get_day_names, get_month_names
from dateutil.relativedelta import relativedelta

from bot.domain.errors import DayNotUnderstood
from bot.domain.languages import LANGUAGES, locale_data

LEAP = 9  # years among which each day that there is comes once, also a 29 February
_LEADING = re.compile(r"^(until|till?|bis|zum|to|on|am|the|den|dem|der)\s+")
_NUMBERS = {
    **dict.fromkeys(("a", "an", "one", "ein", "eine", "einem", "einen", "einer"), 1),
    **dict.fromkeys(("two", "zwei"), 2), **dict.fromkeys(("three", "drei"), 3), **dict.fromkeys(("four", "vier"), 4),
    **dict.fromkeys(("five", "fünf"), 5), **dict.fromkeys(("six", "sechs"), 6), **dict.fromkeys(("seven", "sieben"), 7),
    **dict.fromkeys(("eight", "acht"), 8), **dict.fromkeys(("nine", "neun"), 9), **dict.fromkeys(("ten", "zehn"), 10),
    **dict.fromkeys(("eleven", "elf"), 11), **dict.fromkeys(("twelve", "zwölf"), 12),
}  # fmt: skip
_NAMED = {
    **dict.fromkeys(("today", "heute"), 0),
    **dict.fromkeys(("tomorrow", "morgen"), 1),
    **dict.fromkeys(("day after tomorrow", "übermorgen"), 2),
}
_NEXT = r"(?:(?:next|this|coming|nächste[rnms]?|kommende[rnms]?|diese[rnms]?)\s+)"
_UNIT = r"(?P<unit>days?|weeks?|months?|tag(?:e|en)?|wochen?|monat(?:e|en)?)"
_AMOUNT = re.compile(rf"(?:(?:in|for|für)\s+)?(?P<number>\d{{1,3}}|[a-zäöüß]+)\s+{_UNIT}")
_NEXT_UNIT = re.compile(rf"{_NEXT}(?P<unit>week|month|woche|monats?)")
_WEEKDAY = re.compile(rf"{_NEXT}?(?P<name>[a-zäöüß]+)\.?")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTS = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.?(?:\s?(?P<year>\d{4}))?")
_SLASHES = re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}))?")
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:of\s+)?(?P<name>[a-zäöüß]+)\.?,?(?:\s+(?P<year>\d{4}))?"
)
_MONTH_DAY = re.compile(
    r"(?P<name>[a-zäöüß]+)\.?\s+(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(?P<year>\d{4}))?"
)
_MONTH = re.compile(rf"{_NEXT}?(?P<name>[a-zäöüß]+)(?:\s+(?P<year>\d{{4}}))?")

Read = Callable[[re.Match[str], date, str], date | None]


def day_in(text: str, today: date, locale: str = "") -> date:
    """The day that somebody means, on whose calendar it is `today`.

    Args:
        locale: decides what 3/12 is: March 12 in the US, the 3rd of December elsewhere.

    Raises DayNotUnderstood, also for a day that no calendar has.
    """
    said = _LEADING.sub("", " ".join(text.casefold().split()))
    said = _LEADING.sub("", said)  # "bis zum 3. Dezember"
    if said in _NAMED:
        return today + timedelta(days=_NAMED[said])
    for pattern, read in _READINGS:
        found = pattern.fullmatch(said)
        try:
            day = read(found, today, locale) if found else None
        except (ValueError, OverflowError) as error:
            raise DayNotUnderstood(text) from error
        if day is not None:
            return day
    raise DayNotUnderstood(text)


def _amount(found: re.Match[str], today: date, _locale: str) -> date | None:
    said = found["number"]
    number = int(said) if said.isdecimal() else _NUMBERS.get(said)
    return None if number is None else today + _span(found["unit"], number)


def _next_unit(found: re.Match[str], today: date, _locale: str) -> date:
    """The Monday of next week, the first of next month."""
    if found["unit"].startswith("w"):
        return today + timedelta(days=7 - today.weekday())
    return today.replace(day=1) + relativedelta(months=1)


def _span(unit: str, number: int) -> relativedelta:
    if unit.startswith("w"):
        return relativedelta(weeks=number)
    return relativedelta(months=number) if unit.startswith("m") else relativedelta(days=number)


def _weekday(found: re.Match[str], today: date, _locale: str) -> date | None:
    wanted = _weekdays().get(found["name"])
    return None if wanted is None else today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _written_out(found: re.Match[str], today: date, _locale: str) -> date | None:
    month = _months().get(found["name"])
    return None if month is None else _coming(found, month, int(found["day"]), today)


def _in_digits(found: re.Match[str], today: date, _locale: str) -> date:
    return _coming(found, int(found["month"]), int(found["day"]), today)


def _slashes(found: re.Match[str], today: date, locale: str) -> date:
    day, month = int(found["first"]), int(found["second"])
    if locale_data(locale).territory in (None, "US"):
        day, month = month, day
    return _coming(found, month, day, today)


def _month(found: re.Match[str], today: date, _locale: str) -> date | None:
    """The first of a month, of one that is to come."""
    month = _months().get(found["name"])
    if month is None:
        return None
    year = int(found["year"] or 0) or today.year + (month <= today.month)
    return date(year, month, 1)


def _coming(found: re.Match[str], month: int, day: int, today: date) -> date:
    """The day in the year that was named, else the next one that comes; ValueError where there is none."""
    if found["year"]:
        return date(int(found["year"]), month, day)
    for year in range(today.year, today.year + LEAP):
        with suppress(ValueError):
            if (coming := date(year, month, day)) >= today:
                return coming
    raise ValueError(day)


@cache
def _weekdays() -> Mapping[str, int]:
    return _names(get_day_names)


@cache
def _months() -> Mapping[str, int]:
    return {**_names(get_month_names), "sept": 9}


def _names(read: Callable[..., Mapping[int, str]]) -> Mapping[str, int]:
    """All that people call them, in full and shortened, without the dot."""
    return {
        name.casefold().removesuffix("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in read(width, context, Locale(language)).items()
    }


_READINGS: tuple[tuple[re.Pattern[str], Read], ...] = (
    (_AMOUNT, _amount),
    (_NEXT_UNIT, _next_unit),
    (_WEEKDAY, _weekday),
    (_ISO, _in_digits),
    (_DOTS, _in_digits),
    (_SLASHES, _slashes),
    (_DAY_MONTH, _written_out),
    (_MONTH_DAY, _written_out),
    (_MONTH, _month),
)
