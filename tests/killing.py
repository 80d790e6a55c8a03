"""Real processes that are killed while they ask everybody how it goes, beside a Slack that stumbles as well."""

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from datetime import time as wall_time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.cli.manifest import read_manifest
from bot.domain.cohorts import Cohort
from bot.domain.members import Member, Workspace
from bot.domain.nudges import NudgeState
from bot.domain.outgoing import OutgoingState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.playground.control.clock import DemoClock
from bot.playground.server import Playground
from bot.playground.workspace import beginning as workspace
from bot.playground.workspace.rooms import open_direct
from bot.ports import Policy, Tx
from bot.usecases.rhythm.nudges_planning import start_check_ins
from storage.engine import open_engine
from storage.migrations import upgrade
from storage.transactions import open_transaction

ROOT = str(Path(__file__).parent.parent)
PROGRAM = (sys.executable, "-P", "-c", "from tests.hurried import main; main()")
MONDAY, TUESDAY_TEN = (datetime(2026, 11, day, 10, 0, 5, tzinfo=UTC) for day in (23, 24))
ON_THE_WAY = [OutgoingState.PLANNED, OutgoingState.SENDING, OutgoingState.UNKNOWN, OutgoingState.HELD]
POLL_S = 0.05


def a_crowd(people: int) -> Playground:
    """A playground of so many people, not started, in which it is Tuesday, ten o'clock."""
    playground = Playground(manifest=read_manifest(), clock=DemoClock(TUESDAY_TEN))
    workspace.reset(playground.state, people, 1)
    return playground


def plan(playground: Playground, url: str) -> list[str]:
    """Everybody is one of two peers who are asked on Tuesday at ten; returns their user ids."""
    engine = open_engine(url)
    upgrade(engine)
    people = [
        m.id for m in playground.state.members.values() if not (m.is_bot or m.deleted or m.is_restricted)
    ]
    people = people[: len(people) // 2 * 2]
    with engine.execution_options(pairloop_write=True).begin() as connection:
        _fill(_system(connection), playground, people)
    engine.dispose()
    return people


def _system(connection: Any) -> Tx:
    return open_transaction(connection, SYSTEM, now=MONDAY, real_now=MONDAY, policy=Policy(), key="")


def _fill(tx: Tx, playground: Playground, people: list[str]) -> None:
    app = playground.state.app
    place = tx.workspaces.insert(Workspace(app.team_id, "Crowd", app.bot_user_id, MONDAY)).id
    cohort = tx.cohorts.insert(Cohort(place, "Spring", 1, 1, wall_time(10), date(2026, 11, 24), MONDAY)).id
    members = [
        tx.members.insert(
            Member(place, user, user, "UTC", "en-US", MONDAY, dm_channel=_direct(playground, user))
        )
        for user in people
    ]
    for both in zip(members[::2], members[1::2], strict=True):
        pair = tx.pairs.insert(Pair(place, cohort, MONDAY, None, PairState.ACTIVE, active_since=MONDAY))
        for member in both:
            tx.memberships.insert(Membership(place, pair.id, member.id, Role.BOTH, Consent.YES))
        start_check_ins(tx, pair)


def _direct(playground: Playground, user: str) -> str:
    return open_direct(playground.state, [playground.state.app.bot_user_id, user]).id


def heard(playground: Playground) -> Counter[str]:
    """How many messages of the bot's stand in everybody's conversation with it."""
    bot = playground.state.app.bot_user_id
    return Counter(
        {
            channel.other(bot): sum(message.user == bot for message in channel.messages.values())
            for channel in playground.state.channels.values()
            if channel.kind == "im"
        }
    )


def unsettled(engine: Engine) -> int:
    """How much is still to be asked, or on its way."""
    return read(
        engine,
        lambda tx: (
            tx.outgoing.count(state=ON_THE_WAY)
            + tx.nudges.count(state=NudgeState.PLANNED, due_at__upto=TUESDAY_TEN)
        ),
    )


def read(engine: Engine, work: Callable[[Tx], int]) -> int:
    """What stands in the database of another process."""
    with engine.connect() as connection:
        return work(_system(connection))


async def until(happened: Callable[[], bool], within_s: float) -> None:
    async with asyncio.timeout(within_s):
        while not happened():  # noqa: ASYNC110 - what another process does has no event
            await asyncio.sleep(POLL_S)


class Herd:
    """Bots that work together on one database, each a process of its own."""

    def __init__(self, playground: Playground, url: str, folder: Path) -> None:
        self._folder = folder
        self._began = str(time.time())
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": ROOT,
            "SLACK_BOT_TOKEN": playground.bot_token,
            "SLACK_APP_TOKEN": playground.app_token,
            "SLACK_API_URL": playground.api_url,
            "PAIRLOOP_CLOCK_URL": playground.url,
            "DATABASE_URL": url,
        }
        self.bots: list[asyncio.subprocess.Process] = []
        self.kills = 0

    async def add(self) -> None:
        with (self._folder / f"bot-{len(self.bots)}.log").open("ab") as log:
            command = (*PROGRAM, self._began, "run")
            self.bots.append(
                await asyncio.create_subprocess_exec(
                    *command, cwd=self._folder, env=self._environment, stdout=log, stderr=log
                )
            )

    async def kill_one(self) -> None:
        """The one that has lived longest ends here and now, and another one begins."""
        bot = self.bots.pop(0)
        assert bot.returncode is None, f"it ended by itself: {self.logs()}"
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
        self.kills += 1
        await self.add()

    def logs(self) -> str:
        return "\n".join(path.read_text()[-3000:] for path in self._folder.glob("bot-*.log"))

    async def end(self) -> None:
        for bot in self.bots:
            if bot.returncode is None:
                bot.terminate()
        await asyncio.gather(*(bot.wait() for bot in self.bots))


@asynccontextmanager
async def herd(playground: Playground, url: str, folder: Path, bots: int) -> AsyncIterator[Herd]:
    """So many bots, which do not outlive it."""
    those = Herd(playground, url, folder)
    try:
        for _ in range(bots):
            await those.add()
        yield those
    finally:
        await those.end()
