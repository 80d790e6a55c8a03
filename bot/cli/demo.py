"""Everything without Slack: the playground alone, or with the bot in it."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

import typer

from bot import bootstrap
from bot.bootstrap import Bot
from bot.cli.demo_story import StoryDemo, clock_for
from bot.cli.interpreter import collect_rarely, share_the_interpreter
from bot.cli.logs import show_log
from bot.cli.manifest import read_manifest
from bot.cli.running import say, stop_on_signal
from bot.cli.story import NobodyLeads, StoryTold
from bot.clock import SystemClock
from bot.domain.privacy import SYSTEM
from bot.playground.control.clock import DemoClock
from bot.playground.server import Playground
from bot.settings import Settings, read_settings

HOST = "127.0.0.1"
PORTS_TRIED = 50


async def run_demo(port: int, database: str | None, story: str = "") -> None:
    """The playground and the bot on one clock, until Ctrl+C.

    Args:
        story: the language of the one that is told before; without it nothing is prepared, the first step is the
            admin's.
    """
    share_the_interpreter()
    stop = stop_on_signal()
    async with AsyncExitStack() as opened:
        place = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="pairloop-demo-")))
        today = SystemClock().now()
        clock = clock_for(today) if story else DemoClock(today)
        playground = Playground(free_port(port), manifest=read_manifest(), clock=clock)
        await opened.enter_async_context(playground)
        settings = settings_for(playground, database_url(database, place))
        show_log("DEBUG" if settings.log_level == "DEBUG" else "WARNING")
        bot = await bootstrap.start(settings, playground.clock)
        opened.push_async_callback(bot.close)
        collect_rarely()
        opened.callback(playground.clock.subscribe(bot.next_due, bot.run_due))
        filled = StoryDemo(playground, bot)
        if story:
            await _told(filled, today, story)
        else:
            filled.offer()
        for line in welcome(playground, bot, port, claimed=bool(story)):
            say(line)
        async with first_step_shown(playground, bot):
            await stop.wait()
        say("Stopping …")


async def _told(demo: StoryDemo, today: datetime, language: str) -> None:
    say("Three pairs live through a quarter …")
    try:
        await demo.tell_until(today, language)
    except (StoryTold, NobodyLeads) as error:
        raise typer.BadParameter("a story is told to an empty database only; leave --database out") from error


def welcome(playground: Playground, bot: Bot, wanted_port: int, *, claimed: bool = False) -> list[str]:
    """What was started, where the page is, and the first step: that of an admin, or a look at what there is."""
    moved = f"Port {wanted_port} is taken, so the page is on another one."
    claim = f"Open this page, act as {admin_of(playground)}, and type: /loop claim {bot.claim_code}"
    return [
        "This is a local stand-in for Slack, not Slack. Nothing leaves this machine.",
        *([moved] if wanted_port and not playground.url.endswith(f":{wanted_port}") else []),
        f"ready: {playground.url}/",
        *([f"claim code: {bot.claim_code}", claim] if bot.claim_code and not claimed else []),
        *(["Open this page and look at Home, as Tom, as Mira and as Ada."] if claimed else []),
        "Ctrl+C ends it.",
    ]


def admin_of(playground: Playground) -> str:
    """The first name of whoever looks after the stand-in's workspace."""
    return next(member.name.title() for member in playground.state.members.values() if member.is_admin)


@asynccontextmanager
async def first_step_shown(playground: Playground, bot: Bot) -> AsyncIterator[None]:
    """The page says the first step as well, until it is done."""
    if not bot.claim_code:
        yield
        return
    committed = asyncio.Event()
    bot.database.on_commit(committed.set)
    playground.advise(
        f"The first step: be {admin_of(playground)} (“You are”, above), and in the messages with "
        f"{playground.state.manifest.app_name} type /loop claim {bot.claim_code}"
    )
    work = asyncio.create_task(_clear_once_claimed(playground, bot, committed))
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def _clear_once_claimed(playground: Playground, bot: Bot, committed: asyncio.Event) -> None:
    while (await bot.deps.db.read(SYSTEM, lambda tx: tx.workspaces.get(bot.workspace.id))).claim_code:
        await committed.wait()
        committed.clear()
    playground.advise("")


async def run_playground(port: int, manifest: Path | None) -> None:
    """The playground alone, until Ctrl+C."""
    stop = stop_on_signal()
    async with Playground(_free_or_refused(port), manifest=read_manifest(manifest)) as playground:
        say("This is a local stand-in for Slack, not Slack. Nothing leaves this machine.")
        say(f"ready: {playground.url}/")
        say("These settings lead an app in another process here:")
        for name, value in settings_lines(playground):
            say(f"{name}={value}")
        await stop.wait()


def settings_lines(playground: Playground) -> list[tuple[str, str]]:
    """Settings by the names that people know, for a .env file."""
    return [
        ("SLACK_BOT_TOKEN", playground.bot_token),
        ("SLACK_APP_TOKEN", playground.app_token),
        ("SLACK_SIGNING_SECRET", playground.signing_secret),
        ("SLACK_API_URL", playground.api_url),
        ("PAIRLOOP_CLOCK_URL", f"{playground.url}/playground/clock"),
    ]


def settings_for(playground: Playground, url: str) -> Settings:
    """Settings that lead the bot to this playground, whatever the environment and .env say about Slack."""
    return read_settings(
        None,
        bot_token=playground.bot_token,
        app_token=playground.app_token,
        api_url=playground.api_url,
        database_url=url,
        admins="",
        clock_url="",
    )


def database_url(given: str | None, place: Path) -> str:
    """A database URL, from a URL, a file's name, or nothing at all."""
    if given is None:
        return f"sqlite:///{place / 'pairloop.sqlite3'}"
    return given if "://" in given else f"sqlite:///{given}"


def free_port(wanted: int) -> int:
    """This port, or the next one that is free; typer.BadParameter if there is none."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 2**16)):
        if is_free(port):
            return port
    raise typer.BadParameter(f"no port from {wanted} on is free; name another one with --port")


def _free_or_refused(port: int) -> int:
    if not is_free(port):
        raise typer.BadParameter(f"port {port} is taken by another program; name another one with --port")
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen here."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
