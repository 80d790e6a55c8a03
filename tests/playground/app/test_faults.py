"""Do the faults that a tester asks for happen, and does the Slack SDK see them as it would see Slack's?"""

import asyncio

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.connected_app import Json, Setup, form


async def texts(setup: Setup, who: str = "tom") -> list[str]:
    """What stands in somebody's direct message with the app."""
    channels = (await setup.see(who))["channels"]
    return [message["text"] for each in channels if each["is_im"] for message in each["messages"]]


async def test_a_post_that_is_dropped_after_commit_is_there_though_the_call_failed(setup: Setup) -> None:
    await setup.fault(method="chat.postMessage", kind="drop_after_commit", count=1)

    with pytest.raises(aiohttp.ClientError):
        await setup.client.chat_postMessage(channel=setup.member("tom"), text="Once")

    assert await texts(setup) == ["Once"]
    assert [entry["dropped"] for entry in await setup.log("api")] == [True]


async def test_the_sdks_handler_waits_out_a_429(setup: Setup) -> None:
    await setup.fault(method="chat.postMessage", kind="ratelimited", count=1, retry_after=1)
    client = AsyncWebClient(
        setup.playground.bot_token,
        base_url=setup.playground.api_url,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )

    await client.chat_postMessage(channel=setup.member("tom"), text="Late but there")

    assert [entry["status"] for entry in await setup.log("api")] == [429, 200]
    assert await texts(setup) == ["Late but there"]


async def test_a_429_says_how_long_to_wait(setup: Setup) -> None:
    await setup.fault(method="chat.postMessage", kind="ratelimited", retry_after=30)

    with pytest.raises(SlackApiError) as caught:
        await setup.client.chat_postMessage(channel=setup.member("tom"), text="x")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "30"
    assert caught.value.response["error"] == "ratelimited"


async def test_a_fault_of_one_method_leaves_the_others_alone(setup: Setup) -> None:
    await setup.fault(method="chat.postMessage", kind="error", error="internal_error")

    assert (await setup.client.auth_test())["ok"]
    with pytest.raises(SlackApiError, match="internal_error"):
        await setup.client.chat_postMessage(channel=setup.member("tom"), text="x")
    assert await texts(setup) == []


async def test_faults_end_after_their_count_or_when_cleared(setup: Setup) -> None:
    await setup.fault(method="auth.test", kind="http_500", count=1)
    await setup.fault(method="api.test", kind="error", error="fatal_error")
    with pytest.raises(SlackApiError):
        await setup.client.auth_test()
    left = await setup.ask("GET", "faults")
    cleared = await setup.ask("DELETE", "faults")

    assert [fault["method"] for fault in left["faults"]] == ["api.test"]
    assert cleared["faults"] == []
    assert (await setup.client.auth_test())["ok"]
    assert (await setup.client.api_test())["ok"]


async def test_a_fault_with_a_share_strikes_some_calls_only(setup: Setup) -> None:
    await setup.fault(method="auth.test", kind="error", error="internal_error", share=0.5)
    token = {"token": setup.playground.bot_token}
    answers = [(await setup.http.post("/api/auth.test", data=token)).json()["ok"] for _ in range(40)]

    assert 5 < answers.count(False) < 35


async def test_a_delayed_call_is_answered_in_the_end(setup: Setup) -> None:
    await setup.fault(method="auth.test", kind="delay", delay_ms=150)

    answer = await setup.client.auth_test()

    assert answer["ok"]
    assert (await setup.log("api"))[0]["after_ms"] >= 150


@pytest.mark.parametrize("at_once", [False, True])
async def test_a_submission_delivered_twice_reaches_the_app_twice_and_closes_once(
    connected: Setup, *, at_once: bool
) -> None:
    got: list[Json] = []

    async def note(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack()

    connected.answers(note)
    connected.opens(form())
    await connected.act("tom", "command", command="/say")
    await connected.fault(kind="deliver_twice", type="view_submission", count=1, at_once=at_once)

    answer = await connected.act("tom", "submit", values={"goal": "x"})

    assert answer["view"] is None
    assert len(got) == 2
    assert (got[0]["view"]["id"], got[0]["view"]["hash"]) == (got[1]["view"]["id"], got[1]["view"]["hash"])


async def test_an_event_delivered_twice_keeps_its_id(connected: Setup) -> None:
    ids: list[str] = []

    @connected.app.event("message")
    async def note(body: Json) -> None:
        ids.append(body["event_id"])

    await connected.fault(kind="deliver_twice", count=1)
    await connected.act("tom", "message", text="Hello")

    assert len(ids) == 2
    assert len(set(ids)) == 1


async def test_with_rate_limits_on_a_burst_of_posts_in_one_channel_is_slowed(setup: Setup) -> None:
    await setup.set(rate_limits=True)
    tom, mira = setup.member("tom"), setup.member("mira")
    posts = [setup.client.chat_postMessage(channel=tom, text=str(number)) for number in range(6)]

    results = await asyncio.gather(*posts, return_exceptions=True)

    refused = [result for result in results if isinstance(result, SlackApiError)]
    assert refused
    assert {error.response.status_code for error in refused} == {429}
    assert (await setup.client.chat_postMessage(channel=mira, text="Hello"))["ok"]


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "meteor"},
        {"kind": "delay", "share": 2},
        {"kind": "delay", "count": 0},
        {"kind": "delay", "delay_ms": "x"},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(setup: Setup, body: Json) -> None:
    answer = await setup.fault(**body)

    assert answer["ok"] is False
    assert answer["hint"]
