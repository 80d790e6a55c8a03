"""Does Socket Mode deliver each thing once, to one socket, and again when nobody acknowledged it?"""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.patience import LONG_S
from tests.playground.connected_app import Json, Setup


def hearing(setup: Setup) -> list[Json]:
    """The messages that the app hears of, with their retry headers."""
    heard: list[Json] = []

    @setup.app.event("message")
    async def note(event: Json, context: Any, request: Any = None) -> None:
        heard.append(event)

    return heard


async def open_socket(setup: Setup, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    """A bare socket, after its hello."""
    client = setup.client
    answer = await client.apps_connections_open(app_token=setup.playground.app_token)
    socket = await session.ws_connect(answer["url"])
    hello = await socket.receive_json()
    assert hello["type"] == "hello"
    return socket


async def test_each_envelope_goes_to_one_of_the_sockets(connected: Setup) -> None:
    await connected.connect()
    heard = hearing(connected)

    for number in range(4):
        await connected.act("tom", "message", text=f"Message {number}")

    assert [event["text"] for event in heard] == [f"Message {number}" for number in range(4)]
    assert len(await connected.log("delivery")) == 4


async def test_a_ticket_is_good_once(setup: Setup) -> None:
    url = (await setup.client.apps_connections_open(app_token=setup.playground.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            hello = await socket.receive_json()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)

    assert hello["connection_info"]["app_id"] == setup.playground.state.app.app_id
    assert hello["num_connections"] == 1


async def test_a_dead_ticket_is_refused_and_the_next_one_is_good(setup: Setup) -> None:
    await setup.fault(kind="dead_ticket")
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await open_socket(setup, session)
        socket = await open_socket(setup, session)
        await socket.close()


async def test_the_eleventh_socket_is_turned_away(setup: Setup) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await open_socket(setup, session) for _ in range(10)]
        url = (await setup.client.apps_connections_open(app_token=setup.playground.app_token))["url"]
        async with session.ws_connect(url) as eleventh:
            answer = await eleventh.receive_json()
        for socket in sockets:
            await socket.close()

    assert answer == {"type": "disconnect", "reason": "too_many_websockets"}


async def test_an_event_without_ack_comes_again_with_its_number(setup: Setup) -> None:
    await setup.set(ack_timeout_s=0.3)
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(setup, session)
        acting = asyncio.create_task(setup.act("tom", "message", text="Hello"))
        first = await socket.receive_json()
        await setup.set(ack_timeout_s=LONG_S)
        second = await socket.receive_json()
        await socket.send_json({"envelope_id": second["envelope_id"]})
        answer = await acting
        await socket.close()

    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert first["envelope_id"] != second["envelope_id"]
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert answer["ack"] == {}


async def test_later_retries_come_as_the_clock_moves(setup: Setup) -> None:
    await setup.set(ack_timeout_s=0.05)
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(setup, session)
        await setup.act("tom", "message", text="Hello")
        await setup.ask("POST", "clock", {"advance_s": 3600, "settle_ms": 0})
        attempts = [(await socket.receive_json())["retry_attempt"] for _ in range(4)]
        await socket.close()

    assert attempts == [0, 1, 2, 3]


async def test_what_came_while_nobody_was_connected_arrives_with_the_next_socket(setup: Setup) -> None:
    heard = hearing(setup)
    answer = await setup.act("tom", "message", text="Is anybody there?")
    await setup.connect()
    await setup.until(lambda: heard)

    assert answer["ack"] is None
    assert [event["text"] for event in heard] == ["Is anybody there?"]


async def test_a_command_without_a_socket_is_trouble(setup: Setup) -> None:
    answer = await setup.act("tom", "command", command="/say")

    assert answer["ack"] is None
    assert answer["trouble"] == "We had some trouble connecting. Try again?"
    assert answer["trouble_reason"] == "connection_failed"


async def test_a_socket_that_dies_with_an_envelope_loses_no_event(connected: Setup) -> None:
    heard = hearing(connected)
    await connected.set(ack_timeout_s=0.2)
    await connected.fault(kind="kill_socket", mid_envelope=True)

    async def came_again() -> bool:
        return [entry["attempt"] for entry in await connected.log("delivery")][:2] == [0, 1]

    await connected.act("tom", "message", text="Still here")
    await connected.until(came_again)
    await connected.until(lambda: heard)

    assert {event["text"] for event in heard} == {"Still here"}


async def test_the_sdk_reconnects_after_a_killed_socket(connected: Setup) -> None:
    heard = hearing(connected)
    killed = await connected.fault(kind="kill_socket")
    await connected.until(lambda: not connected.playground.services.sockets.connected)
    await connected.until(lambda: connected.playground.services.sockets.connected)

    await connected.act("tom", "message", text="Back again")

    assert killed["connections"] == 1
    assert [event["text"] for event in heard] == ["Back again"]


async def test_a_refreshed_socket_is_replaced_and_nothing_is_lost(connected: Setup) -> None:
    heard = hearing(connected)
    before = connected.playground.services.sockets._connections[0]
    await connected.fault(kind="refresh")
    await connected.act("tom", "message", text="During the change")
    await connected.until(lambda: before not in connected.playground.services.sockets._connections)
    await connected.until(lambda: connected.playground.services.sockets.connected)
    await connected.act("tom", "message", text="After it")
    await connected.until(lambda: len(heard) == 2)

    assert [event["text"] for event in heard] == ["During the change", "After it"]


async def test_see_tells_whether_the_app_is_connected(setup: Setup) -> None:
    before = (await setup.see("ada"))["bot_connected"]
    await setup.connect()

    assert before is False
    assert (await setup.see("ada"))["bot_connected"] is True
