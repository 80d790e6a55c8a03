"""The bot, running until it is told to stop."""

import asyncio
import signal
from contextlib import suppress

import typer

from bot import bootstrap
from bot.bootstrap import Bot
from bot.cli.interpreter import collect_rarely, share_the_interpreter
from bot.cli.logs import show_log
from bot.clock import FollowedClock, SystemClock
from bot.domain.errors import SlackUnreachable
from bot.ports import Clock
from bot.settings import Settings
from bot.slack.errors import explain_to_operator
from bot.words import Words
from storage.engine import parse_url

FIRST_PAUSE_S = 5
LONGEST_PAUSE_S = 60


async def run_bot(settings: Settings) -> None:
    """Start, say what was started, and wait for Ctrl+C or SIGTERM. Raises what `bootstrap.start` raises."""
    show_log(settings.log_level)
    share_the_interpreter()
    stop = stop_on_signal()
    clock = FollowedClock(settings.clock_url) if settings.clock_url else SystemClock()
    bot = await start_patiently(settings, clock, stop)
    if bot is None:
        return
    collect_rarely()
    for line in introduction(bot, settings):
        say(line)
    await stop.wait()
    say("Stopping: what is under way may end …")
    await bot.close()
    say("Stopped.")


async def start_patiently(
    settings: Settings, clock: Clock, stop: asyncio.Event, first_pause_s: float = FIRST_PAUSE_S
) -> Bot | None:
    """A bot at work; as long as Slack cannot be reached, it is tried again. None if `stop` comes first."""
    pause_s = first_pause_s
    while not stop.is_set():
        try:
            return await _unless_stopped(settings, clock, stop)
        except SlackUnreachable as error:
            again = f"Trying again in {pause_s:g} seconds; Ctrl+C ends it."
            say(f"{explain_to_operator(error, Words())} {again}")
        with suppress(TimeoutError):
            async with asyncio.timeout(pause_s):
                await stop.wait()
        pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
    return None


async def _unless_stopped(settings: Settings, clock: Clock, stop: asyncio.Event) -> Bot | None:
    starting = asyncio.create_task(bootstrap.start(settings, clock))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if starting.done():
        return starting.result()
    starting.cancel()
    with suppress(asyncio.CancelledError):
        await starting
    return None


def introduction(bot: Bot, settings: Settings) -> list[str]:
    """What was started, in a few lines."""
    claim = f"There is no admin yet. In Slack, type: /loop claim {bot.claim_code}"
    return [
        f"Pairloop is at work in {bot.workspace.name} ({bot.workspace.team_id}), over Socket Mode.",
        f"Database: {parse_url(settings.database_url).render_as_string(hide_password=True)}",
        *([f"Clock: that of the playground at {settings.clock_url}"] if settings.clock_url else []),
        *([claim] if bot.claim_code else []),
        "Ctrl+C stops it.",
    ]


def stop_on_signal() -> asyncio.Event:
    """Set by the first Ctrl+C or SIGTERM; the second one ends the process the hard way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def note() -> None:
        stop.set()
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, note)
    return stop


def say(line: str) -> None:
    """A line for the person at the terminal, at once also where the output is piped."""
    typer.echo(line)
    typer.get_text_stream("stdout").flush()
