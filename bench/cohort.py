"""How soon do the pages of a cohort of 300 pairs come, and those of one of 3?

The real bot on a file of SQLite, against the playground: milliseconds from each press to its acknowledgement, before
which the page is opened, in turns between the two cohorts.
"""

import asyncio
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path

from bench.results import Measured, record
from bot.clock import SystemClock
from bot.domain.cohorts import Cohort
from bot.domain.members import Member
from bot.domain.pairs import Role
from bot.domain.privacy import SYSTEM
from bot.domain.profiles import CohortProfile
from bot.ports import Tx
from bot.slack.programme import figures, matching
from storage.database import SqlDatabase
from storage.migrations import upgrade
from tests.running_app import Person, RunningApp
from tests.usecases.programme.test_figures import plant

SIZES = {"Small": 3, "Large": 300}
TURNS = 10
LIMIT = 33  # percent of what Slack waits: the rest is for the way there and back
SLACK_WAITS_MS = 3000  # for the acknowledgement, and for a page that is opened before it


def _everybody_waits_for_another(tx: Tx, cohort: Cohort) -> None:
    """All of its mentees are on the list and would like one more mentor, who has room."""
    pairs = [pair.id for pair in tx.pairs.find(cohort_id=cohort.id)]
    whose = (cohort.workspace_id, cohort.id)
    waiting = [
        tx.members.insert(Member(cohort.workspace_id, f"U{cohort.name}{n}", f"W{n}", "UTC", "en-US", tx.now))
        for n, _ in enumerate(pairs)
    ]
    tx.profiles.insert_all(CohortProfile(*whose, one.id, tx.now, languages=("en",)) for one in waiting)
    tx.profiles.insert_all(
        CohortProfile(*whose, one.member_id, tx.now, languages=("en",), capacity=2)
        for one in tx.memberships.find(pair_id=pairs, role=Role.MENTOR)
    )


def _fill(tx: Tx) -> None:
    for cohort in tx.cohorts.find():
        plant(tx, cohort, SIZES[cohort.name], cohort.name)
        _everybody_waits_for_another(tx, cohort)


async def _milliseconds(app: RunningApp, opening: Awaitable[object]) -> float:
    """From what Slack delivers first to its acknowledgement; a page that opens is opened before."""
    journal = app.playground.state.journal
    before = journal.last
    await opening
    entries = journal.since(before)
    sent = next(one for one in entries if one["kind"] == "delivery")
    heard = next(one for one in entries if one["kind"] == "ack" and one["delivery"] == sent["n"])
    return (datetime.fromisoformat(heard["at"]) - datetime.fromisoformat(sent["at"])).total_seconds() * 1000


async def _one_turn(app: RunningApp, lead: Person, name: str, *, first: bool) -> dict[str, float]:
    """Milliseconds of each page; the first time the pairs are proposed, too."""
    taken = {"the cohort": await _milliseconds(app, lead.command(f"/loop cohort {name}"))}
    taken["how it goes"] = await _milliseconds(app, lead.click(figures.OPEN))
    await lead.close()
    await lead.command(f"/loop cohort {name}")
    taken["who with whom"] = await _milliseconds(app, lead.click(matching.OPEN))
    if first:
        await lead.click(matching.MAKE)
    await lead.close()
    return taken


async def measure() -> dict[str, dict[str, list[float]]]:
    """For each cohort and page, milliseconds in each turn."""
    found: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in SIZES}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        database = SqlDatabase(url, SystemClock())
        upgrade(database.engine)
        async with RunningApp(url) as app:
            for name in SIZES:
                lead = await app.a_cohort(name)
            await database.write(SYSTEM, _fill)
            await database.close()
            for turn in range(TURNS + 1):
                for name, pages in found.items():
                    for page, taken in (await _one_turn(app, lead, name, first=turn == 0)).items():
                        pages[page] += [taken] if turn else []
    return found


def main() -> None:
    small, large = asyncio.run(measure()).values()
    for page, times in large.items():
        of_large, of_small = statistics.median(times), statistics.median(small[page])
        print(f"{page}: {of_large:.0f} ms, slowest {max(times):.0f}; of the small one {of_small:.0f} ms")
        share = round(max(times) / SLACK_WAITS_MS * 100, 1)
        record(Measured(f"{page} of 300 pairs, the slowest of {TURNS}", share, "% of 3 s", LIMIT))


if __name__ == "__main__":
    main()
