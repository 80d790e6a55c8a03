"""The lines to Slack: two connections in Socket Mode, each with a watchdog that begins anew when it went silent.

Slack gives each call to one of them, and asks each to be renewed about once an hour. A line that is to be renewed
stays open until the new one stands; while one is down, Slack uses the other. The SDK reconnects by itself in most
cases, but it may hold on to a ticket that is dead, or to a line that went silent
(https://docs.slack.dev/apis/events-api/using-socket-mode). A line that has been deaf for a minute begins anew.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SlackTrouble, SlackUnreachable
from bot.priority import InFlightCalls
from bot.slack.errors import explain_to_operator
from bot.slack.refusals import refused
from bot.words import Words

LINES = 2
CONNECT_S = 20.0
DEAF_S = 60.0
LOOK_EVERY_S = 5.0
FIRST_PAUSE_S = 5.0  # between two tries to renew a line; Slack may give one ticket a minute only
LONGEST_PAUSE_S = 60.0
SETTLED_S = 60.0  # a line that stood so long is renewed without a pause
PING_EVERY_S = 10.0
ANSWER_S = 3.0  # Slack waits no longer for an answer, so neither does a bot that closes
LINGER_S = 10.0  # so long the old line stays beside the new one, for what is on its way

log = logging.getLogger(__name__)


def _without_traceback(record: logging.LogRecord) -> bool:
    """A line that broke is told in a sentence: the SDK would show where in its own code it noticed."""
    record.exc_info = None
    return True


# Not below ours, so that it stays as quiet as all libraries: the SDK logs each message that it gets.
_sdk_log = logging.getLogger("slack_sdk.pairloop")
_sdk_log.addFilter(_without_traceback)


class _Client(SocketModeClient):
    """The SDK's client, but when Slack asks it to go it stays, and says so, until another one stands.

    The SDK itself would close the old connection before it opens the new one, and lose what is clicked in between.
    """

    def __init__(self, app_token: str, web_client: AsyncWebClient, another: "Another") -> None:
        super().__init__(app_token, logger=_sdk_log, web_client=web_client, ping_interval=PING_EVERY_S)
        self.leaving = asyncio.Event()
        self._another = another

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - the SDK's signature
        if force:  # Slack asked for it; otherwise the connection broke
            self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False
            self.leaving.set()
        else:
            await super().connect_to_new_endpoint()

    async def send_message(self, message: str) -> None:
        """Over another line where this one ended meanwhile; Slack takes an answer from any."""
        other = None if await self.is_connected() else await self._another()
        await SocketModeClient.send_message(other or self, message)


Another = Callable[[], Awaitable[_Client | None]]


class _Handler(AsyncSocketModeHandler):
    """Bolt's handler, with our client; it also tells how many calls are being answered."""

    client: _Client

    def __init__(self, app: AsyncApp, app_token: str, calls: InFlightCalls, another: Another) -> None:
        # In the place of Bolt's own, which would make a client of the SDK.
        self.app = app
        self.app_token = app_token
        self.client = _Client(app_token, app.client, another)
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as Bolt has it
        self._calls = calls

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt has it
        with self._calls.one_more():
            await super().handle(client, req)


class _Line:
    """One connection, and the watch over it."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[_Handler]],
        reachable: Callable[[], Awaitable[bool]],
        *,
        deaf_s: float,
        look_every_s: float,
        first_pause_s: float,
    ) -> None:
        """`connect` makes a connection; `reachable` says whether Slack can reach the bot, on whichever line."""
        self._connect = connect
        self._reachable = reachable
        self._deaf_s = deaf_s
        self._look_every_s = look_every_s
        self._first_pause_s = first_pause_s
        self._parting: set[asyncio.Task[None]] = set()
        self._told = False
        self.handler: _Handler | None = None

    async def open(self) -> None:
        """Raises TokenRefused, SlackUnreachable, SlackTrouble."""
        self.handler = await self._connect()

    async def connected(self) -> bool:
        return self.handler is not None and bool(await self.handler.client.is_connected())

    async def keep(self) -> None:
        """Open the line if it is not, and make it anew whenever it ends, for ever."""
        pause_s = 0.0
        while True:
            stood_s = await self._until_it_ends()
            pause_s = 0.0 if stood_s >= SETTLED_S else pause_s
            await asyncio.sleep(pause_s)
            await self._renew()
            pause_s = min(max(2 * pause_s, self._first_pause_s), LONGEST_PAUSE_S)

    async def hang_up(self) -> None:
        for task in self._parting:
            task.cancel()
        await asyncio.gather(*self._parting, return_exceptions=True)
        if self.handler is not None:
            await _hang_up(self.handler)

    async def _until_it_ends(self) -> float:
        """Wait until Slack asks for a new line or this one is deaf; returns after how many seconds."""
        now = asyncio.get_running_loop().time
        since = heard = now()
        while self.handler is not None and not self.handler.client.leaving.is_set():
            if await self.connected():
                heard = now()
            elif now() - heard >= self._deaf_s:
                await self._tell_deaf()
                break
            with suppress(TimeoutError):
                async with asyncio.timeout(self._look_every_s):
                    await self.handler.client.leaving.wait()
        return now() - since

    async def _renew(self) -> None:
        try:
            fresh = await self._connect()
        except SlackTrouble as error:
            await self._tell_trouble(error)
            return
        old, self.handler = self.handler, fresh
        if old is not None:
            task = asyncio.create_task(_part(old))
            self._parting.add(task)
            task.add_done_callback(self._parting.discard)
        if self._told:
            log.info("connected again")
        self._told = False

    async def _tell_deaf(self) -> None:
        """Only where it matters to somebody: as long as another line stands, nobody notices."""
        if not await self._reachable():
            log.warning("Slack could not reach the bot for %.0f seconds: connecting anew", self._deaf_s)
            self._told = True

    async def _tell_trouble(self, error: SlackTrouble) -> None:
        """Once, while another line stands; every time, while nothing reaches the bot."""
        if not await self._reachable():
            log.warning(
                "Slack cannot reach the bot, and it tries again. %s", explain_to_operator(error, Words())
            )
        elif not self._told:
            log.info("one of the lines to Slack could not be opened, and is tried again: %s", error.code)
        self._told = True


class Sockets:
    """The lines to Slack: the first is opened at once, the others when there is a ticket for them."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        calls: InFlightCalls | None = None,
        *,
        deaf_s: float = DEAF_S,
        look_every_s: float = LOOK_EVERY_S,
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._calls = calls or InFlightCalls()
        self._lines = [
            _Line(
                self._connect,
                self.connected,
                deaf_s=deaf_s,
                look_every_s=look_every_s,
                first_pause_s=first_pause_s,
            )
            for _ in range(LINES)
        ]
        self._watches: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Connect, and begin to watch. Raises TokenRefused, SlackUnreachable, SlackTrouble."""
        await self._lines[0].open()
        self._watches = [asyncio.create_task(line.keep()) for line in self._lines]

    async def connected(self) -> bool:
        """Whether Slack can reach the bot now."""
        return await self._standing() is not None

    async def close(self) -> None:
        """Take no new calls; those that came already are answered first."""
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        await self._calls.answered(ANSWER_S)
        for line in self._lines:
            await line.hang_up()

    async def _standing(self) -> _Client | None:
        """A line over which Slack can be reached."""
        for line in self._lines:
            if line.handler is not None and await line.connected():
                return line.handler.client
        return None

    async def _connect(self) -> _Handler:
        """The ticket is fetched here, because the SDK would ask for it for ever with a token that is refused."""
        ticket = await self._ticket()
        async with AsyncExitStack() as opened:
            handler = _Handler(self._app, self._app_token, self._calls, self._standing)
            opened.push_async_callback(_hang_up, handler)
            handler.client.wss_uri = ticket
            try:
                async with asyncio.timeout(CONNECT_S):
                    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
            except TimeoutError as error:
                raise SlackUnreachable(ticket.partition("?")[0]) from error
            opened.pop_all()
        return handler

    async def _ticket(self) -> str:
        client = self._app.client
        try:
            answer = await client.apps_connections_open(app_token=self._app_token)
        except SlackApiError as error:
            raise refused("SLACK_APP_TOKEN", client.base_url, error) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SlackUnreachable(client.base_url) from error
        return str(answer["url"])


async def _part(handler: _Handler) -> None:
    """Let an old connection go when Slack has, or nothing more can be on its way."""
    async with AsyncExitStack() as opened:
        opened.push_async_callback(_hang_up, handler)
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_S):
                while await handler.client.is_connected():  # noqa: ASYNC110 - the SDK has no event for it
                    await asyncio.sleep(LINGER_S / 100)


async def _hang_up(handler: _Handler) -> None:
    await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
