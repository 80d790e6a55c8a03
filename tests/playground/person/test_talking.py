"""What does the app hear when people write, react and run commands, and what do they see of its answers?"""

import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond, AsyncSay
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.playground.connected_app import Json, Setup

TS = re.compile(r"\d{10}\.\d{6}")


def hearing(setup: Setup, name: str) -> list[Json]:
    """The bodies of an event that the app hears of."""
    heard: list[Json] = []

    @setup.app.event(name)
    async def note(body: Json) -> None:
        heard.append(body)

    return heard


async def test_a_message_reaches_the_app_as_slack_would_send_it(connected: Setup) -> None:
    heard = hearing(connected, "message")

    answer = await connected.act(
        "tom", "message", text="Hello @mira & <all>, see https://example.com/a?b=1&c=2."
    )

    body, event = heard[0], heard[0]["event"]
    assert (body["type"], body["team_id"]) == ("event_callback", connected.playground.state.app.team_id)
    assert body["authorizations"][0]["user_id"] == connected.playground.state.app.bot_user_id
    assert (event["channel_type"], event["user"]) == ("im", connected.member("tom"))
    assert event["ts"] == event["event_ts"] == answer["ts"]
    mira = connected.member("mira")
    assert event["text"] == f"Hello <@{mira}> &amp; &lt;all&gt;, see <https://example.com/a?b=1&amp;c=2>."
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "text", "text": "Hello "},
        {"type": "user", "user_id": mira},
        {"type": "text", "text": " & <all>, see "},
        {"type": "link", "url": "https://example.com/a?b=1&c=2"},
        {"type": "text", "text": "."},
    ]
    assert event["client_msg_id"]
    assert "bot_id" not in event


async def test_timestamps_rise_and_are_unique(connected: Setup) -> None:
    ts = [(await connected.act("tom", "message", text=str(number), settle_ms=0))["ts"] for number in range(5)]

    assert all(TS.fullmatch(each) for each in ts)
    assert ts == sorted(set(ts))


async def test_an_answer_of_the_app_is_among_the_changes(connected: Setup) -> None:
    @connected.app.event("message")
    async def echo(event: Json, say: AsyncSay) -> None:
        await say(f"You said {event['text']}")

    answer = await connected.act("tom", "message", text="hi")

    assert [message["text"] for message in answer["messages"]] == ["hi", "You said hi"]
    assert answer["messages"][1]["bot_id"] == connected.playground.state.app.bot_id
    assert (await connected.see("mira"))["channels"][-1]["messages"] == []


async def test_a_mention_in_a_channel_is_told_twice(connected: Setup) -> None:
    messages, mentions = hearing(connected, "message"), hearing(connected, "app_mention")

    await connected.act("tom", "message", channel="#general", text="@parrot hello")

    bot = connected.playground.state.app.bot_user_id
    assert messages[0]["event"]["text"] == mentions[0]["event"]["text"] == f"<@{bot}> hello"
    assert messages[0]["event"]["ts"] == mentions[0]["event"]["ts"]
    assert messages[0]["event_id"] != mentions[0]["event_id"]


async def test_the_app_hears_nothing_of_conversations_between_people(connected: Setup) -> None:
    heard = hearing(connected, "message")

    answer = await connected.act("tom", "message", channel="@mira", text="Just us")

    assert heard == []
    assert answer["delivered"] == 0
    seen = next(each for each in (await connected.see("mira"))["channels"] if each["id"] == answer["channel"])
    assert (seen["with"], seen["messages"][0]["text"]) == (connected.member("tom"), "Just us")


async def test_events_that_the_manifest_does_not_name_are_not_sent(connected: Setup) -> None:
    heard = hearing(connected, "reaction_removed")
    ts = (await connected.act("tom", "message", text="x"))["ts"]
    await connected.act("tom", "react", ts=ts, name="eyes")

    await connected.act("tom", "react", ts=ts, name="eyes", remove=True)

    assert heard == []
    assert "reaction_added" in [entry["what"] for entry in await connected.log("delivery")]


async def test_a_thread_has_its_replies_and_its_count(connected: Setup) -> None:
    @connected.app.event("message")
    async def reply(event: Json, say: AsyncSay) -> None:
        await say("In the thread", thread_ts=event["ts"])

    parent = (await connected.act("tom", "message", text="Start"))["ts"]
    messages = (await connected.see("tom"))["channels"][-1]["messages"]

    assert (messages[0]["reply_count"], messages[0]["latest_reply"]) == (1, messages[1]["ts"])
    assert (messages[1]["thread_ts"], messages[1]["text"]) == (parent, "In the thread")


async def test_unread_messages_are_counted_until_they_are_read(connected: Setup) -> None:
    await connected.client.chat_postMessage(channel=connected.member("tom"), text="News")
    before = (await connected.see("tom"))["channels"][-1]["unread"]
    await connected.act("tom", "read")

    assert before == 1
    assert (await connected.see("tom"))["channels"][-1]["unread"] == 0


async def test_edits_show_and_only_the_author_can_make_them(connected: Setup) -> None:
    ts = (await connected.act("tom", "message", channel="#random", text="Tpyo"))["ts"]

    refused = await connected.act("mira", "edit", channel="#random", ts=ts, text="No")
    edited = await connected.act("tom", "edit", channel="#random", ts=ts, text="Typo")

    assert refused["error"] == "not_your_message"
    assert (edited["messages"][0]["text"], edited["messages"][0]["edited"]["user"]) == (
        "Typo",
        connected.member("tom"),
    )


@pytest.mark.parametrize(
    ("command", "expected"),
    [("/say", "hi @mira and @nobody"), ("/tell", "hi <@{mira}|mira> and @nobody")],
)
async def test_mentions_are_escaped_only_where_the_manifest_asks_for_it(
    connected: Setup, command: str, expected: str
) -> None:
    got: list[Json] = []

    @connected.app.command(command)
    async def note(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack()

    mira = connected.member("mira")
    await connected.act("tom", "command", command=command, text="hi @mira and @nobody")
    await connected.act("tom", "command", command=command, text=f"hi <@{mira}> and @nobody")

    assert [body["text"] for body in got] == [expected.format(mira=mira)] * 2
    assert (got[0]["channel_name"], got[0]["user_id"]) == ("directmessage", connected.member("tom"))


async def test_a_command_that_is_not_declared_is_unknown(connected: Setup) -> None:
    answer = await connected.act("tom", "command", command="/shout")

    assert (answer["ok"], answer["error"]) == (False, "unknown_command")
    assert "/say, /tell" in answer["hint"]


async def test_what_a_command_answers_is_seen_by_one_person_only(connected: Setup) -> None:
    @connected.app.command("/say")
    async def whisper(ack: AsyncAck) -> None:
        await ack("Just for you")

    answer = await connected.act("tom", "command", command="/say", channel="#general")

    assert answer["ack"] == {"text": "Just for you"}
    assert [(each["text"], each["ephemeral"]) for each in answer["messages"]] == [("Just for you", True)]
    general = next(each for each in (await connected.see("mira"))["channels"] if each["name"] == "general")
    assert general["messages"] == []


async def test_a_response_url_answers_replaces_and_wears_out(connected: Setup) -> None:
    urls: list[str] = []

    @connected.app.command("/say")
    async def answer_later(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        urls.append(body["response_url"])
        await ack()
        await respond("First, for all", response_type="in_channel")

    shown = await connected.act("tom", "command", command="/say", channel="#general")
    webhook = AsyncWebhookClient(urls[0])
    more = [(await webhook.send(text=str(number))).status_code for number in range(4)]
    sixth = await webhook.send(text="one too many")

    assert [(each["text"], each["ephemeral"]) for each in shown["messages"]] == [("First, for all", False)]
    assert more == [200] * 4
    assert (sixth.status_code, "used_url" in sixth.body) == (404, True)


async def test_a_button_in_a_message_can_replace_it(connected: Setup) -> None:
    got: list[Json] = []

    @connected.app.action("go")
    async def replace(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        got.append(body)
        await ack()
        await respond("Done", replace_original=True)

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "v"}
    post = await connected.client.chat_postMessage(
        channel=connected.member("tom"), text="Ready?", blocks=[{"type": "actions", "elements": [button]}]
    )
    answer = await connected.act("tom", "click", channel=post["channel"], ts=post["ts"], action_id="go")

    assert (got[0]["actions"][0]["value"], got[0]["container"]["message_ts"]) == ("v", post["ts"])
    assert got[0]["message"]["blocks"][0]["block_id"] == got[0]["actions"][0]["block_id"]
    assert [(each["ts"], each["text"], each["blocks"]) for each in answer["messages"]] == [
        (post["ts"], "Done", [])
    ]


@pytest.mark.parametrize(("do", "callback_id"), [("shortcut", "ask"), ("message_shortcut", "keep")])
async def test_shortcuts_come_with_a_trigger(connected: Setup, do: str, callback_id: str) -> None:
    got: list[Json] = []

    @connected.app.shortcut("keep")
    async def note(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack()

    ts = (await connected.act("tom", "message", text="Keep me"))["ts"]
    more: dict[str, Any] = {"ts": ts} if do == "message_shortcut" else {}
    answer = await connected.act("tom", do, callback_id=callback_id, **more)

    assert answer["ack"] == {}
    triggers = [*connected.triggers, *(body["trigger_id"] for body in got)]
    assert len(triggers) == 1
    assert [body["message"]["text"] for body in got] == (["Keep me"] if more else [])


async def test_an_undeclared_shortcut_is_unknown(connected: Setup) -> None:
    answer = await connected.act("tom", "shortcut", callback_id="keep")

    assert (answer["error"], answer["hint"]) == ("unknown_shortcut", "the manifest declares ask")


async def test_a_text_that_the_page_has_escaped_already_stays_as_it_is(connected: Setup) -> None:
    answer = await connected.act("tom", "message", text="1 &lt; 2 &amp;amp; so on, &eacute;")

    assert answer["messages"][0]["text"] == "1 &lt; 2 &amp;amp; so on, &amp;eacute;"
