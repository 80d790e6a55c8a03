"""What a text from a person must be like to be kept."""

from bot.domain.errors import TextMissing, TextTooLong


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
