"""Which rules of Block Kit look at more than one value?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from bot.playground.blocks.kinds import JsonObject, Rule, fault


def needs_one_of(first: str, second: str, *, both: bool = False) -> Rule:
    """Return the rule that one of two fields is there, and unless `both` may stand together, only one."""

    def rule(value: JsonObject, at: str) -> Iterator[str]:
        there = (first in value) + (second in value)
        if there == 0:
            yield fault(
                f"must define either `{first}` or `{second}`", f"{at}/type" if "type" in value else at
            )
        elif there > 1 and not both:
            yield fault(f"must define only one of `{first}` and `{second}`", at)

    return rule


def _options(value: JsonObject) -> list[JsonObject]:
    groups = value.get("option_groups", [])
    return [*value.get("options", []), *(option for group in groups for option in group["options"])]


def values_differ(value: JsonObject, at: str) -> Iterator[str]:
    """Each option's value is "a unique string value" within its element."""
    counts = Counter(option["value"] for option in _options(value))
    for name, count in counts.items():
        if count > 1:
            yield fault(f'`value` "{name}" already exists', f"{at}/options")


def initial_is_an_option(value: JsonObject, at: str) -> Iterator[str]:
    known = {_face(option) for option in _options(value)}
    if "initial_option" in value and _face(value["initial_option"]) not in known:
        yield fault("must be one of the provided options", f"{at}/initial_option")
    if any(_face(option) not in known for option in value.get("initial_options", [])):
        yield fault("must be one of the provided options", f"{at}/initial_options")


def _face(option: JsonObject) -> tuple[str, str]:
    return option["value"], option["text"]["text"]


def lengths_are_in_order(value: JsonObject, at: str) -> Iterator[str]:
    most = value.get("max_length", 3000)
    if value.get("min_length", 0) > most:
        yield fault(f"must be less than {most + 1}", f"{at}/min_length")


def initial_value_fits(value: JsonObject, at: str) -> Iterator[str]:
    most = value.get("max_length", 3000)
    if len(value.get("initial_value", "")) > most:
        yield fault(f"must be less than {most + 1} characters", f"{at}/initial_value")


def numbers_are_in_order(value: JsonObject, at: str) -> Iterator[str]:
    """A number input's bounds and first value are strings; they are whole unless decimals are allowed."""
    given = {
        name: Decimal(value[name]) for name in ("min_value", "initial_value", "max_value") if name in value
    }
    if not value["is_decimal_allowed"]:
        yield from (
            fault("must be a whole number", f"{at}/{name}")
            for name, number in given.items()
            if number != number.to_integral_value()
        )
    if list(given.values()) != sorted(given.values()):
        yield fault("must be between `min_value` and `max_value`", f"{at}/{next(iter(given))}")


def ids_are_unique(blocks: Sequence[JsonObject], at: str) -> Iterator[str]:
    """No block_id twice in a message or view, no action_id twice in one block."""
    seen: set[object] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield fault(f'`block_id` "{block_id}" already exists', f"{at}/{index}/block_id")
        seen |= {block_id} - {None}
        yield from _action_ids_are_unique(block, f"{at}/{index}")


def _action_ids_are_unique(block: JsonObject, at: str) -> Iterator[str]:
    seen: set[object] = set()
    for place, element in elements(block):
        action_id = element.get("action_id")
        if action_id in seen:
            yield fault(f'`action_id` "{action_id}" already exists', f"{at}/{place}/action_id")
        seen |= {action_id} - {None}


def elements(block: JsonObject) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the elements of a block that is well formed, each with its pointer inside the block."""
    for name in ("accessory", "element"):
        if name in block:
            yield name, block[name]
    if block["type"] == "actions":
        yield from ((f"elements/{index}", element) for index, element in enumerate(block["elements"]))


def one_element_has_focus(blocks: Sequence[JsonObject], at: str) -> Iterator[str]:
    """Only one element of a view or message may set `focus_on_load`."""
    focused = [
        f"{at}/{index}/{place}/focus_on_load"
        for index, block in enumerate(blocks)
        for place, element in elements(block)
        if element.get("focus_on_load")
    ]
    yield from (fault("only one element can set `focus_on_load`", place) for place in focused[1:])


def inputs_have_submit(view: JsonObject, at: str) -> Iterator[str]:
    if view["type"] == "modal" and "submit" not in view:
        for index, block in enumerate(view["blocks"]):
            if block["type"] == "input":
                yield fault(
                    "must define `submit` to use an `input` block in modals", f"{at}/blocks/{index}/input"
                )
