"""The clockwork: which jobs there are, that none is ever skipped, and that each does what it is for."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

import scheduler
from bot.ports import Deps
from scheduler import jobs
from storage.database import SqlDatabase
from storage.migrations import upgrade
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
async def deps() -> AsyncIterator[Deps]:
    clock = FakeClock(NOW)
    database = SqlDatabase("sqlite://", clock)
    upgrade(database.engine)
    yield Deps(database, clock, FakeDirectory(), FakeMessenger())
    await database.close()


async def test_no_job_is_skipped_or_run_twice_at_once(deps: Deps) -> None:
    clockwork = scheduler.build(deps)
    clockwork.start(paused=True)
    found = clockwork.get_jobs()
    clockwork.shutdown(wait=False)

    assert {job.id for job in found} == {
        "tick",
        "send",
        "reconcile",
        "read_people",
        "count_words",
        "gather_tries",
        "count_cohorts",
        "tidy_up",
        "read_feeds",
    }
    assert {(job.misfire_grace_time, job.coalesce, job.max_instances) for job in found} == {(None, True, 1)}


async def test_daily_jobs_run_soon_after_a_start(deps: Deps) -> None:
    clockwork = scheduler.build(deps)
    daily = [job for job in clockwork.get_jobs() if job.id in ("read_people", "count_words")]

    assert {job.next_run_time for job in daily} == {NOW + timedelta(minutes=5)}


@pytest.mark.parametrize(
    "job",
    [jobs.tick, jobs.send, jobs.reconcile, jobs.read_people, jobs.count_words, jobs.tidy_up, jobs.read_feeds],
)
async def test_every_job_runs_on_an_empty_database(
    deps: Deps, job: Callable[[Deps], Awaitable[None]]
) -> None:
    await job(deps)
