"""Numbers as people type them, with decimal comma or point.

Only what has one meaning is read; the rest is refused, so that nobody is held to a number they did not mean.
"""

import re
import unicodedata
from decimal import Decimal

from babel.numbers import get_decimal_symbol

from bot.domain.errors import NumberNotUnderstood
from bot.domain.languages import locale_data

# Babel's own parser knows one way of writing for each locale; people who work in two languages type both.
_NUMBER = re.compile(r"([+\-\u2212\u2013]?) ?([\d.,'\u2019 ]*\d) ?%?")
_WHOLE = re.compile(r"\d*|\d{1,3}([.,'\u2019 ])\d{3}(?:\1\d{3})*")
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def parse_number(text: str, locale: str = "en") -> Decimal:
    """The number that `text` shows, with decimal comma or point; "12 %" is 12.

    Groups of three digits may be set apart by points, commas, spaces or apostrophes. What could be either
    ("1.234", "1,234") is read as it is written where the locale is spoken.

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
    return format(number, "f").replace(".", _decimal_mark(locale))


def _decimal_mark(locale: str) -> str:
    return "," if get_decimal_symbol(locale_data(locale)) == "," else "."


def _split_at_decimal_mark(digits: str, locale: str) -> tuple[str, str, str]:
    """What stands before the decimal mark, "." if there is one, and what stands after it."""
    marks = re.findall("[.,]", digits)
    if not marks or (len(marks) > 1 and len(set(marks)) == 1):
        return digits, "", ""
    if _TWO_READINGS.fullmatch(digits) and marks[0] != _decimal_mark(locale):
        return digits, "", ""
    whole, _, fraction = digits.rpartition(marks[-1])
    return whole, ".", fraction
