"""Does the playground read calls, tokens and scopes as Slack does, and say so in Slack's words?

https://docs.slack.dev/apis/web-api and https://docs.slack.dev/authentication/tokens.
"""

import json
from typing import Any

import httpx
import pytest

from bot.playground.api import METHODS
from tests.playground.web_api import Workspace

# All but the one that needs no token.
GUARDED = sorted({*METHODS} - {"api.test"})
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]


@pytest.mark.parametrize("method", GUARDED)
async def test_a_call_without_a_token_is_not_authed(slack: Workspace, method: str) -> None:
    assert await slack.error(method, token="") == "not_authed"


@pytest.mark.parametrize("method", GUARDED)
async def test_an_unknown_token_is_invalid(slack: Workspace, method: str) -> None:
    assert await slack.error(method, token="xoxb-nobody") == "invalid_auth"


@pytest.mark.parametrize("method", GUARDED)
async def test_each_method_takes_one_kind_of_token(slack: Workspace, method: str) -> None:
    app = slack.state.app
    wrong = app.bot_token if method == "apps.connections.open" else app.app_token

    assert await slack.error(method, token=wrong) == "not_allowed_token_type"


@pytest.mark.parametrize("method", ["chat.postMesage", "pins.add", "views.close", "auth"])
async def test_a_method_that_is_not_there_is_unknown(slack: Workspace, method: str) -> None:
    answer = await slack.call(method)

    assert answer == {"ok": False, "error": "unknown_method", "req_method": method}


async def post(slack: Workspace, **how: Any) -> httpx.Response:
    bearer = {"Authorization": f"Bearer {slack.state.app.bot_token}"}
    return await slack.http.post("/api/chat.postMessage", **{"headers": bearer, **how})


async def test_form_json_multipart_and_query_say_the_same(slack: Workspace) -> None:
    args = {"channel": slack.room("garden"), "text": "Hello"}
    in_form = {**args, "blocks": json.dumps(BLOCKS)}
    answers = [
        await post(slack, data=in_form),
        await post(slack, json={**args, "blocks": BLOCKS}),
        await post(slack, json=in_form),
        await post(slack, files={name: (None, value) for name, value in in_form.items()}),
        await post(slack, params=in_form),
        await slack.http.get(
            "/api/chat.postMessage",
            params=in_form,
            headers={"Authorization": f"Bearer {slack.state.app.bot_token}"},
        ),
    ]

    for answer in answers:
        message = answer.json()["message"]
        assert (message["text"], message["blocks"][0]["text"]["text"]) == ("Hello", "Hello")


async def test_a_token_may_stand_in_the_form_or_in_the_query(slack: Workspace) -> None:
    token = {"token": slack.state.app.bot_token}

    assert (await slack.http.post("/api/auth.test", data=token)).json()["ok"]
    assert (await slack.http.get("/api/auth.test", params=token)).json()["ok"]


async def test_auth_test_names_the_app_and_its_scopes(slack: Workspace) -> None:
    app = slack.state.app
    bearer = {"Authorization": f"Bearer {app.bot_token}"}

    response = await slack.http.post("/api/auth.test", headers=bearer)

    answer = response.json()
    assert answer["ok"] is True
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == (
        app.team_id,
        app.bot_user_id,
        app.bot_id,
    )
    assert {"url", "team", "user", "is_enterprise_install"} <= set(answer)
    assert response.headers["x-oauth-scopes"].split(",") == list(slack.state.manifest.scopes)


SCOPED = [
    ("chat.postMessage", {"text": "Hello"}, "chat:write"),
    ("chat.postEphemeral", {"text": "Hello"}, "chat:write"),
    ("chat.update", {"ts": "1.2", "text": "Hello"}, "chat:write"),
    ("chat.delete", {"ts": "1.2"}, "chat:write"),
    ("conversations.history", {}, "channels:history"),
    ("conversations.replies", {"ts": "1.2"}, "channels:history"),
    ("conversations.info", {}, "channels:read"),
    ("conversations.members", {}, "channels:read"),
    ("conversations.list", {}, "channels:read"),
    ("conversations.list", {"types": "im"}, "im:read"),
    ("conversations.join", {}, "channels:join"),
    ("conversations.create", {"name": "new"}, "channels:manage"),
    ("conversations.create", {"name": "new", "is_private": "true"}, "groups:write"),
    ("reactions.add", {"timestamp": "1.2", "name": "eyes"}, "reactions:write"),
    ("reactions.remove", {"timestamp": "1.2", "name": "eyes"}, "reactions:write"),
    ("reactions.get", {"timestamp": "1.2"}, "reactions:read"),
    ("team.info", {}, "team:read"),
    ("users.conversations", {}, "channels:read"),
    ("users.info", {}, "users:read"),
    ("users.list", {}, "users:read"),
    ("users.lookupByEmail", {"email": "ada@playground.example"}, "users:read.email"),
    ("users.profile.get", {}, "users.profile:read"),
]


@pytest.mark.parametrize(("method", "args", "scope"), SCOPED)
async def test_a_call_without_its_scope_is_told_which_one(
    slack: Workspace, method: str, args: dict[str, str], scope: str
) -> None:
    channel = slack.room("garden")
    await slack.use_scopes("commands")

    answer = await slack.call(method, channel=channel, user=slack.member("ada"), **args)

    assert (answer["ok"], answer["error"]) == (False, "missing_scope")
    assert scope in answer["needed"].split(",")
    assert answer["provided"] == "commands"


async def test_an_email_address_is_seen_only_with_its_scope(slack: Workspace) -> None:
    with_scope = await slack.good("users.info", user=slack.member("mira"))
    await slack.use_scopes("users:read")
    without = await slack.good("users.info", user=slack.member("mira"))

    assert with_scope["user"]["profile"]["email"] == "mira@playground.example"
    assert "email" not in without["user"]["profile"]


async def test_a_call_too_many_is_answered_with_429_and_whole_seconds(slack: Workspace) -> None:
    await slack.http.post("/playground/settings", json={"rate_limits": True})
    bearer = {"Authorization": f"Bearer {slack.state.app.bot_token}"}

    answers = [await slack.http.post("/api/users.list", headers=bearer) for _ in range(21)]

    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert answers[-1].json() == {"ok": False, "error": "ratelimited"}
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


async def test_messages_are_counted_for_each_channel_with_room_for_a_burst(slack: Workspace) -> None:
    busy, quiet = slack.room("busy"), slack.room("quiet")
    await slack.http.post("/playground/settings", json={"rate_limits": True})
    bearer = {"Authorization": f"Bearer {slack.state.app.bot_token}"}

    async def status(channel: str) -> int:
        body = {"channel": channel, "text": "Hello"}
        return (await slack.http.post("/api/chat.postMessage", data=body, headers=bearer)).status_code

    statuses = [await status(busy) for _ in range(5)]

    assert (statuses[0], statuses[-1]) == (200, 429)
    assert await status(quiet) == 200


async def test_a_revoked_token_is_good_for_nothing(slack: Workspace) -> None:
    assert (await slack.good("auth.revoke", test="true"))["revoked"] is False
    assert (await slack.good("auth.revoke"))["revoked"] is True
    assert await slack.error("auth.test") == "token_revoked"


async def test_an_open_socket_address_is_for_the_app_token_only(slack: Workspace) -> None:
    answer = await slack.good("apps.connections.open", token=slack.state.app.app_token)

    assert answer["url"].startswith("ws://127.0.0.1:")
    assert "ticket=" in answer["url"]
