"""Who is connected by Socket Mode, and what has not been acknowledged yet?

As https://docs.slack.dev/apis/events-api/using-socket-mode tells it: up to ten connections, each envelope goes to
one of them, the acknowledgement may come over any.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from bot.playground.errors import UndeliveredError
from bot.playground.wire import Json
from bot.playground.workspace.ids import Ids

MOST_CONNECTIONS = 10
TICKET_S = 30.0
APPROXIMATE_CONNECTION_S = 3600


@dataclass(eq=False)
class Connection:
    """One open socket; `leaving` once the app was told to make a new one."""

    socket: web.WebSocketResponse
    request: web.Request
    leaving: bool = False

    def kill(self) -> None:
        """Cut the line without a goodbye."""
        if self.request.transport is not None:
            self.request.transport.abort()


class Sockets:
    """The app's connections, the tickets for new ones and the envelopes under way."""

    def __init__(self, ids: Ids, app_id: str, on_change: Callable[[bool], None]) -> None:
        """`on_change` is called with True after each new connection, with False after each lost one."""
        self._ids = ids
        self._app_id = app_id
        self._on_change = on_change
        self._tickets: dict[str, float] = {}
        self._connections: list[Connection] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = 0
        self.dead_tickets = 0
        self.kill_after_send = 0

    @property
    def connected(self) -> bool:
        """Whether a socket is open."""
        return bool(self._connections)

    @property
    def count(self) -> int:
        """How many sockets are open."""
        return len(self._connections)

    def issue_ticket(self) -> str:
        """A ticket for one connection, good for half a minute; a dead one when a tester asked for that."""
        ticket = self._ids.uuid()
        if self.dead_tickets > 0:
            self.dead_tickets -= 1
        else:
            self._tickets[ticket] = time.monotonic() + TICKET_S
        return ticket

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Take a connection that has a good ticket and keep it until it ends."""
        expires = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if expires < time.monotonic():
            raise web.HTTPBadRequest(text="The ticket is unknown, used or too old.")
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        if self.count >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._keep(Connection(socket, request))
        return socket

    async def _keep(self, connection: Connection) -> None:
        self._connections.append(connection)
        try:
            await connection.socket.send_json(self._hello())
            self._on_change(True)
            await self._listen(connection)
        finally:
            self._connections.remove(connection)
            self._on_change(False)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": {
                "host": "playground",
                "build_number": 1,
                "approximate_connection_time": APPROXIMATE_CONNECTION_S,
            },
            "connection_info": {"app_id": self._app_id},
        }

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is WSMsgType.TEXT:
                self._take_answer(message.data)

    def _take_answer(self, data: str) -> None:
        try:
            answer = json.loads(data)
        except ValueError:
            return
        waiting = self._waiting.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    async def send(self, envelope: Json, timeout_s: float) -> Json:
        """Send to one connection and wait for the answer; raises UndeliveredError when none comes."""
        connection = self._next()
        if connection is None:
            raise UndeliveredError("connection_failed")
        envelope_id = envelope["envelope_id"]
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        try:
            await connection.socket.send_json(envelope)
            self._kill_if_asked(connection)
            async with asyncio.timeout(timeout_s):
                return await answer
        except (TimeoutError, ConnectionError):
            raise UndeliveredError("timeout") from None
        finally:
            del self._waiting[envelope_id]

    def _next(self) -> Connection | None:
        open_ones = [each for each in self._connections if not each.socket.closed]
        staying = [each for each in open_ones if not each.leaving] or open_ones
        self._turn += 1
        return staying[self._turn % len(staying)] if staying else None

    def _kill_if_asked(self, connection: Connection) -> None:
        if self.kill_after_send > 0:
            self.kill_after_send -= 1
            connection.kill()

    def kill(self, *, every: bool = False) -> int:
        """Cut the oldest connection, or all; returns how many."""
        chosen = self._connections[:] if every else self._connections[:1]
        for connection in chosen:
            connection.kill()
        return len(chosen)

    async def disconnect(self, reasons: tuple[str, ...], *, every: bool = False) -> int:
        """Tell the oldest connection, or all, why it will end; the app is to open a new one."""
        chosen = self._connections[:] if every else self._connections[:1]
        for connection in chosen:
            connection.leaving = True
            for reason in reasons:
                await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
        return len(chosen)

    async def close(self) -> None:
        """End all connections."""
        for connection in self._connections[:]:
            await connection.socket.close()
