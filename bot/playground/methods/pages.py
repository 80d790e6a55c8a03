"""How is a long list handed out in pages?"""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.playground.errors import SlackError
from bot.playground.wire import Arguments, Json

T = TypeVar("T")
LARGEST = 1000


def page_of(items: Sequence[T], args: Arguments, default: int) -> tuple[Sequence[T], Json]:
    """One page of a list by `limit` and `cursor`, and the answer's metadata with the next cursor."""
    limit = args.number("limit", default, "invalid_limit")
    if limit < 0 or limit > LARGEST:
        raise SlackError("invalid_limit")
    limit = limit or default
    start = start_of(args.text("cursor"))
    end = start + limit
    following = cursor_at(end) if end < len(items) else ""
    return items[start:end], {"response_metadata": {"next_cursor": following}}


def cursor_at(place: int) -> str:
    """The cursor of a place in the list, as opaque as Slack's."""
    return base64.b64encode(f"next:{place}".encode()).decode()


def start_of(cursor: str) -> int:
    """The place of a cursor; refused when it is none of ours."""
    if not cursor:
        return 0
    try:
        word, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next":
            return int(place)
    except (binascii.Error, ValueError):
        pass
    raise SlackError("invalid_cursor")
