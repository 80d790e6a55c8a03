"""The line to Slack: Socket Mode, with a watchdog that begins anew when it went silent.

The SDK reconnects by itself in most cases, but it may hold on to a ticket that is dead, or to a line that went
silent (https://docs.slack.dev/apis/events-api/using-socket-mode). Whoever has been deaf for a minute begins anew.
"""

import asyncio
import logging
from contextlib import suppress

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.courtesy import Calls
from bot.domain.errors import SlackTrouble, SlackUnreachable
from bot.slack.refusals import refused

CONNECT_S = 20.0
DEAF_S = 60.0
LOOK_EVERY_S = 5.0
ANSWER_S = 3.0  # Slack waits no longer for an answer, so neither does a bot that closes

log = logging.getLogger(__name__)


def _without_traceback(record: logging.LogRecord) -> bool:
    """A line that broke is told in a sentence: the SDK would show where in its own code it noticed."""
    record.exc_info = None
    return True


# Not below ours, so that it stays as quiet as all libraries: the SDK logs each message that it gets.
_sdk_log = logging.getLogger("slack_sdk.pairloop")
_sdk_log.addFilter(_without_traceback)


class _Handler(AsyncSocketModeHandler):
    """Bolt's handler, which also tells how many calls are being answered."""

    def __init__(self, app: AsyncApp, app_token: str, calls: Calls) -> None:
        super().__init__(app, app_token, logger=_sdk_log)
        self._calls = calls

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as Bolt has it
        with self._calls.one_more():
            await super().handle(client, req)


class Sockets:
    """The line to Slack: opened once, watched, and opened anew when it has been down for `deaf_s` seconds."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        calls: Calls | None = None,
        *,
        deaf_s: float = DEAF_S,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._calls = calls or Calls()
        self._deaf_s = deaf_s
        self._look_every_s = look_every_s
        self._handler: _Handler | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect, and begin to watch. Raises TokenRefused, SlackUnreachable, SlackTrouble."""
        self._handler = await self._connect()
        self._watch = asyncio.create_task(self._keep_watch())

    async def connected(self) -> bool:
        """Whether Slack can reach the bot now."""
        return self._handler is not None and bool(await self._handler.client.is_connected())

    async def close(self) -> None:
        """Take no new calls; those that came already are answered first."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        if self._handler is not None:
            await self._calls.answered(ANSWER_S)
            await _hang_up(self._handler)

    async def _connect(self) -> _Handler:
        """The ticket is fetched here, because the SDK would ask for it for ever with a token that is refused."""
        ticket = await self._ticket()
        handler = _Handler(self._app, self._app_token, self._calls)
        handler.client.wss_uri = ticket
        try:
            await asyncio.wait_for(handler.connect_async(), CONNECT_S)  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        except TimeoutError as error:
            await _hang_up(handler)
            raise SlackUnreachable(ticket.partition("?")[0]) from error
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

    async def _keep_watch(self) -> None:
        now = asyncio.get_running_loop().time
        heard = now()
        while True:
            await asyncio.sleep(self._look_every_s)
            if await self.connected():
                heard = now()
            elif now() - heard >= self._deaf_s:
                await self._begin_anew()
                heard = now()

    async def _begin_anew(self) -> None:
        log.warning("Slack could not reach the bot for %.0f seconds: connecting anew", self._deaf_s)
        try:
            fresh = await self._connect()
        except SlackTrouble as error:
            log.warning("connecting anew did not work (%s): the next try follows", error.code)
            return
        old, self._handler = self._handler, fresh
        if old is not None:
            await _hang_up(old)
        log.info("connected again")


async def _hang_up(handler: _Handler) -> None:
    await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
