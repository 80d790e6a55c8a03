"""Does the bot stay within Slack's reach, and close without leaving anybody unanswered?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SlackUnreachable, TokenRefused
from bot.playground.faults import Fault
from bot.playground.server import Playground
from bot.sockets import Sockets
from handlers.strays import answer_stray
from tests.town import MANIFEST


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(manifest=MANIFEST) as playground:
        yield playground


def app_of(playground: Playground) -> AsyncApp:
    client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url, retry_handlers=[])
    app = AsyncApp(client=client, process_before_response=True, raise_error_for_unhandled_request=True)
    app.error(answer_stray)
    return app


@asynccontextmanager
async def opened(app: AsyncApp, playground: Playground, **patience: Any) -> AsyncIterator[Sockets]:
    sockets = Sockets(app, playground.app_token, **patience)
    await sockets.open()
    try:
        yield sockets
    finally:
        await sockets.close()


async def until_connected(playground: Playground, count: int = 1) -> None:
    async with asyncio.timeout(20):
        while playground.services.sockets.count != count:  # noqa: ASYNC110 - a server has no event for its clients
            await asyncio.sleep(0.01)


async def act(playground: Playground, **what: Any) -> dict[str, Any]:
    """What somebody sees of their act."""
    member = next(m.id for m in playground.state.members.values() if not m.is_bot)
    async with httpx.AsyncClient(base_url=playground.url, timeout=20) as http:
        answer: dict[str, Any] = (await http.post("/playground/act", json={"as": member, **what})).json()
    return answer


async def test_a_token_that_slack_refuses_is_told_at_once(playground: Playground) -> None:
    with pytest.raises(TokenRefused) as refused:
        await Sockets(app_of(playground), "xapp-of-somebody-else").open()

    assert (refused.value.setting, refused.value.code) == ("SLACK_APP_TOKEN", "invalid_auth")


async def test_a_slack_that_is_away_is_told(playground: Playground) -> None:
    app = app_of(playground)
    app.client.base_url = "http://127.0.0.1:9/api/"

    with pytest.raises(SlackUnreachable):
        await Sockets(app, playground.app_token).open()


async def test_a_line_that_stays_down_is_built_anew(playground: Playground) -> None:
    async with opened(app_of(playground), playground, deaf_s=0.05, look_every_s=0.01) as sockets:
        assert sockets._handler is not None
        await until_connected(playground)
        sockets._handler.client.auto_reconnect_enabled = (
            False  # the SDK gives up, as it does with a dead ticket
        )
        sockets._handler.client.default_auto_reconnect_enabled = False
        playground.services.sockets.kill(every=True)

        await until_connected(playground, 0)
        await until_connected(playground)

        assert (await act(playground, do="command", command="/loop", text="help"))["delivered"] == 1


async def test_slack_away_for_a_while_does_not_end_the_watch(playground: Playground) -> None:
    async with opened(app_of(playground), playground, deaf_s=0.05, look_every_s=0.01) as sockets:
        assert sockets._handler is not None
        await until_connected(playground)
        sockets._handler.client.default_auto_reconnect_enabled = False
        playground.state.faults.add(Fault("error", "apps.connections.open", count=2))
        playground.services.sockets.kill(every=True)

        await until_connected(playground, 0)
        await until_connected(playground)


async def test_whoever_was_heard_is_answered_before_the_line_closes(playground: Playground) -> None:
    app = app_of(playground)
    heard, may_answer = asyncio.Event(), asyncio.Event()

    @app.command("/loop")
    async def listen(ack: AsyncAck) -> None:
        heard.set()
        await may_answer.wait()
        await ack("answered")

    sockets = Sockets(app, playground.app_token)
    await sockets.open()
    acting = asyncio.create_task(act(playground, do="command", command="/loop", text="help"))
    await heard.wait()
    closing = asyncio.create_task(sockets.close())
    closed_too_soon, _ = await asyncio.wait({closing}, timeout=0.5)
    may_answer.set()
    await closing

    assert not closed_too_soon

    assert (await acting)["ack"]["text"] == "answered"


async def test_what_nobody_waits_for_is_acknowledged(playground: Playground) -> None:
    async with opened(app_of(playground), playground):
        await until_connected(playground)

        answer = await act(playground, do="command", command="/loop", text="help")

    acks = [entry for entry in playground.state.journal.since(0) if entry["kind"] == "ack"]
    assert answer["delivered"] == 1
    assert len(acks) == 1


async def test_a_failure_before_the_listener_is_not_acknowledged_so_that_slack_sends_it_again(
    playground: Playground,
) -> None:
    app = app_of(playground)

    @app.command("/loop")
    async def fail() -> None:
        raise RuntimeError("the database is away")

    async with opened(app, playground):
        await until_connected(playground)
        playground.state.settings.ack_timeout_s = 0.2
        await act(playground, do="command", command="/loop", text="help")

    kinds = {entry["kind"] for entry in playground.state.journal.since(0)}
    assert "no_ack" in kinds
    assert "ack" not in kinds
