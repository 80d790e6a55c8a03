"""`pairloop` for which real time, by which leases and retries run, goes ten times as fast; as a process of its own.

What a killed process leaves takes a minute and a half to be settled. Nothing else is different: neither what is
written, nor what is asked of Slack, nor when on the calendar.
"""

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.triggers.interval import IntervalTrigger

import scheduler
from bot import clock
from bot.cli import main as run
from bot.slack.delivery import pace
from storage import engine

TIMES = 10


def main() -> None:
    """The first argument is when time began to hurry, in seconds since 1970, the same for all who work together."""
    began = datetime.fromtimestamp(float(sys.argv.pop(1)), UTC)
    _hurry_clock(began)
    _hurry_jobs()
    _hurry_pace()
    run()


def _hurry_clock(began: datetime) -> None:
    def real_now(_clock: object) -> datetime:
        return began + (datetime.now(UTC) - began) * TIMES

    for kind in (clock.FollowedClock, clock.SystemClock):
        setattr(kind, "real_now", real_now)  # noqa: B010 - mypy takes it for a mistake otherwise
    engine.LONGEST_SKEW = timedelta.max  # PostgreSQL's own time does not hurry


def _hurry_jobs() -> None:
    every = IntervalTrigger

    def sooner(**how_often: float) -> Any:
        return every(seconds=timedelta(**how_often).total_seconds() / TIMES)

    setattr(scheduler, "IntervalTrigger", sooner)  # noqa: B010 - as above


def _hurry_pace() -> None:
    plain = pace.Method.__init__

    def hurried(method: pace.Method, rate: float, cap: float, burst: int, *, limited: bool) -> None:
        plain(method, rate * TIMES, cap * TIMES, burst, limited=limited)

    setattr(pace.Method, "__init__", hurried)  # noqa: B010 - as above
    pace.IN_CHANNEL_S /= TIMES
    pace.MINUTE_S /= TIMES
