"""The only place that builds and connects things."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from aiohttp import ClientSession, ClientTimeout
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

import scheduler
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM
from bot.ports import Clock, Deps
from bot.settings import Settings
from bot.slack.directory import SlackDirectory
from bot.slack.messenger import SlackMessenger
from bot.usecases.dispatch import dispatch
from bot.usecases.tick import tick
from bot.usecases.workspaces import open_workspace
from handlers import register
from storage import migrations
from storage.database import SqlDatabase

SLACK_TIMEOUT_S = 10

log = logging.getLogger(__name__)


@dataclass
class Bot:
    """A bot that is connected and at work."""

    deps: Deps
    database: SqlDatabase
    workspace: Workspace
    claim_code: str
    app: AsyncApp
    _session: ClientSession
    _sockets: AsyncSocketModeHandler
    _scheduler: AsyncIOScheduler
    _dispatcher: asyncio.Task[None]

    async def next_due(self) -> datetime | None:
        """When the calendar next asks for something, over all workspaces."""
        return await self.database.read(SYSTEM, lambda r: r.counts.next_due())

    async def run_due(self) -> None:
        """Do now what the calendar says is due, and post it; a clock that is moved calls this at each stop."""
        await tick(self.deps)
        await dispatch(self.deps)

    async def close(self) -> None:
        """Stop in order: no new calls, no new work, what runs may end, then let go."""
        await self._sockets.close_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        self._scheduler.shutdown(wait=False)
        self._dispatcher.cancel()
        with suppress(asyncio.CancelledError):
            await self._dispatcher
        await self._session.close()
        await self.database.close()


async def start(settings: Settings, clock: Clock) -> Bot:
    """Open the database, meet Slack, and begin to listen.

    Raises StoreUnavailable, SlackTrouble (a token that Slack refuses), SettingsWrong.
    """
    database = SqlDatabase(settings.database_url, clock)
    await asyncio.to_thread(migrations.upgrade, database.engine)
    session = ClientSession(timeout=ClientTimeout(total=SLACK_TIMEOUT_S))
    deps = _deps(settings, clock, database, session)
    workspace, code = await open_workspace(deps)
    app = AsyncApp(client=_client(settings, session), process_before_response=True)
    register(app, deps)
    sockets = AsyncSocketModeHandler(app, settings.app_token.get_secret_value())
    await sockets.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    clockwork = scheduler.build(deps)
    clockwork.start()
    dispatcher = asyncio.create_task(_dispatch_on_commit(deps, database))
    return Bot(deps, database, workspace, code, app, session, sockets, clockwork, dispatcher)


def _deps(settings: Settings, clock: Clock, database: SqlDatabase, session: ClientSession) -> Deps:
    reading = _client(settings, session)
    reading.retry_handlers = [AsyncRateLimitErrorRetryHandler(), AsyncConnectionErrorRetryHandler()]
    return Deps(
        db=database,
        clock=clock,
        directory=SlackDirectory(reading),
        messenger=SlackMessenger(_client(settings, session)),
        admins=settings.admins,
        open_pairing=settings.open_pairing,
    )


def _client(settings: Settings, session: ClientSession) -> AsyncWebClient:
    """A client that never repeats a call by itself: the SDK's default would post some messages twice."""
    return AsyncWebClient(
        token=settings.bot_token.get_secret_value(),
        base_url=settings.api_url,
        session=session,
        retry_handlers=[],
    )


async def _dispatch_on_commit(deps: Deps, database: SqlDatabase) -> None:
    """Post as soon as something was committed; one round catches whatever came meanwhile."""
    committed = asyncio.Event()
    database.on_commit(committed.set)
    while True:
        await committed.wait()
        committed.clear()
        try:
            await dispatch(deps)
        except Exception:
            log.exception("the dispatcher stumbled; the scheduler tries again in a few seconds")
