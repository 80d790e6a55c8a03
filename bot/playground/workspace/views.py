"""Which forms and Home pages are open, for whom, and how do they change?"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.playground.blocks import blocks
from bot.playground.blocks.elements import State, state_of
from bot.playground.errors import SlackError, invalid_arguments
from bot.playground.wire import Json

LARGEST_BYTES = 250_000
HIGHEST_STACK = 3


@dataclass
class View:
    """A modal or a Home page; `content` is what the app sent, `values` what the person typed since."""

    id: str
    user_id: str
    content: Json
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    values: State = field(default_factory=dict)
    revision: int = 0

    @property
    def external_id(self) -> str:
        """The app's own id for the view, empty when there is none."""
        return str(self.content.get("external_id") or "")

    def replace(self, content: Json, new_hash: str) -> None:
        """Show something else under the same id; what was typed stays where block_id and action_id stay."""
        self.content = content
        self.hash = new_hash
        self.values = state_of(content["blocks"], self.values)


class Views:
    """The stack of modals of each person, the bottom first, and each person's Home."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def stack(self, user_id: str) -> list[View]:
        """The open modals of a person, the bottom first."""
        return self._stacks.setdefault(user_id, [])

    def top(self, user_id: str) -> View | None:
        """The modal that a person sees."""
        stack = self.stack(user_id)
        return stack[-1] if stack else None

    def every(self) -> Iterable[View]:
        """All modals and Home pages."""
        for stack in self._stacks.values():
            yield from stack
        yield from self.homes.values()

    def find(self, view_id: str = "", external_id: str = "") -> View | None:
        """An open view by Slack's id or by the app's."""
        for view in self.every():
            if (view_id and view.id == view_id) or (external_id and view.external_id == external_id):
                return view
        return None

    def open(self, view: View) -> None:
        """Show a modal alone: what this person had open is gone."""
        self._stacks[view.user_id] = [view]

    def push(self, view: View) -> None:
        """Show a modal over the one that is open; refused without one and beyond three."""
        stack = self.stack(view.user_id)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= HIGHEST_STACK:
            raise SlackError("push_limit_reached")
        view.root_view_id = stack[0].id
        view.previous_view_id = stack[-1].id
        stack.append(view)

    def close(self, view: View) -> None:
        """Take a modal away, with everything over it."""
        stack = self.stack(view.user_id)
        if view in stack:
            del stack[stack.index(view) :]

    def clear(self, user_id: str) -> None:
        """Take all modals of a person away."""
        self._stacks[user_id] = []

    def check_external_id(self, content: Json, besides: View | None = None) -> None:
        """Refuse an external_id that another open view has."""
        external_id = str(content.get("external_id") or "")
        other = self.find(external_id=external_id) if external_id else None
        if other is not None and other is not besides:
            raise SlackError("duplicate_external_id")


def checked_view(raw: object, surface: str) -> Json:
    """A view that Slack would take on this surface (`modal` or `home`), with ids filled in."""
    if raw is None:
        raise invalid_arguments("[ERROR] missing required field: view")
    if not isinstance(raw, dict):
        raise invalid_arguments("[ERROR] must be an object [json-pointer:/view]")
    if len(json.dumps(raw, ensure_ascii=False).encode()) > LARGEST_BYTES:
        raise SlackError("view_too_large")
    problems = blocks.check_view(raw)
    if raw.get("type") in ("modal", "home") and raw["type"] != surface:
        problems = [*problems, f"[ERROR] must be a {surface} view here [json-pointer:/view/type]"]
    if problems:
        raise invalid_arguments(*problems)
    return {**raw, "blocks": blocks.assign_ids(raw["blocks"])}


def render_view(view: View, identity: Json) -> Json:
    """The view object; `identity` holds team_id, app_id, app_installed_team_id and bot_id."""
    content = view.content
    return {
        "id": view.id,
        "team_id": identity["team_id"],
        "type": content["type"],
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata") or "",
        "callback_id": content.get("callback_id") or "",
        "state": {"values": view.values},
        "hash": view.hash,
        "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": identity["app_id"],
        "external_id": view.external_id,
        "app_installed_team_id": identity["app_installed_team_id"],
        "bot_id": identity["bot_id"],
    }
