"""Which day, or which number, did somebody mean by what they typed?

Only what has one meaning is read; the rest is refused, so that nobody is held to a date they did not choose.
General parsers guess: dateparser 1.5 reads "3.12." as 3:12 o'clock and "2026" as today (its strict mode
refuses "friday"), parsedatetime 2.6 reads "03/04" as 4 March. Hence these small grammars.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from bot.domain.errors import DateNotUnderstood, NumberNotUnderstood
from bot.domain.languages import language_of

_Word = tuple[str, int]  # what kind of word it is, and its value

_CENTURY = 2000


def _numbered(kind: str, names: str, first: int) -> dict[str, _Word]:
    """Words in their order, short forms joined by "/": "monday/mon tuesday/tue" are 0, 0, 1, 1."""
    return {
        name: (kind, number) for number, group in enumerate(names.split(), first) for name in group.split("/")
    }


def _alike(kind: str, value: int, names: str) -> dict[str, _Word]:
    return dict.fromkeys(names.split(), (kind, value))


# Folded as `_plain` folds. Within one language a word has one meaning.
_ENGLISH = (
    _numbered("offset", "yesterday today tomorrow", -1)
    | _numbered("weekday", "monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thur/thurs friday/fri", 0)
    | _numbered("weekday", "saturday/sat sunday/sun", 5)
    | _numbered("month", "january/jan february/feb march/mar april/apr may june/jun july/jul", 1)
    | _numbered("month", "august/aug september/sep/sept october/oct november/nov december/dec", 8)
    | _numbered("count", "a/an/one two three four five six seven eight nine ten eleven twelve", 1)
    | _alike("days", 1, "day days")
    | _alike("days", 7, "week weeks")
    | _alike("days", 14, "fortnight")
    | _alike("months", 1, "month months")
    | _alike("months", 12, "year years")
    | _alike("filler", 0, "on by until till the of")
    | _alike("next", 0, "next this coming")
    | _alike("in", 0, "in")
)
_GERMAN = (
    _numbered("offset", "gestern heute morgen ubermorgen/uebermorgen", -1)
    | _numbered("weekday", "montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr", 0)
    | _numbered("weekday", "samstag/sonnabend/sa sonntag/so", 5)
    | _numbered("month", "januar/janner/jan februar/feb marz/maerz/mrz april/apr mai juni/jun juli/jul", 1)
    | _numbered("month", "august/aug september/sep/sept oktober/okt november/nov dezember/dez", 8)
    | _numbered(
        "count", "ein/eine/einem/einen/einer zwei drei vier funf/fuenf sechs sieben acht neun zehn", 1
    )
    | _numbered("count", "elf zwolf/zwoelf", 11)
    | _alike("days", 1, "tag tage tagen")
    | _alike("days", 7, "woche wochen")
    | _alike("months", 1, "monat monate monaten")
    | _alike("months", 12, "jahr jahre jahren")
    | _alike("filler", 0, "am bis zum den der")
    | _alike("next", 0, "nachsten nachster naechsten naechster kommenden diesen")
    | _alike("in", 0, "in")
)
_LANGUAGES = {"en": _ENGLISH, "de": _GERMAN}

# Languages whose readers write 1.234,5; everybody else writes 1,234.5.
_DECIMAL_COMMA = re.compile("cs|da|de|es|fi|fr|hu|id|it|nb|nl|no|pl|pt|ro|ru|sv|tr|uk|vi")

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2}))?")
_OPEN_ORDER = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:/(\d{4}))?")
_DIGITS = re.compile(r"(\d{1,4})(st|nd|rd|th|\.)?")

_NUMBER = re.compile(r"([+\-\u2212\u2013]?) ?([\d.,'\u2019 ]*\d) ?%?")
_WHOLE = re.compile(r"\d*|\d{1,3}([.,'\u2019 ])\d{3}(?:\1\d{3})*")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def _plain(text: str) -> str:
    """Lower case without accents, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


@lru_cache(maxsize=64)
def _words(locale: str) -> dict[str, _Word]:
    """The words of every language; where two share a word, the reader's own meaning wins."""
    own = _LANGUAGES.get(language_of(locale), _ENGLISH)
    return {word: value for words in _LANGUAGES.values() for word, value in words.items()} | own


def parse_day(text: str, today: date, locale: str = "en") -> date:
    """The day that `text` names, as seen from `today` (the reader's own).

    English and German are both read whatever the locale. A weekday, also with "next", is the first one
    strictly after today; a day without a year is the first such day from today on, this year or next; "in a
    month" ends on the last day where that month is shorter. Days in the past are read as well: whether they
    fit is a rule of the caller. "03/04" has two readings and is refused; "25/12" has one and is not.

    Args:
        text: tomorrow, übermorgen, fri, next tuesday, in two weeks, 3 dec, 3. Dezember, 3.12., 2026-12-03, …
        today: the date in the reader's zone.
        locale: like "de" or "de-DE"; decides between languages, and lets "3.12" be a day in German.

    Raises:
        DateNotUnderstood: no reading, or more than one.
    """
    days = {day for day in _readings(_plain(text), today, locale) if day is not None}
    if len(days) != 1:
        raise DateNotUnderstood(text)
    return days.pop()


def _readings(plain: str, today: date, locale: str) -> Iterator[date | None]:
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
        yield _dated(int(day), int(month), today, int(year))
    elif found := _DOTTED.fullmatch(plain):
        yield _dated(int(found[1]), int(found[2]), today, _full_year(found[3]))
    elif found := _OPEN_ORDER.fullmatch(plain):
        yield _dated(int(found[1]), int(found[2]), today, _full_year(found[3]))
        if language_of(locale) != "de" or "/" in plain:
            yield _dated(int(found[2]), int(found[1]), today, _full_year(found[3]))
    else:
        yield _spoken(_sentence(plain, locale), today)


def _full_year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) if len(digits) > len("26") else _CENTURY + int(digits)


def _dated(day: int, month: int, today: date, year: int | None = None) -> date | None:
    """That day, without a year the first one not before today; None where the calendar has none."""
    years = (today.year, today.year + 1) if year is None else (year,)
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None


def _sentence(plain: str, locale: str) -> list[_Word]:
    """The words that carry meaning; an unknown word is of the kind "unknown" and fits no sentence."""
    spaced = re.sub(r"(\d\.)(?=[a-z])", r"\1 ", plain)
    words = [_word(piece, locale) for piece in re.split(r"[\s,]+", spaced) if piece]
    return [word for word in words if word[0] != "filler"]


def _word(piece: str, locale: str) -> _Word:
    if found := _DIGITS.fullmatch(piece):
        if found[2]:
            return "ordinal", int(found[1])
        return ("year" if len(found[1]) == len("2026") else "number"), int(found[1])
    return _words(locale).get(piece.rstrip("."), ("unknown", 0))


def _spoken(words: list[_Word], today: date) -> date | None:
    match words:
        case [("offset", days)]:
            return _later(today, relativedelta(days=days))
        case [("weekday", weekday)] | [("next", _), ("weekday", weekday)]:
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        case [("weekday", weekday), *rest]:
            day = _named(rest, today)
            return day if day is not None and day.weekday() == weekday else None
        case [("in", _), *rest]:
            return _distant(rest, today)
        case _:
            return _distant(words, today) or _named(words, today)


def _distant(words: list[_Word], today: date) -> date | None:
    match words:
        case [("number" | "count", count), ("days", days)]:
            return _later(today, relativedelta(days=count * days))
        case [("number" | "count", count), ("months", months)]:
            return _later(today, relativedelta(months=count * months))
    return None


def _later(today: date, distance: relativedelta) -> date | None:
    try:
        return today + distance
    except (OverflowError, ValueError):  # past the year 9999
        return None


def _named(words: list[_Word], today: date) -> date | None:
    match words:
        case [("number" | "ordinal", day), ("month", month)]:
            return _dated(day, month, today)
        case [("month", month), ("number" | "ordinal", day)]:
            return _dated(day, month, today)
        case [("number" | "ordinal", day), ("month", month), ("year", year)]:
            return _dated(day, month, today, year)
        case [("month", month), ("number" | "ordinal", day), ("year", year)]:
            return _dated(day, month, today, year)
    return None


def parse_number(text: str, locale: str = "en") -> Decimal:
    """The number that `text` shows, with decimal comma or point; "12 %" is 12.

    Groups of three digits may be set apart by points, commas, spaces or apostrophes. What could be either
    ("1.234", "1,234") is read as the locale's language writes it.

    Raises:
        NumberNotUnderstood: anything else.
    """
    found = _NUMBER.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split()))
    if found is None:
        raise NumberNotUnderstood(text)
    whole, mark, fraction = _split_at_decimal_mark(found[2], locale)
    if not _WHOLE.fullmatch(whole) or (mark and not fraction.isdecimal()):
        raise NumberNotUnderstood(text)
    minus = "-" if found[1] not in ("", "+") else ""
    return Decimal(minus + re.sub(r"\D", "", whole) + mark + fraction)


def number_text(number: Decimal, locale: str = "en") -> str:
    """The number as `parse_number` reads it back in the same locale: every digit, and no groups of three."""
    digits = format(number, "f")
    return digits.replace(".", ",") if _DECIMAL_COMMA.fullmatch(language_of(locale)) else digits


def _split_at_decimal_mark(digits: str, locale: str) -> tuple[str, str, str]:
    """What stands before the decimal mark, "." if there is one, and what stands after it."""
    marks = re.findall("[.,]", digits)
    if not marks or (len(marks) > 1 and len(set(marks)) == 1):
        return digits, "", ""
    own = "," if _DECIMAL_COMMA.fullmatch(language_of(locale)) else "."
    if _TWO_READINGS.fullmatch(digits) and marks[0] != own:
        return digits, "", ""
    whole, _, fraction = digits.rpartition(marks[-1])
    return whole, ".", fraction
