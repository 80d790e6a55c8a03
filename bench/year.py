"""A year of a programme in five zones: is anybody asked twice, never, or at the wrong hour, and how long does it take?

And a year of a cohort of thirty pairs with goals, tries, milestones, looks back and pulses: does each message keep to
what its reader has room for?

The rules, the tick, the dispatcher and a file of SQLite are the real ones; Slack, which loses 1 % of its answers, and
time are stand-ins. Clocks change, there are holidays and pauses, a tenth never answers, and one in five forgets to.
"""

import asyncio
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from bench.results import Measured, record
from bot.domain.cadence import local_date, to_local
from bot.domain.nudges import Occurrence, OccurrenceState
from bot.domain.privacy import SYSTEM
from bot.domain.regions import holidays_in
from storage.database import SqlDatabase
from storage.migrations import upgrade
from tests.fakes import FakeClock
from tests.simulated_season import (
    BEGIN,
    TEN,
    Programme,
    a_programme,
    came_by_itself,
    in_one_minute,
    live,
    over_budget,
    questions,
)

PAIRS = 200
LIVELY_PAIRS = 30
A_YEAR = timedelta(weeks=52)
LIMIT_S = 60 * PAIRS / 10_000  # a minute for 10,000 pairs
UNSETTLED = ["planned", "sending", "unknown", "failed"]


async def lived(folder: Path, pairs: int, *, lively: bool) -> tuple[Programme, list[Occurrence], int]:
    """The programme at the end of the year, its rounds, and how many messages are neither posted nor given up."""
    clock = FakeClock(BEGIN)
    database = SqlDatabase(f"sqlite:///{folder / f'{pairs}.sqlite3'}", clock)
    await asyncio.to_thread(upgrade, database.engine)
    programme = await a_programme(database, clock, pairs, lively=lively)
    await live(programme, A_YEAR)
    rounds = await database.read(SYSTEM, lambda tx: tx.occurrences.find())
    unsettled = await database.read(SYSTEM, lambda tx: tx.outgoing.count(state=UNSETTLED))
    await database.close()
    return programme, rounds, unsettled


def lost(programme: Programme, rounds: list[Occurrence]) -> int:
    """How many rounds passed of which somebody who does answer never heard."""
    heard = {content.occurrence.id for _, _, content, _ in questions(programme)}
    silent = {programme.pairs[member].id for member in programme.silent}
    missed = (each for each in rounds if each.state is OccurrenceState.MISSED and each.pair_id not in silent)
    return sum(each.id not in heard for each in missed)


def misplaced(programme: Programme) -> int:
    """How many questions came at another hour than ten, on a weekend, or on a holiday."""
    found = 0
    for member, at, _, _ in questions(programme):
        local = to_local(at, member.tz)
        free = local.weekday() not in range(5) or local_date(at, member.tz) in holidays_in(
            member.region, local.year
        )
        found += free or local.time().replace(minute=0) != TEN
    return found


def heard_twice(programme: Programme) -> int:
    heard = Counter(nonce for _, _, _, nonce in questions(programme))
    return sum(count - 1 for count in heard.values())


async def a_year_of_many(folder: Path) -> list[Measured]:
    begun = time.perf_counter()
    programme, rounds, unsettled = await lived(folder, PAIRS, lively=False)
    taken = time.perf_counter() - begun
    print(f"{len(questions(programme)):,} questions in {len(rounds):,} rounds of {PAIRS} pairs")
    return [
        Measured("a year: lost", lost(programme, rounds) + unsettled, "questions", 0),
        Measured("a year: twice", heard_twice(programme), "questions", 0),
        Measured("a year: at the wrong hour or on a free day", misplaced(programme), "questions", 0),
        Measured(f"a year of {PAIRS} pairs", round(taken, 1), "s", LIMIT_S),
    ]


async def a_year_of_a_lively_cohort(folder: Path) -> list[Measured]:
    programme, _, unsettled = await lived(folder, LIVELY_PAIRS, lively=True)
    kinds = Counter(line.kind.value for line in came_by_itself(programme))
    print(f"{kinds.total():,} came by themselves to {len(programme.everybody)} people: {dict(kinds)}")
    of = f"a lively year of {LIVELY_PAIRS} pairs"
    return [
        Measured(f"{of}: weeks and days over budget", len(over_budget(programme)), "weeks or days", 0),
        Measured(f"{of}: two in one minute", len(in_one_minute(programme)), "messages", 0),
        Measured(f"{of}: twice, or unsettled", heard_twice(programme) + unsettled, "messages", 0),
    ]


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        record(
            *await a_year_of_many(Path(folder)),
            *await a_year_of_a_lively_cohort(Path(folder)),
        )


if __name__ == "__main__":
    asyncio.run(main())
