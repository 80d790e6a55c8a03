"""How long does it take to make a portfolio of three years: read, put into words, and written as a page?"""

import asyncio
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from pathlib import Path

from bench.results import Measured, record
from bot.domain.cohorts import Cohort
from bot.domain.evidence import Evidence
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.goals import Goal
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight
from bot.domain.members import Member, Workspace
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.portfolios import Format, Part, Portfolio
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.readings import Phase, Reading
from bot.domain.results import Adherence, NextStep, Result
from bot.ports import Tx
from bot.slack.repository.portfolios import written
from bot.usecases.repository.portfolios import load_portfolio
from bot.words import Words
from storage.database import SqlDatabase
from storage.migrations import upgrade

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BEGUN = NOW - timedelta(days=3 * 365)
WEEKS = 3 * 52  # a try each week
READINGS = 8  # of the number of each try
ROUNDS = 5
LIMIT_MS = 1000
STORY = "Three people spoke who usually do not, and the decision was theirs. " * 5


class FixedClock:
    """It is always NOW."""

    def now(self) -> datetime:
        return NOW

    def real_now(self) -> datetime:
        return NOW


def three_years(tx: Tx) -> Portfolio:
    """A goal a quarter; each week a try with a number, what came of it, an insight and something kept."""
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW)).id
    tom = tx.members.insert(Member(workspace, "UTOM", "Tom", "America/New_York", "en-US", NOW))
    cohort = tx.cohorts.insert(Cohort(workspace, "Spring", 1, 1, clock_time(10), date(2023, 11, 28), NOW))
    pair = tx.pairs.insert(Pair(workspace, cohort.id, NOW, None, PairState.ACTIVE, active_since=NOW))
    tx.memberships.insert(Membership(workspace, pair.id, tom.id, Role.MENTEE, Consent.YES))
    for week in range(WEEKS):
        a_week(tx, pair, tom, BEGUN + timedelta(weeks=week), week)
    return tx.portfolios.insert(Portfolio(workspace, tom.id, NOW, tuple(Part), format=Format.HTML))


def a_week(tx: Tx, pair: Pair, tom: Member, at: datetime, week: int) -> None:
    whose = (pair.workspace_id, pair.id)
    if week % 13 == 0:
        tx.goals.insert(
            Goal(*whose, tom.id, f"Lead a review in which everyone speaks ({week})", at, at, baseline=STORY)
        )
    goal = tx.goals.first(order="-id")
    tried = tx.experiments.insert(
        Experiment(
            *whose, tom.id, "ask one open question", "somebody brings me a decision", at.date(), at,
            steps=STORY, goal_id=goal.id if goal else None, state=ExperimentState.DONE,
        )
    )  # fmt: skip
    said = {"what_happened": STORY, "why": STORY, "next_step": NextStep.ADAPT}
    tx.results.insert(Result(*whose, tried.id, tom.id, Adherence.DID, at, told_at=at, **said))  # type: ignore[arg-type]  # by name
    number = tx.indicators.insert(
        Indicator(*whose, tried.id, "People who spoke", "of 8", Decimal(2), Decimal(6))
    )
    for day in range(READINGS):
        when, phase = at.date() + timedelta(days=day), Phase.BEFORE if day < READINGS // 2 else Phase.DURING
        tx.readings.insert(Reading(*whose, number.id, tom.id, when, at, Decimal(day % 5), phase))
    tx.insights.insert(
        Insight(*whose, pair.cohort_id, tom.id, "a decision is due", "asking first", STORY, at, at)
    )
    tx.evidence.insert(Evidence(*whose, tom.id, STORY, at, note=STORY))


async def measure() -> float:
    """The median of some rounds, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        database = SqlDatabase(f"sqlite:///{Path(folder) / 'bench.db'}", FixedClock())
        await asyncio.to_thread(upgrade, database.engine)
        wanted = await database.write(SYSTEM, three_years)
        took = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            owner = Viewer(wanted.workspace_id, wanted.member_id)
            made = await database.read(owner, lambda tx: load_portfolio(tx, wanted.id))
            size = len(written(made, Words("en-US", "UTC", NOW)))
            took.append(1000 * (time.perf_counter() - began))
        await database.close()
    print(f"{WEEKS} tries, {WEEKS * READINGS} numbers, {size / 1024:.0f} kB of HTML")
    return sorted(took)[len(took) // 2]


if __name__ == "__main__":
    record(Measured("portfolio of three years as HTML", round(asyncio.run(measure())), "ms", LIMIT_MS))
