"""What do the tests of the Web API borrow? A playground on a port of its own, and an app that calls it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bot.playground.workspace.rooms import add_channel, open_direct
from bot.playground.workspace.state import State
from tests.patience import LONG_S, a_playground

Json = dict[str, Any]


@dataclass
class Workspace:
    """An app's view of a playground, and what only Slack itself can do."""

    http: httpx.AsyncClient
    state: State

    async def call(self, method: str, token: str | None = None, **args: Any) -> Json:
        """Calls a method with a form, as slack_sdk does: lists and objects are JSON inside it."""
        form = {
            name: json.dumps(value) if isinstance(value, dict | list) else value
            for name, value in args.items()
        }
        sent = self.state.app.bot_token if token is None else token
        bearer = {"Authorization": f"Bearer {sent}"} if sent else {}
        response = await self.http.post(f"/api/{method}", data=form, headers=bearer)
        assert response.status_code == 200
        answer: Json = response.json()
        return answer

    async def good(self, method: str, **args: Any) -> Json:
        answer = await self.call(method, **args)
        assert answer["ok"] is True, answer
        return answer

    async def error(self, method: str, **args: Any) -> str:
        answer = await self.call(method, **args)
        assert answer["ok"] is False, answer
        return str(answer["error"])

    def member(self, name: str) -> str:
        return next(each.id for each in self.state.members.values() if each.name == name)

    def room(self, name: str, *, private: bool = False, app: bool = True) -> str:
        """A new channel with Ada in it, and with the app unless told otherwise."""
        people = [self.member("ada"), *([self.state.app.bot_user_id] if app else [])]
        return add_channel(self.state, "group" if private else "channel", name, people, people[0]).id

    def direct(self, name: str) -> str:
        return open_direct(self.state, [self.state.app.bot_user_id, self.member(name)]).id

    def archive(self, channel: str) -> None:
        self.state.channels[channel].is_archived = True

    def trigger(self, name: str) -> str:
        """A trigger as a click of this person gives it."""
        ttl_s = self.state.settings.trigger_ttl_s
        return self.state.content.triggers.issue(
            self.state.ids, self.state.clock.real_now(), self.member(name), ttl_s
        )

    async def say(self, name: str, channel: str, text: str) -> Json:
        """Lets a person write; returns the channel and ts that name the message."""
        body = {"as": self.member(name), "do": "message", "channel": channel, "text": text, "settle_ms": 0}
        answer = (await self.http.post("/playground/act", json=body)).json()
        assert answer["ok"], answer
        return {"channel": channel, "ts": list(self.state.channels[channel].messages)[-1]}

    async def use_scopes(self, *scopes: str) -> None:
        """Installs the app anew with these scopes and no others."""
        await self._use(oauth_config={"scopes": {"bot": list(scopes)}})

    async def use_features(self, **features: Any) -> None:
        """Installs the app anew with these features."""
        await self._use(features=features)

    async def _use(self, **parts: Any) -> None:
        manifest = (await self.http.get("/playground/manifest")).json()["manifest"]
        answer = await self.http.put("/playground/manifest", json={**manifest, **parts})
        assert answer.status_code == 200, answer.text


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    async with (
        a_playground() as playground,
        httpx.AsyncClient(base_url=playground.url, timeout=LONG_S) as http,
    ):
        yield Workspace(http, playground.state)
