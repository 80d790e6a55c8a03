"""Would Slack take these blocks, and which ids would it give them?

The check is stricter than slack_sdk's own models, which let empty texts, unknown attributes and
long options pass.
"""

import json
import secrets
import string
from collections.abc import Iterator
from typing import Any, Final

from bot.playground.blocks.charts import few_charts
from bot.playground.blocks.kinds import Items
from bot.playground.blocks.rules import elements, ids_are_unique, inputs_have_submit, one_element_has_focus
from bot.playground.blocks.tables import BLOCKS, INTERACTIVE, VIEWS

MESSAGE_BLOCKS: Final = Items(BLOCKS["message"], 50, least=0)
WITHOUT_CHARTS: Final = Items(BLOCKS["message without charts"], 50, least=0)
ID_CHARACTERS: Final = string.ascii_letters + string.digits + "+/="
ID_LENGTH: Final = 5


def check_message_blocks(blocks: object, *, charts: bool = True) -> list[str]:
    """Return what Slack would say of a message's blocks (`invalid_blocks`); nothing if they are fine.

    Args:
        charts: whether the workspace takes them.
    """
    faults = list((MESSAGE_BLOCKS if charts else WITHOUT_CHARTS).check(blocks, "/blocks"))
    if faults or not isinstance(blocks, list):
        return faults
    return [*_across(blocks, "/blocks"), *few_charts(blocks, "/blocks")]


def check_view(view: object) -> list[str]:
    """Return what Slack would say of a modal or an App Home (`invalid_arguments`); nothing if it is fine."""
    faults = list(VIEWS.check(view, "/view"))
    if faults or not isinstance(view, dict):
        return faults
    return [*inputs_have_submit(view, "/view"), *_across(view["blocks"], "/view/blocks")]


def _across(blocks: list[dict[str, Any]], at: str) -> Iterator[str]:
    yield from ids_are_unique(blocks, at)
    yield from one_element_has_focus(blocks, at)


def assign_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a deep copy in which each block has a block_id and each interactive element an action_id.

    What is missing gets five random characters, as in Slack; what is there stays.
    """
    # By way of JSON, because a deep copy keeps one object for two blocks where the caller used one twice.
    filled: list[dict[str, Any]] = json.loads(json.dumps(blocks))
    taken = {block["block_id"] for block in filled if "block_id" in block}
    for block in filled:
        if "block_id" not in block:
            block["block_id"] = _fresh(taken)
        _assign_action_ids(block)
    return filled


def _assign_action_ids(block: dict[str, Any]) -> None:
    found = [element for _, element in elements(block) if element["type"] in INTERACTIVE]
    taken = {element["action_id"] for element in found if "action_id" in element}
    for element in found:
        if "action_id" not in element:
            element["action_id"] = _fresh(taken)


def _fresh(taken: set[str]) -> str:
    while True:
        made = "".join(secrets.choice(ID_CHARACTERS) for _ in range(ID_LENGTH))
        if made not in taken:
            taken.add(made)
            return made
