"""What did a person choose or type, given in simple words?

A tester writes a text, a list of texts or an option; here it becomes the entry that Slack's client would send.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from bot.playground.blocks.elements import KEPT, Placed, options_of
from bot.playground.errors import ControlError
from bot.playground.wire import Json
from bot.playground.workspace.rooms import by_name
from bot.playground.workspace.state import State

OPTION_KINDS = frozenset(
    [
        "static_select",
        "multi_static_select",
        "external_select",
        "multi_external_select",
        "radio_buttons",
        "checkboxes",
        "overflow",
    ]
)
CHANNEL_KINDS = frozenset(
    ["channels_select", "multi_channels_select", "conversations_select", "multi_conversations_select"]
)
CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def entry_for(state: State, placed: Placed, raw: Any, offered: list[Json]) -> Json:
    """The entry of `state.values` for a value; raises ControlError when the element cannot hold it."""
    key, _, several = KEPT[placed.kind]
    if raw is None or raw == "":
        return {"type": placed.kind, key: [] if several else None}
    read = reader(state, placed, offered)
    if several:
        items = raw if isinstance(raw, list) else [raw]
        return {"type": placed.kind, key: [read(item) for item in items]}
    if isinstance(raw, list):
        raise refused(placed, raw, "takes one value")
    return {"type": placed.kind, key: read(raw)}


def reader(state: State, placed: Placed, offered: list[Json]) -> Callable[[Any], Any]:
    """How one value of this element is read."""
    kind = placed.kind
    if kind in OPTION_KINDS:
        return lambda raw: option_for(placed, raw, offered)
    if kind in ("users_select", "multi_users_select"):
        return lambda raw: person_for(state, placed, raw)
    if kind in CHANNEL_KINDS:
        return lambda raw: channel_for(state, placed, raw)
    if kind in MOMENTS:
        return lambda raw: MOMENTS[kind](placed, raw)
    return lambda raw: text_for(placed, raw)


def text_for(placed: Placed, raw: Any) -> str:
    """What was typed: a text, or a number as a text."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise refused(placed, raw, "takes a text")
    return str(raw)


def option_for(placed: Placed, raw: Any, offered: list[Json]) -> Json:
    """The option with that value or that visible text."""
    wanted = raw.get("value") if isinstance(raw, dict) else raw
    options = options_of(placed.element) or offered
    by_value = [option for option in options if option.get("value") == wanted]
    by_text = [option for option in options if same(option["text"]["text"], str(wanted))]
    found = by_value or by_text
    if not found:
        there = ", ".join(f"{option['text']['text']} ({option.get('value')})" for option in options)
        raise refused(placed, raw, f"has these options: {there or 'none yet, ask for them with do: options'}")
    return found[0]


def person_for(state: State, placed: Placed, raw: Any) -> str:
    """The id of a person, given as id or as name."""
    wanted = str(raw).removeprefix("@")
    for member in state.members.values():
        if wanted == member.id or same(member.name, wanted) or same(member.real_name, wanted):
            return member.id
    raise refused(placed, raw, "takes a member's id or name")


def channel_for(state: State, placed: Placed, raw: Any) -> str:
    """The id of a conversation, given as id or as name."""
    channel = state.channels.get(str(raw)) or by_name(state, str(raw))
    if channel is None:
        raise refused(placed, raw, "takes a conversation's id or #name")
    return channel.id


def day_for(placed: Placed, raw: Any) -> str:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(str(raw)).isoformat()
    except ValueError:
        raise refused(placed, raw, "takes a day as YYYY-MM-DD") from None


def clock_time_for(placed: Placed, raw: Any) -> str:
    """A time of day as HH:MM."""
    if not CLOCK_TIME.fullmatch(str(raw)):
        raise refused(placed, raw, "takes a time as HH:MM")
    return time.fromisoformat(str(raw)).strftime("%H:%M")


def moment_for(placed: Placed, raw: Any) -> int:
    """A moment in seconds, given so or as ISO text with an offset."""
    if isinstance(raw, int) or str(raw).isdigit():
        return int(raw)
    try:
        moment = datetime.fromisoformat(str(raw))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise refused(placed, raw, "takes seconds, or an ISO time with an offset")
    return int(moment.timestamp())


MOMENTS: dict[str, Callable[[Placed, Any], Any]] = {
    "datepicker": day_for,
    "timepicker": clock_time_for,
    "datetimepicker": moment_for,
}


def same(one: str, other: str) -> bool:
    """Whether two names are the same but for upper and lower case and outer space."""
    return one.strip().casefold() == other.strip().casefold()


def refused(placed: Placed, raw: Any, rule: str) -> ControlError:
    """The refusal of a value."""
    return ControlError("invalid_value", f"{placed.label or placed.action_id} {rule}; got {raw!r}")
