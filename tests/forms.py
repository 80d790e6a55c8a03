"""A form as somebody fills it in: what Slack would send, and what there is to read in it."""

from typing import Any

from slack_sdk.models.views import View

from bot.playground.blocks.blocks import check_view
from bot.playground.blocks.elements import KEPT, options_of, placed_elements, state_of
from bot.slack.forms import Values

Json = dict[str, Any]


def drawn(view: View) -> Json:
    """The view as it goes to Slack, checked as strictly as Slack checks it."""
    found: Json = view.to_dict()
    assert check_view(found) == []
    return found


def sent(view: View, **typed: object) -> Values:
    """What comes back when these fields (by block_id) are filled in and the others are left as they are."""
    shown = drawn(view)
    state = state_of(shown["blocks"], {})
    places = {placed.block_id: placed for placed in placed_elements(shown["blocks"])}
    for block_id, value in typed.items():
        element = places[block_id].element
        key, _, several = KEPT[element["type"]]
        state[block_id][element["action_id"]][key] = _chosen(element, value, several=several)
    return Values({**shown, "state": {"values": state}})


def required(view: View) -> list[str]:
    """The block_ids of the fields that must be filled in and are empty when the form opens."""
    state = sent(view)
    inputs = [block for block in drawn(view)["blocks"] if block["type"] == "input" and not block["optional"]]
    return [block["block_id"] for block in inputs if block["block_id"] in state.view["state"]["values"]]


def action_ids(content: Json) -> list[str]:
    """Everything to press or choose, in reading order."""
    return [placed.action_id for placed in placed_elements(content["blocks"])]


def field_ids(content: Json) -> list[str]:
    """The block_ids of the fields, in their order."""
    return [block["block_id"] for block in content["blocks"] if block["type"] == "input"]


def carried(content: Json) -> dict[str, str]:
    """What each button carries, by its action_id: the id of what it acts on."""
    elements = [placed.element for placed in placed_elements(content["blocks"])]
    return {each["action_id"]: str(each.get("value", "")) for each in elements if each["type"] == "button"}


def last_text(view: View) -> str:
    """What the form says at its end, where it stands who will see it."""
    block = drawn(view)["blocks"][-1]
    assert block["type"] == "context"
    return str(block["elements"][0]["text"])


def _chosen(element: Json, value: object, *, several: bool) -> object:
    offered = {option["value"]: option for option in options_of(element)}
    if not offered:
        return value
    if several:
        return [offered[one] for one in value]  # type: ignore[attr-defined]  # several are given as a list
    return offered[str(value)]
