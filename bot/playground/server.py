"""How does the playground run?"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.playground.api import WebApi
from bot.playground.app import responses
from bot.playground.app.delivery import Courier
from bot.playground.app.events import Events
from bot.playground.app.redelivery import Redelivery
from bot.playground.app.sockets import Sockets
from bot.playground.control import control
from bot.playground.control.clock import DemoClock
from bot.playground.control.followers import Followers
from bot.playground.errors import PlaygroundError, SlackError
from bot.playground.guard import guard
from bot.playground.methods import files
from bot.playground.services import Services
from bot.playground.wire import Json, read_arguments
from bot.playground.workspace.beginning import new_state

PAGE = Path(__file__).parent / "page"
LARGEST_BODY = 4 * 1024**2


class Playground:
    """A local Slack workspace on 127.0.0.1, as an asynchronous context manager."""

    def __init__(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        manifest: Json | None = None,
        clock: DemoClock | None = None,
        seed: int = 0,
    ) -> None:
        """Port 0 takes a free one; without a manifest everything but commands and shortcuts is granted."""
        if host not in ("127.0.0.1", "localhost"):
            raise PlaygroundError(f"The playground listens on this machine only, not on {host}.")
        self._host, self._port = host, port
        self.clock = clock or DemoClock()
        self.state = new_state(self.clock, manifest, seed)
        self.services = self._connect()
        self._runner: web.AppRunner | None = None
        self._unsubscribe: list[Callable[[], None]] = []

    def _connect(self) -> Services:
        state = self.state
        sockets = Sockets(state.ids, state.app.app_id, self._sockets_changed)
        courier = Courier(state, sockets)
        redelivery = Redelivery(state, courier)
        return Services(state, sockets, courier, redelivery, Events(state, redelivery), Followers(self.clock))

    def _sockets_changed(self, opened: bool) -> None:  # noqa: FBT001 (the signature of a callback)
        self.state.changes.touch()
        if opened:
            self.services.redelivery.socket_opened()

    def advise(self, text: str) -> None:
        """Have everybody read this above the conversation, until it is "" again."""
        self.state.advice = text
        self.state.changes.touch()

    def offer_stories(self, stories: Mapping[str, str], tell: Callable[[str], Awaitable[str]]) -> None:
        """Let the page offer to fill the workspace, once.

        Args:
            stories: their names, and what each is called on the page.
            tell: does it, and returns "" or, in a sentence, why it cannot be done.
        """
        self.state.stories, self.state.tell_story = stories, tell
        self.state.changes.touch()

    @property
    def url(self) -> str:
        """Where the page is, such as http://127.0.0.1:4242."""
        return self.state.url

    @property
    def api_url(self) -> str:
        """The base URL for a Slack SDK client."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.state.app.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token for Socket Mode."""
        return self.state.app.app_token

    @property
    def signing_secret(self) -> str:
        """The secret of signed HTTP deliveries."""
        return self.state.app.signing_secret

    async def __aenter__(self) -> Self:
        """Listen."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.state.url = f"http://{self._host}:{port}"
        for subscriber in (self.services.redelivery, self.services.followers):
            self._unsubscribe.append(self.clock.subscribe(subscriber.next_due, subscriber.run_due))
        self.state.start(self.services.redelivery.run())
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close every connection and stop."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for task in list(self.state.tasks):
            task.cancel()
        await asyncio.gather(*self.state.tasks, return_exceptions=True)
        self.state.changes.close()
        self.services.followers.call_everyone()
        await self.services.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[guard], client_max_size=LARGEST_BODY)
        api = WebApi(self.services)
        application.add_routes(
            [
                web.get("/", show_page),
                web.route("*", "/api/{method}", api.serve),
                web.get("/link", self.services.sockets.serve),
                web.post("/actions/{key:.+}", self._take_response),
                *files.routes(self.services),
                *control.routes(self.services),
            ]
        )
        if PAGE.is_dir():
            application.router.add_static("/page", PAGE)
        return application

    async def _take_response(self, request: web.Request) -> web.Response:
        key = request.match_info["key"]
        with self.state.activity.under_way():
            values: Json = {}
            refusal: Json = {}
            try:
                values = await read_arguments(request)
                responses.use(self.services, key, values)
            except SlackError as error:
                refusal = {"ok": False, "error": error.code, **error.extra}
            self.state.log("response_url", body=values, answer=refusal or "ok")
        return web.json_response(refusal, status=404) if refusal else web.Response(text="ok")


async def show_page(_request: web.Request) -> web.StreamResponse:
    """The page in the browser."""
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-store"})
