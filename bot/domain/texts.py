"""What a text from a person must be like to be kept."""

from decimal import Decimal

from bot.domain.errors import NumberNotUnderstood, TextMissing, TextTooLong

TEXT_LIMIT = 300  # a line
STORY_LIMIT = 2000  # several lines
DIGITS = 20  # no number that people measure has more, and a column holds only so many


def clean(text: str, limit: int, field: str) -> str:
    """The text without white space around it; TextTooLong over `limit` characters."""
    stripped = text.replace("\x00", "").strip()
    if len(stripped) > limit:
        raise TextTooLong(limit, field=field)
    return stripped


def required(text: str, limit: int, field: str) -> str:
    """Like `clean`, and TextMissing if nothing is left."""
    found = clean(text, limit, field)
    if not found:
        raise TextMissing(field=field)
    return found


def sane(number: Decimal | None, field: str) -> Decimal | None:
    """The number as it is; NumberNotUnderstood if it has more than DIGITS digits."""
    if number is not None and len(str(number)) > DIGITS:
        raise NumberNotUnderstood(str(number), field=field)
    return number
