"""Does Slack's own SDK get along with the playground, in all that a bot does with it?"""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    InputBlock,
    PlainTextInputElement,
    SectionBlock,
)
from slack_sdk.models.metadata import Metadata
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.web_api import Workspace


@pytest.fixture
async def client(slack: Workspace) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            token=slack.state.app.bot_token, base_url=f"{slack.state.url}/api/", session=session
        )


async def test_the_sdk_posts_reads_changes_and_deletes(slack: Workspace, client: AsyncWebClient) -> None:
    channel = slack.room("garden")
    posted = await client.chat_postMessage(
        channel=channel,
        text="Hello",
        blocks=[
            SectionBlock(text="*Hello*"),
            ActionsBlock(elements=[ButtonElement(text="Go", action_id="go")]),
        ],
        metadata=Metadata(event_type="check_in", event_payload={"id": "a1"}),
        unfurl_links=False,
    )
    await client.chat_update(channel=channel, ts=posted["ts"], text="Changed")
    history = await client.conversations_history(
        channel=channel, oldest=posted["ts"], inclusive=True, include_all_metadata=True, limit=1
    )
    await client.chat_delete(channel=channel, ts=posted["ts"])
    after = await client.conversations_history(channel=channel)

    [message] = history["messages"]
    assert (message["text"], message["metadata"]["event_payload"]) == ("Changed", {"id": "a1"})
    assert after["messages"] == []


async def test_the_sdk_turns_the_pages_of_a_list(slack: Workspace, client: AsyncWebClient) -> None:
    names = [member["name"] async for page in await client.users_list(limit=3) for member in page["members"]]

    assert names == [member.name for member in slack.state.members.values()]


async def test_the_sdk_opens_and_updates_forms_and_publishes_home(
    slack: Workspace, client: AsyncWebClient
) -> None:
    field = InputBlock(label="How was it?", block_id="said", element=PlainTextInputElement(action_id="said"))
    form = View(type="modal", title="Check-in", submit="Send", blocks=[field])

    opened = await client.views_open(trigger_id=slack.trigger("mira"), view=form)
    updated = await client.views_update(view_id=opened["view"]["id"], hash=opened["view"]["hash"], view=form)
    home = await client.views_publish(
        user_id=slack.member("mira"), view=View(type="home", blocks=[SectionBlock(text="Hello")])
    )

    assert updated["view"]["id"] == opened["view"]["id"]
    assert home["view"]["type"] == "home"


async def test_the_sdk_hears_why_a_call_was_refused(slack: Workspace, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(
            channel=slack.room("garden"), text="Hello", blocks=[{"type": "section"}]
        )

    assert refusal.value.response["error"] == "invalid_blocks"
    [message] = refusal.value.response["response_metadata"]["messages"]
    assert message == "[ERROR] must define either `text` or `fields` [json-pointer:/blocks/0/type]"


async def test_the_sdk_waits_as_long_as_it_is_told_and_tries_again(
    slack: Workspace, client: AsyncWebClient
) -> None:
    fault = {"method": "chat.postMessage", "kind": "ratelimited", "count": 1, "retry_after": 0}
    await slack.http.post("/playground/faults", json=fault)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))

    answer = await client.chat_postMessage(channel=slack.room("garden"), text="Hello")

    assert answer["ok"] is True
    calls = (await slack.http.get("/playground/log")).json()["entries"]
    assert [call["status"] for call in calls if call.get("method") == "chat.postMessage"] == [429, 200]
