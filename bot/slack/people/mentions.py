"""People where they meet for the first time: mentions that we make, inside a sentence of the reader's language.

A mention shows the person's own name and leads to their profile. It is an element of rich text, so nothing that
somebody typed can become one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import RichTextElement

from bot.domain.members import Member
from bot.slack.blocks import person, rich, say
from bot.words import Words

PLACE = re.compile(r"{(\w+)}")


def around(text: str, **elements: Sequence[RichTextElement]) -> Block:
    """A sentence in whose {places} these elements stand; `text` is a translation that was not filled in."""
    return rich(*_filled(text, elements))


def mentions(people: Iterable[Member], words: Words) -> list[RichTextElement]:
    """The people as one phrase of mentions: "@mira and @tom"."""
    elements = {f"p{number}": [person(one.user_id)] for number, one in enumerate(people)}
    return _filled(words.names(f"{{{name}}}" for name in elements), elements)


def _filled(text: str, elements: Mapping[str, Sequence[RichTextElement]]) -> list[RichTextElement]:
    parts: list[RichTextElement] = []
    for number, piece in enumerate(PLACE.split(text)):
        parts += elements[piece] if number % 2 else [say(piece)] if piece else []
    return parts
