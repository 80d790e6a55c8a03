"""How is a long list handed out in pages?

A cursor names the item that comes next, as in Slack, where it is `user:U061NFTT2` in base64: what is added to the
list in the meantime shifts nothing.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.playground.errors import SlackError
from bot.playground.wire import Arguments, Json

T = TypeVar("T")
LARGEST = 1000


def page_of(
    items: Sequence[T], args: Arguments, default: int, name: Callable[[T], str]
) -> tuple[Sequence[T], Json]:
    """One page of a list by `limit` and `cursor`, and the answer's metadata; `name` tells items apart."""
    limit = args.number("limit", default, "invalid_limit")
    if limit < 0 or limit > LARGEST:
        raise SlackError("invalid_limit")
    start = start_of(args.text("cursor"), [name(item) for item in items])
    end = start + (limit or default)
    following = cursor_at(name(items[end])) if end < len(items) else ""
    return items[start:end], {"response_metadata": {"next_cursor": following}}


def cursor_at(name: str) -> str:
    """The cursor that leads to an item."""
    return base64.b64encode(f"next:{name}".encode()).decode()


def start_of(cursor: str, names: list[str]) -> int:
    """The place of the item that a cursor leads to; refused when there is none."""
    if not cursor:
        return 0
    try:
        word, _, name = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None
    if word != "next" or name not in names:
        raise SlackError("invalid_cursor")
    return names.index(name)
