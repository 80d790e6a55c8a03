"""Does the bot stay within Slack's reach, and close without leaving anybody unanswered?"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SlackUnreachable, TokenRefused
from bot.playground.app.faults import Fault
from bot.playground.app.sockets import Connection
from bot.playground.server import Playground
from bot.sockets import LINES, Sockets
from handlers.unhandled import answer_unhandled
from tests.logs import log_of_a_process
from tests.patience import LONG_S, a_playground, until
from tests.running_app import MANIFEST


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with a_playground(manifest=MANIFEST) as playground:
        yield playground


def app_of(playground: Playground) -> AsyncApp:
    client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url, retry_handlers=[])
    app = AsyncApp(client=client, process_before_response=True, raise_error_for_unhandled_request=True)
    app.error(answer_unhandled)
    return app


@asynccontextmanager
async def opened(app: AsyncApp, playground: Playground, **patience: Any) -> AsyncIterator[Sockets]:
    sockets = Sockets(app, playground.app_token, **patience)
    await sockets.open()
    try:
        yield sockets
    finally:
        await sockets.close()


async def until_connected(playground: Playground, count: int = LINES) -> None:
    await until(lambda: playground.services.sockets.count == count)


def sessions(playground: Playground) -> list[Connection]:
    """The connections that stand, as the playground knows them."""
    return playground.services.sockets._connections[:]


def give_up_by_itself(sockets: Sockets) -> None:
    """The SDK connects no more, as it does with a dead ticket."""
    for line in sockets._lines:
        assert line.handler is not None
        line.handler.client.auto_reconnect_enabled = False
        line.handler.client.default_auto_reconnect_enabled = False


async def act(playground: Playground, **what: Any) -> dict[str, Any]:
    """What somebody sees of their act."""
    member = next(m.id for m in playground.state.members.values() if not m.is_bot)
    async with httpx.AsyncClient(base_url=playground.url, timeout=LONG_S) as http:
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


async def test_lines_that_stay_down_are_built_anew(playground: Playground) -> None:
    patience = {"deaf_s": 0.05, "look_every_s": 0.01, "first_pause_s": 0.01}
    async with opened(app_of(playground), playground, **patience) as sockets:
        await until_connected(playground)
        await until(lambda: all(line.handler for line in sockets._lines))
        before = sessions(playground)
        give_up_by_itself(sockets)
        playground.services.sockets.kill(every=True)

        await until(lambda: len(set(sessions(playground)) - set(before)) == LINES)

        assert (await act(playground, do="command", command="/loop", text="help"))["delivered"] == 1


async def test_slack_away_for_a_while_does_not_end_the_watch(playground: Playground) -> None:
    patience = {"deaf_s": 0.05, "look_every_s": 0.01, "first_pause_s": 0.01}
    async with opened(app_of(playground), playground, **patience) as sockets:
        await until_connected(playground)
        await until(lambda: all(line.handler for line in sockets._lines))
        before = sessions(playground)
        give_up_by_itself(sockets)
        playground.state.faults.add(Fault("error", "apps.connections.open", count=4))
        playground.services.sockets.kill(every=True)

        await until(lambda: len(set(sessions(playground)) - set(before)) == LINES)


async def test_it_closes_in_whatever_moment_a_line_is_being_opened(playground: Playground) -> None:
    for moments in range(40):
        async with asyncio.timeout(LONG_S), opened(app_of(playground), playground):
            while playground.services.sockets.count < LINES:  # noqa: ASYNC110 - not a moment is to be missed
                await asyncio.sleep(0)
            for _ in range(moments):
                await asyncio.sleep(0)
        await until_connected(playground, 0)


@pytest.mark.parametrize("every", [False, True])
async def test_a_click_while_a_line_is_renewed_arrives(playground: Playground, *, every: bool) -> None:
    async with opened(app_of(playground), playground, first_pause_s=0.01):
        await until_connected(playground)
        playground.services.sockets.dead_tickets = renewed = LINES if every else 1
        told = await playground.services.sockets.disconnect(("warning", "refresh_requested"), every=every)
        await until(lambda: playground.services.sockets.dead_tickets == 0)

        answers = [await act(playground, do="command", command="/loop", text="help") for _ in range(3)]

    assert told == renewed
    assert [answer["delivered"] for answer in answers] == [1, 1, 1]
    assert [answer.get("trouble") for answer in answers] == [None, None, None]


async def test_a_renewed_line_takes_the_place_of_the_old_one(playground: Playground) -> None:
    async with opened(app_of(playground), playground):
        await until_connected(playground)
        old = sessions(playground)[0]
        await playground.services.sockets.disconnect(("warning", "refresh_requested"))
        await until(lambda: len(sessions(playground)) == LINES + 1)
        await old.socket.close()  # as Slack does a little later

        await until_connected(playground)

        assert old not in sessions(playground)
        assert (await act(playground, do="command", command="/loop", text="help"))["delivered"] == 1


async def test_whoever_closes_hangs_up_the_replaced_line_too(playground: Playground) -> None:
    async with opened(app_of(playground), playground):
        await until_connected(playground)
        await playground.services.sockets.disconnect(("refresh_requested",))
        await until_connected(playground, LINES + 1)

    await until_connected(playground, 0)


async def test_the_second_line_waits_for_its_ticket_and_the_first_works_meanwhile(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    async with opened(app_of(playground), playground, first_pause_s=0.01):
        playground.state.faults.add(Fault("ratelimited", "apps.connections.open", count=3))
        await until_connected(playground, 1)
        alone = await act(playground, do="command", command="/loop", text="help")
        await until_connected(playground)

    assert alone["delivered"] == 1
    ours = [(record.levelname, record.message) for record in caplog.records if record.name == "bot.sockets"]
    assert ours == [
        ("INFO", "one of the lines to Slack could not be opened, and is tried again: unreachable"),
        ("INFO", "connected again"),
    ]


async def test_while_nothing_reaches_the_bot_the_log_says_what_to_do(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    patience = {"deaf_s": 0.05, "look_every_s": 0.01, "first_pause_s": 0.01}
    async with opened(app_of(playground), playground, **patience) as sockets:
        await until_connected(playground)
        give_up_by_itself(sockets)
        playground.state.faults.add(Fault("error", "apps.connections.open", error="invalid_auth"))
        playground.services.sockets.kill(every=True)

        await until(
            lambda: "Slack refuses SLACK_APP_TOKEN (invalid_auth). Copy the right token" in caplog.text
        )

    assert "Slack could not reach the bot for 0 seconds: connecting anew" in caplog.text


async def test_an_answer_goes_over_the_other_line_where_its_own_has_ended(playground: Playground) -> None:
    app = app_of(playground)
    async with opened(app, playground) as sockets:
        stood: list[Any] = []

        @app.command("/loop")
        async def listen(ack: AsyncAck) -> None:
            await until(lambda: any(session.closed for session in stood))
            await ack("answered")

        await until_connected(playground)
        stood += [line.handler.client.current_session for line in sockets._lines if line.handler]
        playground.services.sockets.kill_after_send = 1
        answer = await act(playground, do="command", command="/loop", text="help")

    assert answer["ack"]["text"] == "answered"


async def test_a_start_that_is_given_up_leaves_nothing_behind_and_no_ticket_in_the_log(
    playground: Playground,
) -> None:
    before = asyncio.all_tasks()
    sockets = Sockets(app_of(playground), playground.app_token)
    playground.services.sockets.dead_tickets = 1
    with log_of_a_process("DEBUG") as written:
        opening = asyncio.create_task(sockets.open())
        await until(lambda: "Failed to connect" in written.getvalue())
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)

    assert "slack_sdk.pairloop" in written.getvalue()
    assert re.findall(r"ticket=[\w-]+", written.getvalue()) == []
    await until(lambda: not ours(asyncio.all_tasks() - before))


def ours(tasks: set[asyncio.Task[Any]]) -> list[str]:
    """What tasks of the SDK are about."""
    names = [getattr(task.get_coro(), "__qualname__", "") for task in tasks]
    return [name for name in names if "SocketMode" in name]


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
