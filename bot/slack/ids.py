"""Reading Slack's payloads: who did it, with what, and by which key a second delivery is known."""

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]


def user_of(body: Body) -> str:
    """The Slack user who caused this; "" where there is none."""
    event = body.get("event", {})
    user = body.get("user_id") or body.get("user") or event.get("user") or ""
    return str(user["id"]) if isinstance(user, Mapping) else str(user)


def team_of(body: Body) -> str:
    """The workspace from which this came; "" where only an organisation (E…) or nothing is named."""
    team = body.get("team_id") or body.get("team") or _home_team(body.get("user")) or ""
    team_id = str(team["id"]) if isinstance(team, Mapping) else str(team)
    return "" if team_id.startswith("E") else team_id


def _home_team(user: object) -> object:
    return user.get("team_id") if isinstance(user, Mapping) else None


def once_key(body: Body) -> str:
    """What stays the same when Slack delivers the same thing twice (slack.md, section 3)."""
    if "event_id" in body:
        return f"event:{body['event_id']}"
    if body.get("type") in ("view_submission", "view_closed"):
        return f"view:{body['view']['id']}:{body['view'].get('hash', '')}"
    if body.get("type") == "block_actions":
        action = body["actions"][0]
        return f"action:{user_of(body)}:{action.get('action_ts', '')}:{action['action_id']}"
    return f"trigger:{body.get('trigger_id', '')}"
