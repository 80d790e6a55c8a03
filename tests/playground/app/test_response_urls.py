"""Does a response_url do what Slack's does: five answers, for one person unless the app says otherwise?

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from typing import Any

import httpx
import pytest

from bot.playground.app import payloads
from bot.playground.app.response_urls import ResponseUrl
from tests.playground.web_api import Json, Workspace


def address(slack: Workspace, channel: str, ts: str = "") -> str:
    return payloads.response_url(slack.state, ResponseUrl(channel, slack.member("ada"), ts))


async def history(slack: Workspace, channel: str) -> list[Json]:
    messages: list[Json] = (await slack.good("conversations.history", channel=channel))["messages"]
    return messages


async def answer(slack: Workspace, url: str, **body: Any) -> httpx.Response:
    return await slack.http.post(url, json=body)


async def test_an_answer_is_seen_by_one_person_only(slack: Workspace) -> None:
    channel = slack.room("garden")

    response = await answer(slack, address(slack, channel), text="Noted.")

    assert (response.status_code, response.text) == (200, "ok")
    assert await history(slack, channel) == []
    [message] = slack.state.channels[channel].messages.values()
    assert (message.text, message.visible_to) == ("Noted.", slack.member("ada"))


async def test_an_answer_in_channel_is_seen_by_everyone(slack: Workspace) -> None:
    channel = slack.room("garden")

    await answer(slack, address(slack, channel), text="Noted.", response_type="in_channel")

    [message] = await history(slack, channel)
    assert (message["text"], message["bot_id"]) == ("Noted.", slack.state.app.bot_id)


async def test_an_answer_replaces_or_deletes_the_message_that_was_clicked(slack: Workspace) -> None:
    channel = slack.room("garden")
    posted = await slack.good("chat.postMessage", channel=channel, text="Before")
    url = address(slack, channel, posted["ts"])

    await answer(slack, url, replace_original=True, text="After")
    replaced = await history(slack, channel)
    await answer(slack, url, delete_original=True)

    assert [(message["ts"], message["text"]) for message in replaced] == [(posted["ts"], "After")]
    assert await history(slack, channel) == []


async def test_an_address_is_good_for_five_answers(slack: Workspace) -> None:
    url = address(slack, slack.room("garden"))

    responses = [await answer(slack, url, text="Noted.") for _ in range(6)]

    assert [response.status_code for response in responses] == [200] * 5 + [404]
    assert responses[-1].json() == {"ok": False, "error": "used_url"}


async def test_an_address_that_nobody_gave_out_is_not_found(slack: Workspace) -> None:
    response = await answer(slack, f"{slack.state.url}/actions/T000000000/1/none", text="Noted.")

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("body", "error"),
    [({}, "no_text"), ({"text": "a", "blocks": [{"type": "section"}]}, "invalid_blocks")],
)
async def test_an_answer_that_slack_refuses_is_not_posted(slack: Workspace, body: Json, error: str) -> None:
    channel = slack.room("garden")

    response = await answer(slack, address(slack, channel), **body)

    assert response.json()["error"] == error
    assert slack.state.channels[channel].messages == {}


async def test_an_answer_that_cannot_be_read_is_refused(slack: Workspace) -> None:
    url = address(slack, slack.room("garden"))

    response = await slack.http.post(url, content="{", headers={"Content-Type": "application/json"})

    assert response.json() == {"ok": False, "error": "invalid_json"}
