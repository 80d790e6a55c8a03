"""How close do messages come to the rate that is allowed, and does Slack ever have to refuse one?

A thousand people are asked at once, through a playground that keeps Slack's limits and takes 150 ms for each call. What
is allowed is what the same limits let pass of calls that take no time, at the same time.
"""

import asyncio
import tempfile
import time
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from bench.results import Measured, record
from bot.bootstrap import slack_session
from bot.clock import FollowedClock
from bot.playground.app.faults import Fault
from bot.playground.server import Playground
from bot.ports import Deps
from bot.slack.delivery.messenger import SlackMessenger
from bot.slack.delivery.pace import Pace
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.tick import tick
from storage.database import SqlDatabase
from tests.fakes import FakeDirectory
from tests.killing import a_crowd, heard, plan

PEOPLE = 1_000
CALL_MS = 150
SLOWER_LIMIT = 1 / 0.95


async def allowed_s(calls: int) -> float:
    """How long the limits alone take for so many posts."""
    posts, started = Pace().posts, time.monotonic()
    for _ in range(calls):
        await posts.turn()
    return time.monotonic() - started


async def sent_s(playground: Playground, url: str) -> float:
    """How long it takes until everybody has been asked."""
    clock = FollowedClock(playground.url)
    await clock.read()
    database = SqlDatabase(url, clock)
    async with slack_session() as session:
        client = AsyncWebClient(playground.bot_token, playground.api_url, session=session, retry_handlers=[])
        deps = Deps(database, clock, FakeDirectory(), SlackMessenger(client, Pace()))
        await tick(deps)
        started = time.monotonic()
        while await dispatch(deps):
            pass
        took = time.monotonic() - started
    await database.close()
    return took


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'fanout.sqlite3'}"
        async with a_crowd(PEOPLE) as playground:
            people = plan(playground, url)
            playground.state.settings.rate_limits = True
            playground.state.faults.add(Fault("delay", "chat.postMessage", delay_ms=CALL_MS))
            took, allowed = await asyncio.gather(sent_s(playground, url), allowed_s(len(people)))
            counts = heard(playground)
            calls = [e for e in playground.state.journal.since(0) if e.get("method") == "chat.postMessage"]
    print(f"{len(people)} people in {took:.0f} s, {allowed:.0f} s at the rate that is allowed")
    record(
        Measured(
            "fan-out against what is allowed", round(took / allowed, 3), "times", round(SLOWER_LIMIT, 3)
        ),
        Measured("fan-out: refused", len(calls) - counts.total(), "calls", 0),
        Measured("fan-out: lost or twice", sum(counts[person] != 1 for person in people), "people", 0),
    )


if __name__ == "__main__":
    asyncio.run(main())
