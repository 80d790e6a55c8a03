"""Can a tester from outside see, set and reset the workspace, and can nobody else?"""

import asyncio
import json

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from bot.playground.errors import PlaygroundError
from bot.playground.server import Playground
from tests.patience import LONG_S
from tests.playground.connected_app import MANIFEST, Json, Setup, form


async def test_info_holds_all_that_an_app_needs_to_connect(setup: Setup) -> None:
    info = await setup.ask("GET", "info")

    assert info["bot_token"].startswith("xoxb-")
    assert info["app_token"].startswith("xapp-")
    assert [channel["name"] for channel in info["channels"]] == ["general", "random"]
    names = {member["name"]: member for member in info["members"]}
    assert {"parrot", "ada", "mira", "tom", "lunchbot"} <= set(names)
    assert names["ada"]["is_admin"]
    assert (names["mira"]["tz"], names["mira"]["locale"]) == ("Europe/Berlin", "de-DE")
    assert [name for name, member in names.items() if member["is_restricted"]] == ["noor"]
    assert [name for name, member in names.items() if member["deleted"]] == ["otto"]


async def test_see_shows_the_whole_workspace_of_one_person(setup: Setup) -> None:
    seen = await setup.see("mira")

    assert seen["me"]["name"] == "mira"
    assert seen["workspace"]["app_name"] == "Parrot"
    assert [(channel["name"], channel["is_im"]) for channel in seen["channels"]] == [
        ("general", False),
        ("random", False),
        ("directmessage", True),
    ]
    assert seen["channels"][2]["with"] == seen["workspace"]["bot_user_id"]
    assert seen["commands"][0] == {"command": "/say", "description": "Say it", "usage_hint": "[words]"}
    assert {shortcut["type"] for shortcut in seen["shortcuts"]} == {"global", "message"}
    assert (seen["views"], seen["home"]) == ([], None)


@pytest.mark.parametrize("who", ["otto", "lunchbot", "nobody"])
async def test_nobody_can_act_as_a_bot_or_as_somebody_who_left(setup: Setup, who: str) -> None:
    answer = await setup.ask("POST", "act", {"as": who, "do": "message", "text": "x"})

    assert (answer["ok"], answer["error"]) == (False, "unknown_member")
    assert "ada U" in answer["hint"]


async def test_an_unknown_act_is_refused_with_those_that_there_are(setup: Setup) -> None:
    answer = await setup.act("tom", "dance")

    assert answer["error"] == "unknown_act"
    assert "message_shortcut" in answer["hint"]


async def test_a_changed_member_is_told_to_the_app(connected: Setup) -> None:
    heard: list[Json] = []

    @connected.app.event("user_change")
    async def note(event: Json) -> None:
        heard.append(event)

    tom = connected.member("tom")
    answer = await connected.ask("POST", "members", {"id": tom, "tz": "Asia/Tokyo", "locale": "ja-JP"})
    user = (await connected.client.users_info(user=tom, include_locale=True))["user"]

    assert answer["member"]["tz"] == "Asia/Tokyo"
    assert (heard[0]["user"]["id"], heard[0]["user"]["tz"]) == (tom, "Asia/Tokyo")
    assert (user["tz_offset"], user["locale"]) == (9 * 3600, "ja-JP")


async def test_a_new_member_joins_and_a_deactivated_one_can_get_no_message(connected: Setup) -> None:
    heard: list[Json] = []

    @connected.app.event("team_join")
    async def note(event: Json) -> None:
        heard.append(event)

    member = (await connected.ask("POST", "members", {"name": "Zoe", "tz": "Europe/Paris"}))["member"]
    await connected.ask("POST", "members", {"id": member["id"], "deleted": True})

    assert [event["user"]["name"] for event in heard] == ["zoe"]
    with pytest.raises(SlackApiError, match="user_disabled"):
        await connected.client.conversations_open(users=member["id"])


@pytest.mark.parametrize(
    "body", [{"tz": "Europe/Berlin"}, {"name": "Zoe", "tz": "Mars/Base"}, {"name": "Zoe", "age": 3}]
)
async def test_a_member_that_cannot_be_is_refused(setup: Setup, body: Json) -> None:
    answer = await setup.ask("POST", "members", body)

    assert answer["ok"] is False
    assert answer["hint"]


async def test_a_reset_keeps_the_app_and_makes_new_people(connected: Setup) -> None:
    before = await connected.ask("GET", "info")
    ts = (await connected.act("tom", "message", text="Gone soon"))["ts"]

    after = await connected.ask("POST", "reset", {})
    later = (await connected.act("tom", "message", text="Fresh"))["ts"]

    kept = ("team_id", "bot_token", "app_token", "bot_user_id", "signing_secret")
    assert [after[key] for key in kept] == [before[key] for key in kept]
    people = {member["id"] for member in before["members"]} & {member["id"] for member in after["members"]}
    assert people == {before["bot_user_id"]}
    assert later > ts
    assert [message["text"] for message in (await connected.see("tom"))["channels"][-1]["messages"]] == [
        "Fresh"
    ]
    assert after["bot_connected"] is True


async def test_a_large_workspace_is_listed_page_by_page(setup: Setup) -> None:
    info = await setup.ask("POST", "reset", {"members": 500, "seed": 1})
    ids = [
        member["id"] async for page in await setup.client.users_list(limit=200) for member in page["members"]
    ]

    assert len(info["members"]) == 501
    assert ids == [member["id"] for member in info["members"]]


async def test_the_log_tells_deliveries_acks_and_calls(connected: Setup) -> None:
    connected.opens(form())
    mark = (await connected.ask("GET", "log"))["last"]
    await connected.act("tom", "command", command="/say")
    entries = (await connected.ask("GET", f"log?since={mark}"))["entries"]
    entries = [entry for entry in entries if entry.get("method") != "auth.test"]  # Bolt asks once who it is

    assert [entry["kind"] for entry in entries] == ["act", "delivery", "api", "ack"]
    delivery, call, ack = entries[1:]
    assert (delivery["what"], ack["delivery"], ack["answer"]) == ("/say", delivery["n"], {})
    assert (call["method"], call["answer"]["ok"]) == ("views.open", True)
    assert connected.playground.bot_token not in json.dumps(entries)


async def test_a_new_manifest_holds_at_once(connected: Setup) -> None:
    features = {**MANIFEST["features"], "slash_commands": [{"command": "/new", "description": "New"}]}
    scopes = {"scopes": {"bot": ["im:write"]}}
    answer = await connected.ask(
        "PUT", "manifest", {**MANIFEST, "features": features, "oauth_config": scopes}
    )

    assert answer["manifest"]["features"]["slash_commands"][0]["command"] == "/new"
    assert [each["command"] for each in (await connected.see("tom"))["commands"]] == ["/new"]
    with pytest.raises(SlackApiError) as caught:
        await connected.client.chat_postMessage(channel=connected.member("tom"), text="x")
    assert caught.value.response.data == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "im:write",
    }


async def test_a_broken_manifest_is_refused(setup: Setup) -> None:
    answer = await setup.ask("PUT", "manifest", {"features": {"slash_commands": [{"command": "no"}]}})

    assert answer["error"] == "invalid_manifest"
    assert "display_information.name" in answer["hint"]


@pytest.mark.parametrize(
    "settings",
    [{"speed": 2}, {"trigger_ttl_s": 0}, {"delivery": "pigeon"}, {"request_url": "https://example.com/"}],
)
async def test_a_setting_that_cannot_be_is_refused(setup: Setup, settings: Json) -> None:
    answer = await setup.set(**settings)

    assert answer["ok"] is False
    assert answer["hint"]


async def test_the_stream_tells_a_person_of_changes_they_see(setup: Setup) -> None:
    tom = setup.member("tom")
    async with setup.http.stream("GET", f"/playground/stream?as={tom}") as response:
        lines = response.aiter_lines()
        first = await anext(lines)
        await anext(lines)
        await setup.client.chat_postMessage(channel=setup.member("mira"), text="Not for Tom")
        post = await setup.client.chat_postMessage(channel=tom, text="For Tom")
        async with asyncio.timeout(LONG_S):
            second = await anext(lines)

    changes = [json.loads(line.removeprefix("data: "))["change"] for line in (first, second)]
    message = setup.playground.state.channels[str(post["channel"])].messages[str(post["ts"])]
    assert response.headers["content-type"].startswith("text/event-stream")
    assert changes[0] < changes[1] <= message.revision


async def test_other_hosts_and_other_origins_are_turned_away(setup: Setup) -> None:
    port = httpx.URL(setup.playground.url).port
    rebound = await setup.http.get("/playground/info", headers={"Host": "evil.example"})
    foreign = await setup.http.post("/playground/reset", json={}, headers={"Origin": "https://evil.example"})
    own = await setup.http.get("/playground/info", headers={"Origin": setup.playground.url})
    named = await setup.http.get("/playground/info", headers={"Host": f"localhost:{port}"})

    assert (rebound.status_code, rebound.json()["error"]) == (403, "bad_host")
    assert (foreign.status_code, foreign.json()["error"]) == (403, "bad_origin")
    assert (own.status_code, named.status_code) == (200, 200)


def test_the_playground_listens_on_this_machine_only() -> None:
    with pytest.raises(PlaygroundError, match="this machine only"):
        Playground(host="0.0.0.0")  # noqa: S104 - what must be refused
