"""The only place that builds and connects things."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_SUBMITTED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

import scheduler
from bot.clock import FollowedClock
from bot.domain.errors import PairloopError, StoreUnavailable
from bot.domain.members import Workspace
from bot.domain.nudges import Ritual
from bot.domain.privacy import SYSTEM
from bot.feeds import HttpFeeds
from bot.packs import all_packs, mentors_pack
from bot.packs.shelf import aims
from bot.ports import Clock, Deps, Policy
from bot.ports_slack import Directory
from bot.priority import InFlightCalls, YieldingMessenger
from bot.settings import Settings
from bot.slack.delivery.messages import require_words
from bot.slack.delivery.messenger import SlackMessenger
from bot.slack.delivery.pace import Pace
from bot.slack.people.directory import SlackDirectory
from bot.slack.repository.search_things import require_shown
from bot.sockets import Sockets
from bot.usecases.delivery.dispatch import dispatch, stop
from bot.usecases.messages import MESSAGES, require_whole
from bot.usecases.people.workspaces import open_workspace
from bot.usecases.tick import tick
from handlers import register
from handlers.afterwards import Afterwards
from storage import migrations, search_meaning
from storage.database import SqlDatabase
from storage.engine import parse_url, require_same_time
from storage.files import make_private, one_process, sqlite_file

SLACK_TIMEOUT_S = 10
FINISH_S = 10.0  # what is being posted when the bot closes may end

log = logging.getLogger(__name__)

# Bolt would tell at each start that of the tokens which it finds, also in the environment, it takes only one.
logging.getLogger("slack_bolt.AsyncApp").addFilter(
    lambda record: not any(end in record.getMessage() for end in ("will be unused", "will be ignored"))
)


@dataclass
class Bot:
    """A bot that is connected and at work."""

    deps: Deps
    database: SqlDatabase
    workspace: Workspace
    claim_code: str
    app: AsyncApp
    sockets: Sockets
    afterwards: Afterwards
    _opened: AsyncExitStack
    _day: date | None = None  # of the clock that is moved, up to which all is done

    async def next_due(self) -> datetime | None:
        """When the calendar next asks for something, over all workspaces."""
        return await self.database.read(SYSTEM, lambda tx: tx.counts.next_due())

    async def run_due(self) -> None:
        """Do now what the calendar says is due, and post it; a clock that is moved calls this at each stop."""
        await tick(self.deps)
        if self._day != (today := self.deps.clock.now().date()):
            self._day = today
            for job in scheduler.BY_THE_CALENDAR:
                await job(self.deps)
        await dispatch(self.deps)

    async def follow(self, clock: FollowedClock) -> None:
        """Do what falls due when the clock of a playground in another process is moved, until the bot closes."""
        await self._opened.enter_async_context(_following(clock, self))

    async def close(self) -> None:
        """Stop in order: no new calls, no new work, what runs may end, then let go."""
        await self._opened.aclose()


async def start(settings: Settings, clock: Clock) -> Bot:
    """Open the database, meet Slack, and begin to listen. Nothing stays open when it raises.

    Raises StoreUnavailable, SettingsWrong, TokenRefused, SlackUnreachable (trying again may help), SlackTrouble.
    """
    settings.need_tokens()
    require_whole(Ritual)
    require_words(MESSAGES.values())
    require_shown()
    aims()
    all_packs()
    mentors_pack()
    async with AsyncExitStack() as opened:
        if isinstance(clock, FollowedClock):
            await clock.read()
        database = await opened.enter_async_context(opened_database(settings, clock))
        opened.enter_context(alone(settings))
        await asyncio.to_thread(require_same_time, database.engine, clock.real_now)
        await asyncio.to_thread(migrations.upgrade, database.engine)
        await asyncio.to_thread(migrations.require_columns, database.engine)
        session = await opened.enter_async_context(slack_session())
        calls = InFlightCalls()
        deps = deps_of(settings, clock, database, session, calls)
        app = _app(settings, session, deps.directory)
        team = await deps.directory.team()
        workspace, code = await deps.db.write(SYSTEM, lambda tx: open_workspace(tx, team))
        afterwards = register(app, deps)
        opened.push_async_callback(afterwards.close)
        await opened.enter_async_context(_posting(deps, database))
        await opened.enter_async_context(_on_time(deps))
        opened.push_async_callback(_stop_posting, deps)
        sockets = Sockets(app, settings.app_token.get_secret_value(), calls)
        await sockets.open()
        opened.push_async_callback(sockets.close)
        afterwards.soon(_know_meanings, _know_meanings)
        bot = Bot(deps, database, workspace, code, app, sockets, afterwards, opened.pop_all())
    if isinstance(clock, FollowedClock):
        await bot.follow(clock)
    return bot


async def _know_meanings() -> None:
    """Read the model now, or whoever saves first keeps all others from writing meanwhile."""
    await asyncio.to_thread(search_meaning.model)


@asynccontextmanager
async def opened_database(settings: Settings, clock: Clock) -> AsyncIterator[SqlDatabase]:
    """The database, not migrated, its files made private. Raises StoreUnavailable."""
    make_private(file_of(settings))
    async with database_as_found(settings, clock) as database:
        yield database


@asynccontextmanager
async def database_as_found(settings: Settings, clock: Clock) -> AsyncIterator[SqlDatabase]:
    """The database, with nothing changed about it. Raises StoreUnavailable."""
    with _telling_of_files():
        database = SqlDatabase(settings.database_url, clock, Policy(settings.admins, settings.open_pairing))
    try:
        yield database
    finally:
        await database.close()


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Only this process works on the database until the end, if it is a file. Raises StoreUnavailable."""
    with ExitStack() as held:
        with _telling_of_files():
            held.enter_context(one_process(file_of(settings)))
        yield


def file_of(settings: Settings) -> Path | None:
    """The file of the database; None where it is none. Raises StoreUnavailable."""
    return sqlite_file(parse_url(settings.database_url))


@contextmanager
def _telling_of_files() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnavailable("wrong", f"{error.strerror}: {error.filename}") from error


def slack_session() -> ClientSession:
    """Connections to Slack for all clients; nothing is asked yet. To be closed by whoever opened it."""
    return ClientSession(timeout=ClientTimeout(total=SLACK_TIMEOUT_S))


def _app(settings: Settings, session: ClientSession, directory: Directory) -> AsyncApp:
    """Bolt's app, told who we are: else it asks Slack at the first call, and answers for us if that goes wrong."""

    async def authorize() -> AuthorizeResult:
        team, token = await directory.team(), settings.bot_token.get_secret_value()
        return AuthorizeResult(
            enterprise_id=team.enterprise_id,
            team_id=team.team_id,
            bot_user_id=team.bot_user_id,
            bot_token=token,
        )

    return AsyncApp(
        client=_client(settings, session),
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # handlers/unhandled.py answers
    )


def deps_of(
    settings: Settings,
    clock: Clock,
    database: SqlDatabase,
    session: ClientSession,
    calls: InFlightCalls | None = None,
) -> Deps:
    """What use cases need; `calls` go before messages."""
    reading = _client(settings, session)
    reading.retry_handlers = [AsyncRateLimitErrorRetryHandler(), AsyncConnectionErrorRetryHandler()]
    return Deps(
        db=database,
        clock=clock,
        directory=SlackDirectory(reading),
        messenger=YieldingMessenger(
            SlackMessenger(_client(settings, session), _pace(settings)), calls or InFlightCalls()
        ),
        feeds=HttpFeeds(settings.feed_hosts),
    )


def _pace(settings: Settings) -> Pace | None:
    """Slack's limits; a playground on this machine has none."""
    return None if urlsplit(settings.api_url).hostname in ("127.0.0.1", "localhost", "::1") else Pace()


def _client(settings: Settings, session: ClientSession) -> AsyncWebClient:
    """A client that never repeats a call by itself: the SDK's default would post some messages twice."""
    return AsyncWebClient(
        token=settings.bot_token.get_secret_value(),
        base_url=settings.api_url,
        session=session,
        retry_handlers=[],
    )


@asynccontextmanager
async def _posting(deps: Deps, database: SqlDatabase) -> AsyncIterator[None]:
    """Post as soon as something was committed; the round that runs when this ends is let finish."""
    committed, closing = asyncio.Event(), asyncio.Event()
    database.on_commit(committed.set)
    work = asyncio.create_task(_post_on_commit(deps, committed, closing))
    try:
        yield
    finally:
        closing.set()
        committed.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH_S):
                await work


async def _stop_posting(deps: Deps) -> None:
    """The call that runs is let finish, the messages after it stay for the next start or another process."""
    try:
        async with asyncio.timeout(FINISH_S):
            await stop(deps)
    except (TimeoutError, PairloopError) as error:
        log.warning("the messages that were about to be posted are taken up when their lease ends: %r", error)


async def _post_on_commit(deps: Deps, committed: asyncio.Event, closing: asyncio.Event) -> None:
    """One round catches whatever came meanwhile."""
    while True:
        await committed.wait()
        if closing.is_set():
            return
        committed.clear()
        try:
            await dispatch(deps)
        except Exception:
            log.exception("the dispatcher stumbled; the scheduler tries again in a few seconds")


@asynccontextmanager
async def _on_time(deps: Deps) -> AsyncIterator[AsyncIOScheduler]:
    """The scheduler at work; jobs that run when this ends are let finish."""
    clockwork = scheduler.build(deps)
    running: set[str] = set()
    idle = asyncio.Event()
    idle.set()

    def note(event: JobEvent) -> None:
        change = running.add if event.code == EVENT_JOB_SUBMITTED else running.discard
        change(event.job_id)
        (idle.clear if running else idle.set)()

    clockwork.add_listener(note, EVENT_JOB_SUBMITTED | EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
    clockwork.start()
    try:
        yield clockwork
    finally:
        clockwork.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH_S):
                await idle.wait()
        clockwork.shutdown(wait=False)


@asynccontextmanager
async def _following(clock: FollowedClock, bot: Bot) -> AsyncIterator[None]:
    """A commit may have changed what falls due next, so the clock is told anew after each."""
    changed = asyncio.Event()
    bot.database.on_commit(changed.set)
    work = asyncio.create_task(clock.follow(bot.next_due, bot.run_due, changed))
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
