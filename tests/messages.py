"""A message as it goes to Slack: what there is to read in it, and how large it is."""

import json
from typing import Any

from bot.playground.blocks.blocks import check_message_blocks
from bot.playground.blocks.kinds import kept_length
from bot.slack.blocks import Message
from tests.running_app import texts_in

# Slack refuses blocks that are some 13,200 characters of JSON together, with msg_blocks_too_long; it does not say so
# in its documentation.
LARGEST_MESSAGE = 13_000


def shown(message: Message) -> dict[str, Any]:
    """The blocks, checked as strictly as Slack checks them."""
    blocks = [block.to_dict() for block in message.blocks]
    assert check_message_blocks(blocks) == []
    return {"blocks": blocks}


def read(message: Message) -> str:
    return str(shown(message))


def lines(message: Message) -> str:
    """All that a person reads, each label with what stands beside or below it."""
    return "\n".join(texts_in(shown(message)))


def parts(message: Message) -> list[list[dict[str, Any]]]:
    """The blocks, parted where a line stands between them."""
    found: list[list[dict[str, Any]]] = [[]]
    for block in shown(message)["blocks"]:
        if block["type"] == "divider":
            found.append([])
        else:
            found[-1].append(block)
    return found


def size(message: Message) -> int:
    """How many characters Slack counts."""
    written = json.dumps(shown(message)["blocks"], ensure_ascii=False, separators=(",", ":"))
    return kept_length(written)
