"""How much memory does the bot take with 100,000 pairs on PostgreSQL, 20,000 of which are planned at once?

The real process beside a playground, on Linux: the most that it ever held, until all was planned and ten ticks later.
"""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.home import NOW
from bench.kills import a_postgresql
from bench.results import Measured, record
from bench.storm import DUE, PAIRS, fill
from bot.cli.manifest import read_manifest
from bot.playground.control.clock import DemoClock
from bot.playground.server import Playground
from bot.ports import Tx
from storage.engine import open_engine
from storage.migrations import upgrade
from tests.hurried import TIMES
from tests.killing import herd, read, until

LIMIT_MB = 200
TEN_TICKS_S = 10 * 5 / TIMES
LONGEST_S = 900.0


def most_held(pid: int) -> float:
    """The most memory that a process has held so far, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


async def at_work(url: str, folder: Path) -> float:
    engine = open_engine(url)
    upgrade(engine)
    fill(engine)
    async with (
        Playground(manifest=read_manifest(), clock=DemoClock(NOW)) as playground,
        herd(playground, url, folder, 1) as bots,
    ):
        await until(lambda: read(engine, _left) == 0, LONGEST_S)
        await asyncio.sleep(TEN_TICKS_S)
        held = most_held(bots.bots[0].pid)
        assert bots.bots[0].returncode is None, bots.logs()
    assert read(engine, lambda tx: tx.nudges.count()) >= DUE
    engine.dispose()
    return held


def _left(tx: Tx) -> int:
    return tx.pairs.count(plan_at__upto=NOW)


async def main() -> None:
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        held = await at_work(opened.enter_context(a_postgresql(folder)), folder)
        record(Measured(f"memory with {PAIRS:,} pairs on PostgreSQL", round(held), "MB", LIMIT_MB))


if __name__ == "__main__":
    asyncio.run(main())
