"""Does the app get signed requests over HTTP, and events again when it does not answer?"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp

from tests.playground.connected_app import Json, Setup, form

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Door:
    """The app's address: what came in, and with what status it answers before Bolt is asked."""

    app: AsyncApp
    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    came: list[dict[str, str]] = field(default_factory=list)

    @web.middleware
    async def watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.came.append(dict(request.headers))
        if self.status != 200:
            return web.Response(status=self.status, headers=self.headers)
        response: web.StreamResponse = await handler(request)
        return response


@pytest.fixture
async def door(setup: Setup) -> AsyncIterator[Door]:
    app = AsyncApp(
        client=setup.client, signing_secret=setup.playground.signing_secret, process_before_response=True
    )
    door = Door(app)
    application = app.web_app("/slack/events")
    application.middlewares.append(door.watch)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    door.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield door
    await runner.cleanup()


async def test_bolt_takes_the_signature_of_commands_forms_and_events(setup: Setup, door: Door) -> None:
    got: list[str] = []

    @door.app.command("/say")
    async def open_form(ack: AsyncAck, body: Json) -> None:
        await ack("Here it is")
        await setup.client.views_open(trigger_id=body["trigger_id"], view=form())

    @door.app.view("form")
    async def refuse(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"goal": "More"})

    @door.app.event("message")
    async def note(event: Json) -> None:
        got.append(event["text"])

    settings = await setup.set(delivery="http", request_url=door.url)
    command = await setup.act("tom", "command", command="/say")
    submission = await setup.act("tom", "submit", values={"goal": "x"})
    await setup.act("tom", "message", text="Over HTTP")

    assert settings["verified"] is True
    assert command["ack"] == {"text": "Here it is"}
    assert submission["errors"] == {"goal": "More"}
    assert got == ["Over HTTP"]


async def test_an_unanswered_event_comes_three_times_more(setup: Setup, door: Door) -> None:
    await setup.set(delivery="http", request_url=door.url)
    door.came.clear()
    door.status = 503
    await setup.act("tom", "message", text="Hello")
    await setup.ask("POST", "clock", {"advance_s": 600, "settle_ms": 0})

    assert [came.get("X-Slack-Retry-Num") for came in door.came] == [None, "1", "2", "3"]
    assert {came.get("X-Slack-Retry-Reason") for came in door.came[1:]} == {"http_error"}
    ids = {entry["payload"]["event_id"] for entry in await setup.log("delivery")}
    assert len(ids) == 1


async def test_an_app_can_ask_for_no_retry(setup: Setup, door: Door) -> None:
    await setup.set(delivery="http", request_url=door.url)
    door.came.clear()
    door.status, door.headers = 500, {"X-Slack-No-Retry": "1"}
    await setup.act("tom", "message", text="Hello")
    await setup.ask("POST", "clock", {"advance_s": 600, "settle_ms": 0})

    assert len(door.came) == 1


async def test_a_command_that_gets_an_error_is_trouble(setup: Setup, door: Door) -> None:
    await setup.set(delivery="http", request_url=door.url)
    door.status = 500

    answer = await setup.act("tom", "command", command="/say")

    assert (answer["ack"], answer["trouble_reason"]) == (None, "http_error")
    assert json.dumps(answer["messages"]) == "[]"
