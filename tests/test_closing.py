"""Whoever was heard before the bot closes is still answered over a line that is open until then."""

import asyncio

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.playground.server import Playground
from bot.sockets import Sockets
from tests.running_app import MANIFEST
from tests.test_sockets import act, app_of, until_connected

SOON_S = 0.2  # a close that waits for nobody is over by then


async def test_the_line_stays_open_for_as_long_as_somebody_waits_for_an_answer() -> None:
    heard, may_answer = asyncio.Event(), asyncio.Event()
    async with Playground(manifest=MANIFEST) as playground:
        app = app_of(playground)

        @app.command("/loop")
        async def listen(ack: AsyncAck) -> None:
            heard.set()
            await may_answer.wait()
            await ack("answered")

        sockets = Sockets(app, playground.app_token)
        await sockets.open()
        await until_connected(playground)
        acting = asyncio.create_task(act(playground, do="command", command="/loop", text="help"))
        await heard.wait()
        closing = asyncio.create_task(sockets.close())

        assert await asyncio.wait({closing}, timeout=SOON_S) == (set(), {closing})
        assert await sockets.connected()
        may_answer.set()
        await closing
        assert (await acting)["ack"]["text"] == "answered"
        assert not await sockets.connected()
