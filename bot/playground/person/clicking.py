"""A person clicks, chooses, submits, closes and opens: what happens?"""

from typing import Any

from bot.playground.app import payloads
from bot.playground.app.delivery import Parcel
from bot.playground.app.submissions import answer_submission
from bot.playground.blocks.elements import KEPT, Placed, State
from bot.playground.errors import ControlError
from bot.playground.person import lookup
from bot.playground.person.checks import client_errors
from bot.playground.person.choices import entry_for, option_for
from bot.playground.person.outcome import Outcome
from bot.playground.services import Services
from bot.playground.wire import Json
from bot.playground.workspace.messages import Message
from bot.playground.workspace.users import Member
from bot.playground.workspace.views import View

# The words under which a tester may give what was chosen.
VALUE_KEYS = [
    "value",
    "option",
    "options",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_channel",
    "selected_channels",
    "selected_conversation",
    "selected_conversations",
    "selected_date",
    "selected_time",
    "selected_date_time",
]


async def click(services: Services, member: Member, body: Json) -> Outcome:
    """do: click."""
    state = services.state
    where = lookup.surface(state, member, body)
    placed = lookup.element(where, body)
    keep_typed(services, where, body.get("values"))
    chosen = choose(services, member, where, placed, body)
    if placed.is_input and not placed.block.get("dispatch_action"):
        return Outcome()
    action = payloads.action_of(placed, chosen, state.ts())
    payload = payloads.block_action(state, member, action, where)
    receipt = await services.courier.deliver(Parcel("interactive", "block_actions", payload))
    return Outcome([receipt], trouble=not receipt.acked)


def keep_typed(services: Services, where: View | Message, typed: Any) -> None:
    """What stands in the inputs of a view while something else in it is clicked, by block_id or label."""
    if isinstance(where, View) and isinstance(typed, dict):
        where.values = filled(services, where, typed)


def choose(services: Services, member: Member, where: View | Message, placed: Placed, body: Json) -> Json:
    """What the click carries; a choice is kept in the view's or message's state."""
    raw = next((body[key] for key in VALUE_KEYS if key in body), None)
    if placed.kind == "overflow":
        return {"selected_option": option_for(placed, raw, [])}
    if placed.kind not in KEPT:
        return {"value": placed.element["value"]} if "value" in placed.element else {}
    entry = entry_for(services.state, placed, raw, offered_for(services, where, placed))
    kept = where.values if isinstance(where, View) else where.values.setdefault(member.id, {})
    kept.setdefault(placed.block_id, {})[placed.action_id] = entry
    services.state.changes.touch([member.id])
    return {key: value for key, value in entry.items() if key != "type"}


def offered_for(services: Services, where: View | Message, placed: Placed) -> list[Json]:
    """The options that an external select can hold: all that the app has offered, and what is chosen already."""
    offered = services.state.content.offered.get(offer_key(where, placed), [])
    if not isinstance(where, View):
        return offered
    entry = where.values.get(placed.block_id, {}).get(placed.action_id, {})
    return [*offered, *(entry.get("selected_options") or []), *filter(None, [entry.get("selected_option")])]


def offer_key(where: View | Message, placed: Placed) -> tuple[str, str, str]:
    """Where an offer of options belongs."""
    return where.id if isinstance(where, View) else where.ts, placed.block_id, placed.action_id


async def submit(services: Services, member: Member, body: Json) -> Outcome:
    """do: submit."""
    state = services.state
    view = lookup.modal(state, member, body.get("view_id"))
    if not view.content.get("submit"):
        raise ControlError("no_submit", f"{lookup.title(view)} has no submit button")
    view.values = filled(services, view, body.get("values") or {})
    errors = client_errors(view, view.values)
    if errors:
        return Outcome(errors=errors)
    payload = payloads.submission(state, member, view)
    parcel = Parcel("interactive", "view_submission", payload, accepts_payload=True)
    receipt = await services.courier.deliver(parcel)
    if not receipt.acked:
        return Outcome([receipt], trouble=True)
    verdict = answer_submission(state, view, receipt.answer)
    bad_answer = bool(verdict.app_errors) and not verdict.errors
    return Outcome([receipt], verdict.errors, verdict.app_errors, trouble=bad_answer)


def filled(services: Services, view: View, values: Any) -> State:
    """The form's state with what the tester typed; inputs that are not named keep their value."""
    if not isinstance(values, dict):
        raise ControlError(
            "invalid_values", "values is an object: block_id or label, and what is typed there"
        )
    state = {block_id: dict(entries) for block_id, entries in view.values.items()}
    for name, raw in values.items():
        placed = lookup.input_named(view, name)
        entry = entry_for(services.state, placed, simple(raw, placed), offered_for(services, view, placed))
        state[placed.block_id][placed.action_id] = entry
    return state


def simple(raw: Any, placed: Placed) -> Any:
    """The value itself where a tester wrote it as Slack's state has it, by action_id or as an entry."""
    if isinstance(raw, dict) and set(raw) == {placed.action_id}:
        raw = raw[placed.action_id]
    key = KEPT[placed.kind][0]
    return raw[key] if isinstance(raw, dict) and key in raw and "text" not in raw else raw


async def close(services: Services, member: Member, body: Json) -> Outcome:
    """do: close; with `clear` the whole stack goes."""
    state = services.state
    view = lookup.modal(state, member, body.get("view_id"))
    cleared = bool(body.get("clear") or view.content.get("clear_on_close"))
    gone = state.views.stack(member.id)[::-1] if cleared else [view]
    told = [each for each in gone if each.content.get("notify_on_close")]
    parcels = [
        Parcel("interactive", "view_closed", payloads.closed(state, member, each, cleared=cleared))
        for each in told
    ]
    state.views.close(gone[-1])
    state.changes.touch([member.id])
    return Outcome([await services.courier.deliver(parcel) for parcel in parcels])


async def shortcut(services: Services, member: Member, body: Json) -> Outcome:
    """do: shortcut."""
    callback_id = declared_shortcut(services, body, "global")
    payload = payloads.shortcut(services.state, member, callback_id)
    receipt = await services.courier.deliver(Parcel("interactive", "shortcut", payload))
    return Outcome([receipt], trouble=not receipt.acked)


async def message_shortcut(services: Services, member: Member, body: Json) -> Outcome:
    """do: message_shortcut."""
    callback_id = declared_shortcut(services, body, "message")
    channel = lookup.room(services.state, member, body.get("channel"))
    message = lookup.message(channel, member, body.get("ts"))
    payload = payloads.message_shortcut(services.state, member, callback_id, message)
    receipt = await services.courier.deliver(Parcel("interactive", "message_action", payload))
    return Outcome([receipt], trouble=not receipt.acked)


def declared_shortcut(services: Services, body: Json, kind: str) -> str:
    """A shortcut's callback_id, as the manifest declares it."""
    shortcuts = services.state.manifest.shortcuts
    known = [callback_id for callback_id, each in shortcuts.items() if each["type"] == kind]
    if body.get("callback_id") not in known:
        raise ControlError("unknown_shortcut", f"the manifest declares {', '.join(known) or 'none'}")
    return str(body["callback_id"])


async def options(services: Services, member: Member, body: Json) -> Outcome:
    """do: options; what an external select offers for a query."""
    state = services.state
    where = lookup.surface(state, member, body)
    placed = lookup.element(where, body)
    payload = payloads.suggestion(state, member, placed, str(body.get("query") or ""), where)
    parcel = Parcel("interactive", "block_suggestion", payload, accepts_payload=True)
    receipt = await services.courier.deliver(parcel)
    answer = receipt.answer
    grouped = [option for group in answer.get("option_groups") or [] for option in group.get("options", [])]
    offered = [*(answer.get("options") or []), *grouped]
    state.content.offered.setdefault(offer_key(where, placed), []).extend(offered)
    more = {"options": offered, "option_groups": answer.get("option_groups") or []}
    return Outcome([receipt], trouble=not receipt.acked, more=more)


async def open_home(services: Services, member: Member, body: Json) -> Outcome:
    """do: open_home; `tab` is home, or messages."""
    state = services.state
    home = state.views.homes.get(member.id)
    event: Json = {
        "type": "app_home_opened",
        "user": member.id,
        "channel": lookup.room(state, member, None).id,
        "tab": str(body.get("tab") or "home"),
    }
    if home is not None and event["tab"] == "home":
        event["view"] = payloads.shown_view(state, home)
    return Outcome(await services.events.tell("app_home_opened", event))
