"""What do the interactive elements of a message or view hold?

`state.values` holds an entry for every element that keeps a value, empty ones too, and an entry stays over an update
as long as its block_id and action_id stay (https://docs.slack.dev/reference/interaction-payloads).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.playground.wire import Json

State = dict[str, dict[str, Json]]

# type of the element → (key of its value in state and actions, key of its initial value, whether it takes several)
KEPT: dict[str, tuple[str, str, bool]] = {
    "plain_text_input": ("value", "initial_value", False),
    "number_input": ("value", "initial_value", False),
    "email_text_input": ("value", "initial_value", False),
    "url_text_input": ("value", "initial_value", False),
    "static_select": ("selected_option", "initial_option", False),
    "external_select": ("selected_option", "initial_option", False),
    "radio_buttons": ("selected_option", "initial_option", False),
    "users_select": ("selected_user", "initial_user", False),
    "conversations_select": ("selected_conversation", "initial_conversation", False),
    "channels_select": ("selected_channel", "initial_channel", False),
    "multi_static_select": ("selected_options", "initial_options", True),
    "multi_external_select": ("selected_options", "initial_options", True),
    "checkboxes": ("selected_options", "initial_options", True),
    "multi_users_select": ("selected_users", "initial_users", True),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", True),
    "multi_channels_select": ("selected_channels", "initial_channels", True),
    "datepicker": ("selected_date", "initial_date", False),
    "timepicker": ("selected_time", "initial_time", False),
    "datetimepicker": ("selected_date_time", "initial_date_time", False),
}


@dataclass(frozen=True)
class Placed:
    """An interactive element where it stands."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """The block's id."""
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        """The element's id."""
        return str(self.element.get("action_id", ""))

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element.get("type", ""))

    @property
    def is_input(self) -> bool:
        """Whether it stands in an input block."""
        return self.block.get("type") == "input"

    @property
    def label(self) -> str:
        """The words by which a person knows it."""
        text = self.block.get("label") or self.element.get("text") or self.element.get("placeholder") or {}
        return str(text.get("text", "")) if isinstance(text, dict) else ""


def placed_elements(blocks: list[Any]) -> Iterator[Placed]:
    """Every element with an action_id, in reading order."""
    for block in blocks:
        if not isinstance(block, dict):
            continue
        single = [block.get("element"), block.get("accessory")]
        several = block.get("elements") if block.get("type") in ("actions", "context_actions") else []
        for element in [*single, *(several or [])]:
            if isinstance(element, dict) and "action_id" in element:
                yield Placed(block, element)


def initial_entry(element: Json) -> Json:
    """The entry of a fresh element."""
    key, initial, several = KEPT[element["type"]]
    return {"type": element["type"], key: element.get(initial, [] if several else None)}


def is_empty(entry: Json) -> bool:
    """Whether nothing is chosen or typed."""
    key = KEPT[entry["type"]][0]
    return entry.get(key) in (None, "", [])


def state_of(blocks: list[Any], kept: State) -> State:
    """The state of all elements that keep a value: what a person chose before, or else the initial value."""
    state: State = {}
    for placed in placed_elements(blocks):
        if placed.kind not in KEPT:
            continue
        old = kept.get(placed.block_id, {}).get(placed.action_id)
        entry = old if old and old["type"] == placed.kind else initial_entry(placed.element)
        state.setdefault(placed.block_id, {})[placed.action_id] = entry
    return state


def options_of(element: Json) -> list[Json]:
    """The options of a select, overflow, radio or checkbox element, those in groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group.get("options", [])]
    return [*(element.get("options") or []), *grouped]
