"""The words of a message that somebody points at, also of apps whose posts are made of blocks or attachments.

They come as Slack's markup, with mentions as `<@U…>`; `bot.slack.typed` makes them readable. What has another shape
than Slack's pages describe has no words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.slack.payloads import part_of

Part = Mapping[str, Any]


def words_of(message: Part) -> str:
    """What there is to read in a message; of a message without any words the names of its files."""
    said = _str(message, "text")
    if not said or message.get("bot_id"):  # an app's text is often only the short form of its blocks
        said = _joined(map(_block, _parts(message, "blocks"))) or said
    attached = list(_parts(message, "attachments"))
    own = [_attachment(one) for one in attached if not one.get("from_url")]
    if found := _joined([said, *own], "\n\n"):
        return found
    # What is left are previews of links and messages that were passed on without a word.
    return _joined(map(_attachment, attached), "\n\n") or _joined(map(_file, _parts(message, "files")))


def _block(block: Part) -> str:
    read = BLOCKS.get(str(block.get("type")))
    return read(block) if read else ""


def _text_in(block: Part) -> str:
    """The text of a block, which is an object in most and plain in some."""
    return _str(part_of(block, "text"), "text") or _str(block, "text")


def _table_row(row: object) -> str:
    cells = [cell for cell in row if isinstance(cell, Mapping)] if isinstance(row, list) else []
    return _joined((_str(cell, "text") or _rich_text(cell) for cell in cells), " | ")


def _rich_text(block: Part) -> str:
    return _joined(map(_rich, _parts(block, "elements")))


def _section(block: Part) -> str:
    return _joined([_text_in(block), *(_str(field, "text") for field in _parts(block, "fields"))])


def _context(block: Part) -> str:
    return _joined((_str(element, "text") for element in _parts(block, "elements")), " ")


def _picture(block: Part) -> str:
    return _str(part_of(block, "title"), "text") or _str(block, "alt_text")


def _table(block: Part) -> str:
    return _joined(map(_table_row, _list(block, "rows")))


def _rich(element: Part) -> str:
    """https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""
    match element.get("type"):
        case "rich_text_list":
            return "\n".join(_items(element))
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _run(element).splitlines())
    return _run(element)


def _items(element: Part) -> Iterator[str]:
    ordered, indent = element.get("style") == "ordered", element.get("indent")
    space = "  " * min(indent, 8) if isinstance(indent, int) else ""
    for number, item in enumerate(_parts(element, "elements"), 1):
        yield f"{space}{f'{number}.' if ordered else '•'} {_run(item)}"


def _run(element: Part) -> str:
    return "".join(_piece(part) for part in _parts(element, "elements"))


PIECES: dict[str, Callable[[Part], str]] = {
    "text": lambda part: _str(part, "text"),
    "link": lambda part: _str(part, "text") or _str(part, "url"),
    "emoji": lambda part: f":{_str(part, 'name')}:",
    "user": lambda part: f"<@{_str(part, 'user_id')}>",
    "channel": lambda part: f"<#{_str(part, 'channel_id')}>",
    "usergroup": lambda part: f"<!subteam^{_str(part, 'usergroup_id')}>",
    "broadcast": lambda part: f"@{_str(part, 'range')}",
    "date": lambda part: _str(part, "fallback"),
    "color": lambda part: _str(part, "value"),
}


# https://docs.slack.dev/reference/block-kit/blocks; what is only pressed says nothing.
BLOCKS: dict[str, Callable[[Part], str]] = {
    "section": _section,
    "header": _text_in,
    "markdown": _text_in,
    "context": _context,
    "rich_text": _rich_text,
    "image": _picture,
    "video": _picture,
    "table": _table,
}


def _piece(part: Part) -> str:
    read = PIECES.get(str(part.get("type")))
    return read(part) if read else ""


def _attachment(attachment: Part) -> str:
    """https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments."""
    told = [_str(attachment, name) for name in ("pretext", "title", "text")]
    told += [
        _joined((_str(field, "title"), _str(field, "value")), ": ") for field in _parts(attachment, "fields")
    ]
    told += map(_block, _parts(attachment, "blocks"))
    return _joined(told) or _str(attachment, "fallback")


def _file(file: Part) -> str:
    return _str(file, "title") or _str(file, "name")


def _joined(texts: Iterable[str], between: str = "\n") -> str:
    return between.join(text for text in texts if text)


def _list(part: Part, name: str) -> list[Any]:
    found = part.get(name)
    return found if isinstance(found, list) else []


def _parts(part: Part, name: str) -> Iterator[Part]:
    return (one for one in _list(part, name) if isinstance(one, Mapping))


def _str(part: Part, name: str) -> str:
    found = part.get(name)
    return found.strip("\n") if isinstance(found, str) else ""
