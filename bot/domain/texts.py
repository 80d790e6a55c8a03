"""What a text from a person must be like to be kept."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.errors import NumberNotUnderstood, TextMissing, TextTooLong

TEXT_LIMIT = 300  # a line
STORY_LIMIT = 2000  # several lines
DIGITS = 20  # no number that people measure has more, and a column holds only so many

BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")  # also what steers a terminal
HALVES = re.compile("[\ud800-\udfff]")  # of a letter that UTF-16 writes in two: no database takes one alone


@dataclass(frozen=True)
class Text:
    """What people may type into a field; it stands with the field, as `Annotated[str, Text(300)]`.

    Args:
        limit: how many characters at most.
        required: whether something must be there wherever the field is asked for.
        found: whether search finds the thing by it, besides by its title.
        opening: words that the form says already and people type all the same; they are left out.
    """

    limit: int
    required: bool = False
    found: bool = False
    opening: re.Pattern[str] | None = None


def legible(text: str) -> str:
    """The text with what can be read and kept: every kind of line break as one, no other control characters."""
    return HALVES.sub("\ufffd", UNSEEN.sub("", BREAKS.sub("\n", text)))


def clean(text: str, limit: int, field: str) -> str:
    """The text without white space around it; TextTooLong over `limit` characters."""
    stripped = legible(text).strip()
    if len(stripped) > limit:
        raise TextTooLong(limit, field=field)
    return stripped


def required(text: str, limit: int, field: str) -> str:
    """Like `clean`, and TextMissing if nothing is left."""
    found = clean(text, limit, field)
    if not found:
        raise TextMissing(field=field)
    return found


def as_meant(text: str) -> str:
    """By which two texts are the same to people: case, surplus spaces and how an accent is stored do not count."""
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


def sane(number: Decimal | None, field: str) -> Decimal | None:
    """The number as it is; NumberNotUnderstood if it has more than DIGITS digits."""
    if number is not None and len(str(number)) > DIGITS:
        raise NumberNotUnderstood(str(number), field=field)
    return number


# A cell that begins so would be run as a formula by spreadsheets (owasp.org/www-community/attacks/CSV_Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - the wide ones count, too


def as_cell(text: str) -> str:
    """The text as it may stand in a cell of a table."""
    return f"'{text}" if text.startswith(FORMULA) else text
