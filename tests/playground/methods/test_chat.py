"""Does chat.* answer and refuse as Slack does?

The codes are those of the methods' pages under https://docs.slack.dev/reference/methods.
"""

import re
from typing import Any

import pytest

from tests.playground.web_api import Json, Workspace

TS = re.compile(r"\d{10}\.\d{6}")
METADATA = {"event_type": "check_in", "event_payload": {"id": "a1"}}


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": "  "}, "no_text"),
        ({"blocks": []}, "no_text"),
        ({"blocks": "[{"}, "invalid_blocks_format"),
        ({"blocks": {"type": "section"}}, "invalid_blocks_format"),
        ({"blocks": [section("")]}, "invalid_blocks"),
        ({"blocks": [section()] * 51}, "invalid_blocks"),
        ({"blocks": [section("x" * 2500)] * 6}, "msg_blocks_too_long"),
        ({"blocks": [section("&" * 500)] * 6}, "msg_blocks_too_long"),
        ({"text": "Hello", "attachments": "[{"}, "invalid_attachments"),
        ({"text": "Hello", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"text": "Hello", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": ["check_in"]}, "invalid_metadata_format"),
        ({"text": "Hello", "metadata": {"event_type": "check_in"}}, "invalid_metadata_schema"),
        ({"text": "Hello", "metadata": {"event_payload": {}}}, "invalid_metadata_schema"),
        ({"text": "Hello", "metadata": {**METADATA, "event_payload": "a1"}}, "invalid_metadata_schema"),
        (
            {"text": "Hello", "metadata": {**METADATA, "event_payload": {"id": "x" * 40_000}}},
            "metadata_too_large",
        ),
        ({"text": "Hello", "markdown_text": "**Hello**"}, "markdown_text_conflict"),
        ({"blocks": [section()], "markdown_text": "**Hello**"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"text": "Hello", "thread_ts": "0"}, "invalid_thread_ts"),
        ({"text": "Hello", "thread_ts": "1790000000.000001"}, "thread_not_found"),
    ],
)
async def test_a_message_that_slack_refuses_is_not_posted(slack: Workspace, args: Json, error: str) -> None:
    channel = slack.room("garden")

    assert await slack.error("chat.postMessage", channel=channel, **args) == error
    assert (await slack.good("conversations.history", channel=channel))["messages"] == []


async def test_refused_blocks_come_with_the_place_of_each_fault(slack: Workspace) -> None:
    answer = await slack.call("chat.postMessage", channel=slack.room("garden"), blocks=[section("")])

    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    ]


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", "chat.update", "chat.delete"])
async def test_a_call_that_names_no_channel_is_told_so(slack: Workspace, method: str) -> None:
    answer = await slack.call(method, text="Hello", ts="1790000000.000001", user=slack.member("ada"))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_a_message_goes_only_where_the_app_may_post(slack: Workspace) -> None:
    await slack.use_scopes("chat:write")
    archived = slack.room("attic")
    slack.archive(archived)
    secret = slack.room("secret", private=True, app=False)
    public = slack.room("street", app=False)

    for channel, error in [
        ("C000000000", "channel_not_found"),
        ("#nowhere", "channel_not_found"),
        ("U000000000", "channel_not_found"),
        (slack.member("otto"), "channel_not_found"),
        (secret, "channel_not_found"),
        (public, "not_in_channel"),
        (archived, "is_archived"),
    ]:
        assert await slack.error("chat.postMessage", channel=channel, text="Hello") == error, channel


async def test_with_chat_write_public_the_app_posts_where_it_is_no_member(slack: Workspace) -> None:
    await slack.use_scopes("chat:write", "chat:write.public")

    answer = await slack.good("chat.postMessage", channel=slack.room("street", app=False), text="Hello")

    assert TS.fullmatch(answer["ts"])


async def test_a_posted_message_is_echoed_whole(slack: Workspace) -> None:
    channel, app = slack.room("garden"), slack.state.app
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}

    answer = await slack.good(
        "chat.postMessage",
        channel=channel,
        text="Hello",
        blocks=[section(), {"type": "actions", "elements": [button]}],
        metadata=METADATA,
    )

    message = answer["message"]
    assert answer["channel"] == channel
    assert TS.fullmatch(answer["ts"])
    assert message["ts"] == answer["ts"]
    assert (message["type"], message["text"]) == ("message", "Hello")
    assert (message["user"], message["bot_id"]) == (app.bot_user_id, app.bot_id)
    assert (message["app_id"], message["team"]) == (app.app_id, app.team_id)
    assert message["bot_profile"]["id"] == app.bot_id
    assert message["metadata"] == METADATA
    assert all(block["block_id"] for block in message["blocks"])
    assert message["blocks"][1]["elements"][0]["action_id"]


async def test_timestamps_rise_and_never_repeat(slack: Workspace) -> None:
    channel = slack.room("garden")

    stamps = [(await slack.good("chat.postMessage", channel=channel, text="Hello"))["ts"] for _ in range(20)]

    assert stamps == sorted(set(stamps))


async def test_a_message_reaches_a_channel_by_name_and_a_person_by_id(slack: Workspace) -> None:
    channel, mira = slack.room("garden"), slack.member("mira")

    by_name = await slack.good("chat.postMessage", channel="#garden", text="Hello")
    to_person = await slack.good("chat.postMessage", channel=mira, text="Hello")

    assert by_name["channel"] == channel
    assert to_person["channel"] == slack.direct("mira")


async def test_a_very_long_text_is_cut_with_a_warning(slack: Workspace) -> None:
    answer = await slack.good("chat.postMessage", channel=slack.room("garden"), text="x" * 40_001)

    assert answer["warning"] == "message_truncated"
    assert answer["response_metadata"]["warnings"] == ["message_truncated"]
    assert len(answer["message"]["text"]) == 40_000


async def test_a_reply_stands_in_the_thread_of_the_first_message(slack: Workspace) -> None:
    channel = slack.room("garden")
    parent = (await slack.good("chat.postMessage", channel=channel, text="Hello"))["ts"]
    reply = await slack.good("chat.postMessage", channel=channel, text="Yes", thread_ts=parent)
    nested = await slack.good("chat.postMessage", channel=channel, text="No", thread_ts=reply["ts"])

    assert reply["message"]["thread_ts"] == nested["message"]["thread_ts"] == parent


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"user": "U000000000", "text": "Hello"}, "user_not_in_channel"),
        ({"text": ""}, "no_text"),
        ({"blocks": [section("")]}, "invalid_blocks"),
        ({"blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "C000000000", "text": "Hello"}, "channel_not_found"),
        ({"text": "Hello", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
async def test_a_message_for_one_person_is_refused_like_slack(
    slack: Workspace, args: Json, error: str
) -> None:
    usual = {"channel": slack.room("garden"), "user": slack.member("ada")}

    assert await slack.error("chat.postEphemeral", **{**usual, **args}) == error


async def test_a_message_for_one_person_stays_out_of_history(slack: Workspace) -> None:
    channel = slack.room("garden")

    answer = await slack.good("chat.postEphemeral", channel=channel, user=slack.member("ada"), text="Psst")

    assert set(answer) == {"ok", "message_ts"}
    assert TS.fullmatch(answer["message_ts"])
    assert (await slack.good("conversations.history", channel=channel))["messages"] == []
    gone = {"channel": channel, "ts": answer["message_ts"]}
    assert await slack.error("chat.update", **gone, text="Psst!") == "message_not_found"
    assert await slack.error("chat.delete", **gone) == "message_not_found"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"text": "x" * 4001}, "msg_too_long"),
        ({}, "no_text"),
        ({"blocks": [section("")]}, "invalid_blocks"),
        ({"blocks": "{"}, "invalid_blocks_format"),
        ({"text": "Hello", "metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
        ({"text": "Hello", "markdown_text": "Hello"}, "markdown_text_conflict"),
        ({"text": "Hello", "ts": "1790000000.000001"}, "message_not_found"),
        ({"text": "Hello", "channel": "C000000000"}, "channel_not_found"),
    ],
)
async def test_an_update_that_slack_refuses_changes_nothing(slack: Workspace, args: Json, error: str) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="Before")
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    assert await slack.error("chat.update", **{**place, **args}) == error
    [message] = (await slack.good("conversations.history", channel=posted["channel"]))["messages"]
    assert message["text"] == "Before"


async def test_a_message_in_an_archived_channel_can_no_longer_be_changed(slack: Workspace) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="Before")
    slack.archive(posted["channel"])

    assert (
        await slack.error("chat.update", channel=posted["channel"], ts=posted["ts"], text="After")
        == "is_inactive"
    )


@pytest.mark.parametrize("code", ["edit_window_closed", "block_mismatch", "fatal_error", "account_inactive"])
async def test_what_only_a_real_workspace_refuses_can_be_asked_for(slack: Workspace, code: str) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="Before")
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    fault = {"method": "chat.update", "kind": "error", "error": code, "count": 1}
    await slack.http.post("/playground/faults", json=fault)

    assert await slack.error("chat.update", **place, text="After") == code
    assert (await slack.good("chat.update", **place, text="After"))["text"] == "After"


async def test_somebody_elses_message_is_not_the_apps_to_change(slack: Workspace) -> None:
    place = await slack.say("ada", slack.room("garden"), "Mine")

    assert await slack.error("chat.update", **place, text="Ours") == "cant_update_message"
    assert await slack.error("chat.delete", **place) == "cant_delete_message"


async def test_a_text_alone_takes_the_blocks_away_and_marks_the_message_as_edited(slack: Workspace) -> None:
    posted = await slack.good(
        "chat.postMessage", channel=slack.room("garden"), text="a", blocks=[section("kept")]
    )
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    answer = await slack.good("chat.update", **place, text="b")

    [message] = (await slack.good("conversations.history", channel=posted["channel"]))["messages"]
    assert (answer["channel"], answer["ts"], answer["text"]) == (*place.values(), "b")
    assert message["text"] == "b"
    assert "kept" not in str(message)
    assert message["edited"]["user"] == slack.state.app.bot_user_id


async def test_new_blocks_leave_no_mark_of_an_edit(slack: Workspace) -> None:
    posted = await slack.good(
        "chat.postMessage", channel=slack.room("garden"), text="a", blocks=[section("old")]
    )

    answer = await slack.good(
        "chat.update", channel=posted["channel"], ts=posted["ts"], text="a", blocks=[section("new")]
    )

    assert answer["message"]["blocks"][0]["text"]["text"] == "new"
    assert "edited" not in answer["message"]


@pytest.mark.parametrize(
    ("given", "kept"), [(None, METADATA), ({}, None), ({**METADATA, "event_type": "b"}, ...)]
)
async def test_metadata_stays_over_an_update_until_an_empty_object_removes_it(
    slack: Workspace, given: Json | None, kept: Any
) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a", metadata=METADATA)
    more = {} if given is None else {"metadata": given}

    await slack.good("chat.update", channel=posted["channel"], ts=posted["ts"], text="b", **more)

    history = await slack.good(
        "conversations.history", channel=posted["channel"], include_all_metadata="true"
    )
    assert history["messages"][0].get("metadata") == (given if kept is ... else kept)


async def test_a_deleted_message_is_gone(slack: Workspace) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a")
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    assert await slack.good("chat.delete", **place) == {"ok": True, **place}
    assert await slack.error("chat.delete", **place) == "message_not_found"
    assert await slack.error("chat.delete", channel="C000000000", ts=posted["ts"]) == "channel_not_found"


async def test_a_permalink_holds_the_channel_and_the_timestamp_without_its_dot(slack: Workspace) -> None:
    channel = slack.room("garden")
    parent = (await slack.good("chat.postMessage", channel=channel, text="a"))["ts"]
    reply = (await slack.good("chat.postMessage", channel=channel, text="b", thread_ts=parent))["ts"]

    first = await slack.good("chat.getPermalink", channel=channel, message_ts=parent)
    second = await slack.good("chat.getPermalink", channel=channel, message_ts=reply)

    assert first["channel"] == channel
    assert first["permalink"].endswith(f"/archives/{channel}/p{parent.replace('.', '')}")
    assert second["permalink"].endswith(f"/p{reply.replace('.', '')}?thread_ts={parent}&cid={channel}")


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C000000000"}, "channel_not_found"),
        ({"message_ts": "1790000000.000001"}, "message_not_found"),
    ],
)
async def test_a_permalink_needs_a_message(slack: Workspace, args: Json, error: str) -> None:
    posted = await slack.good("chat.postMessage", channel=slack.room("garden"), text="a")
    place = {"channel": posted["channel"], "message_ts": posted["ts"]}

    assert await slack.error("chat.getPermalink", **{**place, **args}) == error
