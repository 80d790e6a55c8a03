"""Who and what does a tester mean, and what is there instead if nothing fits?"""

from typing import Any

from bot.playground.blocks.elements import KEPT, Placed, placed_elements
from bot.playground.errors import ControlError
from bot.playground.person.choices import same
from bot.playground.wire import Json
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message
from bot.playground.workspace.rooms import by_name, open_direct, rooms_of, with_app
from bot.playground.workspace.state import State
from bot.playground.workspace.users import Member
from bot.playground.workspace.views import View


def named_member(state: State, wanted: str) -> Member | None:
    """A member by id or name."""
    wanted = wanted.removeprefix("@")
    found = state.members.get(wanted)
    people = state.members.values()
    return found or next((each for each in people if wanted and same(each.name, wanted)), None)


def person(state: State, wanted: Any) -> Member:
    """A person whom a tester can act as."""
    member = named_member(state, str(wanted or ""))
    if member is None or not member.is_person:
        people = ", ".join(
            f"{each.name} {each.id}" for each in list(state.members.values())[:20] if each.is_person
        )
        raise ControlError("unknown_member", f"as must be one of {people}")
    return member


def room(state: State, member: Member, wanted: Any) -> Channel:
    """A conversation that this person is in: an id, #name, @name, or nothing for the one with the app."""
    text = str(wanted or "")
    if not text:
        return with_app(state, member.id)
    other = named_member(state, text)
    if other is not None:
        return open_direct(state, [other.id, member.id])
    channel = state.channels.get(text) or by_name(state, text)
    if channel is None or member.id not in channel.members:
        there = ", ".join(f"#{each.name} {each.id}" for each in rooms_of(state, member.id)[:20])
        raise ControlError("channel_not_found", f"{member.name} is in {there}")
    return channel


def message(channel: Channel, member: Member, ts: Any) -> Message:
    """A message that this person sees."""
    found = channel.messages.get(str(ts or ""))
    if found is None or not found.seen_by(member.id):
        there = ", ".join(list(channel.messages)[-5:])
        raise ControlError(
            "message_not_found", f"ts must be that of a message in {channel.id}; the last are {there}"
        )
    return found


def modal(state: State, member: Member, view_id: Any) -> View:
    """The form that this person has on top; without an id, whichever it is."""
    top = state.views.top(member.id)
    if top is None:
        raise ControlError("view_not_found", f"{member.name} has no form open")
    if view_id and view_id != top.id:
        raise ControlError("view_not_found", f"the form on top is {top.id} ({title(top)})")
    return top


def title(view: View) -> str:
    """A view's title in words."""
    words = view.content.get("title") or {}
    return str(words.get("text", view.content["type"]))


def surface(state: State, member: Member, body: Json) -> View | Message:
    """Where a click happens: a view or Home by `view_id`, or a message by `channel` and `ts`."""
    if body.get("ts"):
        return message(room(state, member, body.get("channel")), member, body["ts"])
    home = state.views.homes.get(member.id)
    if home is not None and body.get("view_id") in (home.id, "home"):
        return home
    return modal(state, member, body.get("view_id"))


def blocks_of(where: View | Message) -> list[Any]:
    """The blocks of a view or message."""
    blocks: list[Any] = where.content["blocks"] if isinstance(where, View) else where.blocks
    return blocks


def element(where: View | Message, body: Json) -> Placed:
    """The element with that action_id, and block_id where the first is not enough."""
    everything = list(placed_elements(blocks_of(where)))
    found = [placed for placed in everything if placed.action_id == body.get("action_id")]
    if body.get("block_id"):
        found = [placed for placed in found if placed.block_id == body["block_id"]]
    there = ", ".join(described(placed) for placed in everything) or "nothing to click"
    if not found:
        raise ControlError("unknown_action", f"action_id must be one of: {there}")
    if len(found) > 1:
        raise ControlError("ambiguous_action", f"give block_id as well; there is {there}")
    return found[0]


def described(placed: Placed) -> str:
    """An element in words for a hint."""
    return f"{placed.action_id} ({placed.kind} {placed.label!r}, block_id {placed.block_id})"


def input_named(view: View, name: str) -> Placed:
    """The input with that block_id, or else with that label or action_id."""
    inputs = [each for each in placed_elements(view.content["blocks"]) if each.is_input and each.kind in KEPT]
    by_block = [placed for placed in inputs if placed.block_id == name]
    found = by_block or [placed for placed in inputs if same(placed.label, name) or placed.action_id == name]
    there = ", ".join(f"{placed.label!r} (block_id {placed.block_id}, {placed.kind})" for placed in inputs)
    if not found:
        raise ControlError("unknown_input", f"no input {name!r}; the form has {there or 'none'}")
    if len(found) > 1:
        raise ControlError("ambiguous_input", f"{name!r} fits several inputs, give the block_id: {there}")
    return found[0]
