"""Reading Slack's payloads: who did it, with what, and by which key a second delivery is known."""

from collections.abc import Mapping
from typing import Any, TypeVar

from bot.domain.errors import NotOurs
from bot.domain.texts import legible

Body = Mapping[str, Any]
Payload = TypeVar("Payload")

LARGEST_ID = 2**63 - 1  # that a column holds


def cleaned(payload: Payload) -> Payload:
    """The payload with legible texts throughout: the one door through which everything from Slack comes in."""
    found: Any = payload
    if isinstance(found, str):
        found = legible(found)
    elif isinstance(found, list):
        found = [cleaned(item) for item in found]
    elif isinstance(found, Mapping):
        found = {name: cleaned(item) for name, item in found.items()}
    return found  # type: ignore[no-any-return]  # what comes in goes out


def id_in(written: object) -> int:
    """The number that a button, an option or a form carries. Raises NotOurs for anything else."""
    text = str(written)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))):
        raise NotOurs("id")
    if (found := int(text)) > LARGEST_ID:
        raise NotOurs("id")
    return found


def chosen_in(action: Mapping[str, Any]) -> str:
    """What was chosen in a menu."""
    return str(part_of(action, "selected_option").get("value") or "")


def action_of(body: Body) -> Mapping[str, Any]:
    """What was pressed or chosen. Raises NotOurs for a call that names nothing."""
    pressed = body.get("actions")
    if not (isinstance(pressed, list) and pressed and isinstance(pressed[0], Mapping)):
        raise NotOurs("action")
    return pressed[0]


def part_of(payload: object, name: str) -> Mapping[str, Any]:
    """A part of a payload that has parts of its own; empty where there is none."""
    found = payload.get(name) if isinstance(payload, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def user_of(body: Body) -> str:
    """The Slack user who caused this; "" where there is none."""
    user = body.get("user_id") or body.get("user") or part_of(body, "event").get("user") or ""
    return str(user.get("id") or "") if isinstance(user, Mapping) else str(user)


def team_of(body: Body) -> str:
    """The workspace from which this came; "" where only an organisation (E…) or nothing is named."""
    team = body.get("team_id") or body.get("team") or _home_team(body.get("user")) or ""
    team_id = str(team.get("id") or "") if isinstance(team, Mapping) else str(team)
    return "" if team_id.startswith("E") else team_id


def _home_team(user: object) -> object:
    return user.get("team_id") if isinstance(user, Mapping) else None


def idempotency_key(body: Body) -> str:
    """What stays the same when Slack delivers the same thing twice (slack.md, section 3)."""
    if "event_id" in body:
        return f"event:{body['event_id']}"
    if body.get("type") in ("view_submission", "view_closed"):
        view = part_of(body, "view")
        return f"view:{view.get('id', '')}:{view.get('hash', '')}"
    if body.get("type") == "block_actions":
        action = action_of(body)
        return f"action:{user_of(body)}:{action.get('action_ts', '')}:{action.get('action_id', '')}"
    return f"trigger:{body.get('trigger_id', '')}"
