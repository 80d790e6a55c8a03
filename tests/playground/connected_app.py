"""What do the playground's tests borrow? A playground, a real Bolt app connected to it, and people to act as."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.control.clock import DemoClock
from bot.playground.server import Playground
from tests.patience import LONG_S, a_playground, until

Json = dict[str, Any]
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SETTLE_MS = 30
PING_S = 1.0  # a socket that is dead is noticed after one; after four without an answer it counts as dead

COMMANDS: list[Json] = [
    {"command": "/say", "description": "Say it", "usage_hint": "[words]"},
    {"command": "/tell", "description": "Tell somebody", "should_escape": True},
]
SHORTCUTS: list[Json] = [
    {"name": "Ask", "type": "global", "callback_id": "ask", "description": "Ask something"},
    {"name": "Keep", "type": "message", "callback_id": "keep", "description": "Keep a message"},
]
SCOPES = [
    "app_mentions:read",
    "channels:history",
    "chat:write",
    "commands",
    "im:history",
    "im:write",
    "users:read",
]
EVENTS = [
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.im",
    "reaction_added",
    "team_join",
    "user_change",
]
MANIFEST: Json = {
    "display_information": {"name": "Parrot"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "parrot"},
        "slash_commands": COMMANDS,
        "shortcuts": SHORTCUTS,
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": EVENTS}},
}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def text_input(block_id: str, label: str, **more: Any) -> Json:
    """An input with one line of text, or with the element given as `element`."""
    element = more.pop("element", {"type": "plain_text_input", "action_id": "typed"})
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def form(*blocks: Json, **more: Any) -> Json:
    whole = {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [text_input("goal", "Goal")],
        **more,
    }
    return {key: value for key, value in whole.items() if value is not None}


def home(text: str) -> Json:
    return {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]}


@dataclass
class Setup:
    """A playground with a Bolt app, and the control API in short."""

    playground: Playground
    app: AsyncApp
    http: httpx.AsyncClient
    handlers: list[AsyncSocketModeHandler] = field(default_factory=list)
    triggers: list[str] = field(default_factory=list)

    @property
    def client(self) -> AsyncWebClient:
        return self.app.client

    def member(self, name: str) -> str:
        return next(each.id for each in self.playground.state.members.values() if each.name == name)

    async def connect(self) -> None:
        """Open one more socket of the app."""
        handler = AsyncSocketModeHandler(self.app, self.playground.app_token, ping_interval=PING_S)
        self.handlers.append(handler)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt gives no types here
        await self.until(lambda: self.playground.services.sockets.count >= len(self.handlers))

    async def until(self, happened: Callable[[], object]) -> None:
        """Wait until something is true."""
        await until(happened)

    async def ask(self, verb: str, path: str, body: Json | None = None) -> Json:
        response = await self.http.request(verb, f"/playground/{path}", json=body)
        answer: Json = response.json()
        return answer

    async def act(self, who: str, do: str, **more: Any) -> Json:
        body = {"as": self.member(who), "do": do, "settle_ms": SETTLE_MS, **more}
        return await self.ask("POST", "act", body)

    async def see(self, who: str) -> Json:
        return await self.ask("GET", f"see?as={self.member(who)}")

    async def fault(self, **body: Any) -> Json:
        return await self.ask("POST", "faults", body)

    async def set(self, **settings: Any) -> Json:
        return await self.ask("POST", "settings", settings)

    async def log(self, kind: str) -> list[Json]:
        answer = await self.ask("GET", "log")
        return [entry for entry in answer["entries"] if entry["kind"] == kind]

    async def trigger(self, who: str = "tom") -> str:
        """A trigger of something that somebody just did."""
        await self.act(who, "shortcut", callback_id="ask", settle_ms=0)
        return self.triggers[-1]

    def opens(self, view: Json, command: str = "/say") -> None:
        """The command opens this view."""

        @self.app.command(command)
        async def open_form(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    def answers(self, listen: Callable[..., Awaitable[None]], callback_id: str = "form") -> None:
        """A submitted form is answered by this listener."""
        self.app.view(callback_id)(listen)


async def ack_the_rest(error: Exception) -> BoltResponse | None:
    """What no listener of the test wants is acked, as in a real app with catch-all listeners."""
    return BoltResponse(status=200) if isinstance(error, BoltUnhandledRequestError) else None


@pytest.fixture
async def setup() -> AsyncIterator[Setup]:
    """A playground at Monday 08:00 UTC with a Bolt app that no listener was given yet."""
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
    async with a_playground(manifest=MANIFEST, clock=DemoClock(START)) as playground:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, retry_handlers=[])
        app = AsyncApp(client=client, process_before_response=True, raise_error_for_unhandled_request=True)
        app.error(ack_the_rest)
        async with httpx.AsyncClient(base_url=playground.url, timeout=LONG_S) as http:
            setup = Setup(playground, app, http)

            @app.shortcut("ask")
            async def keep_trigger(ack: AsyncAck, body: Json) -> None:
                setup.triggers.append(body["trigger_id"])
                await ack()

            yield setup
            for handler in setup.handlers:
                await handler.close_async()  # type: ignore[no-untyped-call]  # nor here


@pytest.fixture
async def connected(setup: Setup) -> Setup:
    """The same with one socket open."""
    await setup.connect()
    return setup
