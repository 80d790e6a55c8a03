"""How much room a text takes at Slack, and how it is cut where it takes more than there is."""

import json
from collections.abc import Iterator, Sequence
from html import escape as html_escape
from itertools import accumulate, takewhile
from typing import Any

from slack_sdk.models.blocks import Block, RichTextElementParts, RichTextSectionElement

# Slack refuses a message whose blocks are some 13,200 characters of JSON together, with msg_blocks_too_long; it does
# not say so in its documentation (github.com/slackapi/bolt-js/issues/2509).
LARGEST_MESSAGE = 13_000
SHORTEST = 40  # a text is not cut below this: then it is not the texts that take the room


def escape(text: str) -> str:
    """Text in which Slack finds no mention, link or channel (docs.slack.dev/messaging/formatting-message-text)."""
    return html_escape(text, quote=False)


def fit(text: str, limit: int) -> str:
    """At most `limit` characters as Slack counts them: it keeps "<" as "&lt;", which takes four."""
    if len(text) <= limit and len(escape(text)) <= limit:
        return text
    sizes = accumulate(len(escape(letter)) for letter in text)
    room = sum(1 for _ in takewhile(lambda size: size < limit, sizes))
    return text[:room].rstrip() + "…"


def fits(blocks: Sequence[Block]) -> bool:
    """Whether Slack takes a message of these blocks as a whole."""
    return _size(blocks) <= LARGEST_MESSAGE


def make_room(blocks: Sequence[Block]) -> None:
    """Cut the longest texts of a message until Slack takes it as a whole."""
    if fits(blocks):
        return
    _cut(blocks)
    if not fits(blocks):  # hundreds of emoji, each of which takes the room of a sentence
        for section in (section for block in blocks for section in _sections(block)):
            section.elements = list(_without_emoji(section.elements))
        _cut(blocks)


def _cut(blocks: Sequence[Block]) -> None:
    limit = max((len(escape(holder.text)) for block in blocks for holder in _texts(block)), default=0)
    while not fits(blocks) and limit > SHORTEST:
        limit = limit * 3 // 4
        for holder in (holder for block in blocks for holder in _texts(block)):
            holder.text = fit(holder.text, limit)


def _sections(part: Any) -> Iterator[RichTextSectionElement]:
    for inner in getattr(part, "elements", None) or ():
        if isinstance(inner, RichTextSectionElement):
            yield inner


def _without_emoji(elements: Sequence[Any]) -> Iterator[Any]:
    """The same with emoji as people type them, and what stands beside them in one text."""
    text = ""
    for part in elements:
        if isinstance(part, RichTextElementParts.Emoji):
            text += f":{part.name}:"
        elif isinstance(part, RichTextElementParts.Text) and part.style is None:
            text += part.text
        else:
            yield from [RichTextElementParts.Text(text=text)] if text else []
            yield part
            text = ""
    yield from [RichTextElementParts.Text(text=text)] if text else []


def _size(blocks: Sequence[Block]) -> int:
    """How many characters Slack counts."""
    written = json.dumps([block.to_dict() for block in blocks], ensure_ascii=False, separators=(",", ":"))
    return len(escape(written))


def _texts(part: Any) -> Iterator[Any]:
    """Everything in a block that holds a text of its own, buttons and menus left out."""
    if isinstance(getattr(part, "text", None), str):
        yield part
    for inner in (getattr(part, "text", None), *(getattr(part, "elements", None) or ())):
        if inner is not None and not isinstance(inner, str) and not hasattr(inner, "action_id"):
            yield from _texts(inner)
