"""What time calls: APScheduler is the clock, the state is in our tables."""

from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.ports import Deps
from scheduler import jobs

# Nothing is ever skipped silently: APScheduler would by default drop what is a second late.
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
SOON = timedelta(minutes=5)  # after the start, so that daily jobs run where nobody stays up for a day

# What comes once in a month or quarter and is looked at daily; where the clock is moved by hand, on each day of it.
BY_THE_CALENDAR = (jobs.gather_tries, jobs.count_cohorts)


def build(deps: Deps) -> AsyncIOScheduler:
    """A scheduler with all jobs, not yet started."""
    scheduler = AsyncIOScheduler(job_defaults=DEFAULTS, timezone="UTC")
    for job, seconds in ((jobs.tick, 5), (jobs.send, 5), (jobs.reconcile, 10)):
        scheduler.add_job(job, IntervalTrigger(seconds=seconds), [deps], id=job.__name__)
    scheduler.add_job(jobs.read_feeds, IntervalTrigger(hours=1), [deps], id=jobs.read_feeds.__name__)
    for job in (jobs.read_people, jobs.count_words, *BY_THE_CALENDAR, jobs.tidy_up):
        soon = deps.clock.real_now() + SOON
        scheduler.add_job(job, IntervalTrigger(days=1), [deps], id=job.__name__, next_run_time=soon)
    return scheduler
