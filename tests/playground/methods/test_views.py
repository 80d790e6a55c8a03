"""Do views.* answer and refuse as Slack does?

The codes are those of https://docs.slack.dev/reference/methods/views.open, .push, .update and .publish.
"""

import re
from typing import Any

import pytest

from tests.playground.web_api import Json, Workspace

HASH = re.compile(r"\d{10}\.\w{8}")


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Check-in"), "blocks": list(blocks) or [section()], **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}


def asked(block_id: str, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "said", **more}
    return {"type": "input", "block_id": block_id, "label": plain("How was it?"), "element": element}


async def opened(slack: Workspace, *blocks: Json, **more: Any) -> Json:
    answer = await slack.good("views.open", trigger_id=slack.trigger("mira"), view=modal(*blocks, **more))
    view: Json = answer["view"]
    return view


@pytest.mark.parametrize("method", ["views.open", "views.push"])
@pytest.mark.parametrize(
    ("view", "message"),
    [
        (None, "[ERROR] missing required field: view"),
        (home(), None),
        (
            modal(section("")),
            "[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/text/text]",
        ),
        (
            modal(title=plain("x" * 25)),
            "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
        ),
        (
            modal(asked("a")),
            "[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
        ),
        (modal(*[section()] * 101), "[ERROR] no more than 100 items allowed [json-pointer:/view/blocks]"),
        (
            modal(private_metadata="x" * 3001),
            "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
    ],
)
async def test_a_form_that_slack_refuses_is_not_opened(
    slack: Workspace, method: str, view: Json | None, message: str | None
) -> None:
    answer = await slack.call(method, trigger_id=slack.trigger("mira"), view=view)

    assert answer["error"] == "invalid_arguments"
    messages = answer["response_metadata"]["messages"]
    assert messages == [message] if message else messages
    assert slack.state.views.top(slack.member("mira")) is None


@pytest.mark.parametrize("method", ["views.open", "views.push"])
async def test_a_view_that_is_no_json_is_refused(slack: Workspace, method: str) -> None:
    assert await slack.error(method, trigger_id=slack.trigger("mira"), view="{") == "invalid_arguments"


@pytest.mark.parametrize("method", ["views.open", "views.push"])
async def test_a_trigger_must_be_known_fresh_and_unused(slack: Workspace, method: str) -> None:
    await opened(slack)
    used = slack.trigger("mira")
    await slack.good(method, trigger_id=used, view=modal())
    slack.state.settings.trigger_ttl_s = -1
    late = slack.trigger("mira")

    assert await slack.error(method, trigger_id=used, view=modal()) == "exchanged_trigger_id"
    assert await slack.error(method, trigger_id=late, view=modal()) == "expired_trigger_id"
    assert await slack.error(method, trigger_id="1.2.abc", view=modal()) == "invalid_trigger_id"
    assert await slack.error(method, view=modal()) == "invalid_arguments"


async def test_a_view_over_250_kilobytes_is_too_large(slack: Workspace) -> None:
    large = modal(*[section("x" * 2900)] * 90)
    user, trigger = slack.member("mira"), slack.trigger("mira")

    assert await slack.error("views.open", trigger_id=trigger, view=large) == "view_too_large"
    assert (
        await slack.error("views.publish", user_id=user, view={**large, "type": "home"}) == "view_too_large"
    )


async def test_an_opened_form_comes_back_whole(slack: Workspace) -> None:
    app = slack.state.app

    view = await opened(
        slack,
        section(),
        asked("said"),
        submit=plain("Send"),
        private_metadata="m",
        callback_id="c",
        external_id="e",
    )

    assert (view["type"], view["team_id"], view["app_id"]) == ("modal", app.team_id, app.app_id)
    assert (view["bot_id"], view["app_installed_team_id"]) == (app.bot_id, app.team_id)
    assert (view["private_metadata"], view["callback_id"], view["external_id"]) == ("m", "c", "e")
    assert (view["clear_on_close"], view["notify_on_close"]) == (False, False)
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    assert view["id"].startswith("V")
    assert HASH.fullmatch(view["hash"])
    assert view["blocks"][0]["block_id"]
    assert view["state"]["values"] == {"said": {"said": {"type": "plain_text_input", "value": None}}}


async def test_three_forms_stand_over_one_another_and_no_fourth(slack: Workspace) -> None:
    first = await opened(slack)
    second = (await slack.good("views.push", trigger_id=slack.trigger("mira"), view=modal()))["view"]
    third = (await slack.good("views.push", trigger_id=slack.trigger("mira"), view=modal()))["view"]

    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    error = await slack.error("views.push", trigger_id=slack.trigger("mira"), view=modal())
    assert error == "push_limit_reached"


async def test_nothing_is_pushed_where_no_form_is_open(slack: Workspace) -> None:
    assert await slack.error("views.push", trigger_id=slack.trigger("tom"), view=modal()) == "not_found"


async def test_an_external_id_stands_for_one_view_only(slack: Workspace) -> None:
    view = await opened(slack, external_id="goal-1")
    twice = modal(external_id="goal-1")

    assert (
        await slack.error("views.open", trigger_id=slack.trigger("tom"), view=twice)
        == "duplicate_external_id"
    )
    other = (await slack.good("views.open", trigger_id=slack.trigger("tom"), view=modal()))["view"]
    assert await slack.error("views.update", view_id=other["id"], view=twice) == "duplicate_external_id"
    updated = await slack.good("views.update", external_id="goal-1", view=twice)
    assert updated["view"]["id"] == view["id"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"view_id": "V000000000"}, "not_found"),
        ({"external_id": "nothing"}, "not_found"),
        ({}, "invalid_arguments"),
    ],
)
async def test_only_an_open_view_can_be_updated(slack: Workspace, args: Json, error: str) -> None:
    assert await slack.error("views.update", **args, view=modal()) == error


async def test_an_update_keeps_the_id_and_changes_the_hash(slack: Workspace) -> None:
    before = await opened(slack)

    after = (
        await slack.good("views.update", view_id=before["id"], hash=before["hash"], view=modal(section("b")))
    )["view"]

    assert after["id"] == before["id"]
    assert after["hash"] != before["hash"]
    assert after["blocks"][0]["text"]["text"] == "b"


async def test_an_update_for_an_older_hash_is_refused_and_changes_nothing(slack: Workspace) -> None:
    before = await opened(slack)
    newer = (await slack.good("views.update", view_id=before["id"], view=modal(section("b"))))["view"]

    error = await slack.error(
        "views.update", view_id=before["id"], hash=before["hash"], view=modal(section("c"))
    )

    assert error == "hash_conflict"
    again = await slack.good(
        "views.update", view_id=before["id"], hash=newer["hash"], view=modal(section("d"))
    )
    assert again["ok"] is True


async def test_what_was_typed_stays_over_an_update_while_the_ids_stay(slack: Workspace) -> None:
    view = await opened(slack, asked("a"), asked("b"), submit=plain("Send"))
    mira = slack.state.views.top(slack.member("mira"))
    assert mira is not None
    for block_id in ("a", "b"):
        mira.values[block_id]["said"]["value"] = "Typed"

    after = await slack.good(
        "views.update", view_id=view["id"], view=modal(asked("a"), asked("new"), submit=plain("Send"))
    )

    values = after["view"]["state"]["values"]
    assert {block_id: entry["said"]["value"] for block_id, entry in values.items()} == {
        "a": "Typed",
        "new": None,
    }


async def test_a_home_page_is_published_for_one_person_and_keeps_its_id(slack: Workspace) -> None:
    mira = slack.member("mira")

    first = (await slack.good("views.publish", user_id=mira, view=home()))["view"]
    second = (await slack.good("views.publish", user_id=mira, view=home(section("b")), hash=first["hash"]))[
        "view"
    ]

    assert (first["type"], first["id"]) == ("home", second["id"])
    assert first["hash"] != second["hash"]
    stale = await slack.error("views.publish", user_id=mira, view=home(), hash=first["hash"])
    assert stale == "hash_conflict"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"view": modal()}, "invalid_arguments"),
        ({"view": home(section(""))}, "invalid_arguments"),
        ({"view": home(title=plain("Home"))}, "invalid_arguments"),
        ({"view": "{"}, "invalid_arguments"),
        ({"user_id": ""}, "invalid_arguments"),
        ({"user_id": "U000000000"}, "invalid_arguments"),
    ],
)
async def test_a_home_page_that_slack_refuses_is_not_published(
    slack: Workspace, args: Json, error: str
) -> None:
    usual = {"user_id": slack.member("mira"), "view": home()}

    assert await slack.error("views.publish", **{**usual, **args}) == error


async def test_without_a_home_tab_nothing_is_published(slack: Workspace) -> None:
    await slack.use_features(app_home={"home_tab_enabled": False, "messages_tab_enabled": True})

    assert await slack.error("views.publish", user_id=slack.member("mira"), view=home()) == "not_enabled"


async def test_without_a_messages_tab_the_app_writes_to_nobody(slack: Workspace) -> None:
    await slack.use_features(app_home={"home_tab_enabled": True, "messages_tab_enabled": False})

    assert (
        await slack.error("chat.postMessage", channel=slack.member("mira"), text="a")
        == "messages_tab_disabled"
    )
