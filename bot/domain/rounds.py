"""Which rounds of a rhythm are planned, and when each who is asked is asked in them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.domain.budget import Reason
from bot.domain.cadence import (
    A_DAY,
    ZONE_REACH,
    Cadence,
    MonthEnd,
    dates,
    last_date,
    local_date,
    next_date,
    occurrence_at,
    to_local,
    to_utc,
)
from bot.domain.nudges import ANSWER_WITHIN
from bot.domain.regions import holidays_in
from bot.domain.working_life import (
    HolidayPolicy,
    Span,
    WorkingLife,
    moved_day,
    open_from,
    working_day_before,
)

# Whole cohorts share their rounds, so that planning many pairs asks a few questions many times.
REMEMBERED = 4096
LOOK_AHEAD = timedelta(days=400)  # for somebody who is to be asked, past whatever keeps everybody away


@dataclass(frozen=True)
class Rounds:
    """Which dates of a rhythm to plan now.

    Args:
        missed: dates that passed while nobody planned; nothing is sent for them any more.
        live: the coming date, and before it one that has come already and is still worth asking about.
        planned_upto: the instant of the last of them, from which the next planning goes on.
        left_out: dates up to then on which nobody is asked; some may lie before what is planned now.
    """

    missed: tuple[date, ...]
    live: tuple[date, ...]
    planned_upto: datetime
    left_out: tuple[date, ...] = ()


@lru_cache(maxsize=REMEMBERED)
def asked_at(
    cadence: Cadence, policy: HolidayPolicy, life: WorkingLife, tz: str, day: date
) -> datetime | None:
    """The moment (UTC) at which somebody is asked in the round of this nominal date; None where it is skipped.

    A round moves only so far that it has ANSWER_WITHIN before the next one. Local dates come first, UTC last.
    Raises UnknownTimeZone.
    """
    moved = (
        day
        if life.works_on(day)
        else moved_day(life, policy_for(cadence, policy, day), day, _room(cadence, day))
    )
    return None if moved is None else open_from(life, occurrence_at(cadence, moved, tz), tz)


def reason_to_leave_out(life: WorkingLife, day: date) -> Reason:
    """Why somebody who lives so is not asked in the round of this nominal date."""
    return Reason.HOLIDAY if day in holidays_in(life.region, day.year) else Reason.DAY_OFF


def policy_for(cadence: Cadence, policy: HolidayPolicy, day: date) -> HolidayPolicy:
    """What becomes of the round of this date on a day off. A last working day stays in its month: it moves back."""
    is_month_end = isinstance(cadence.rule, MonthEnd) and day not in cadence.cycle
    return HolidayPolicy.BEFORE if is_month_end and policy is HolidayPolicy.AFTER else policy


def _room(cadence: Cadence, day: date) -> Span:
    """The days between which the round of this date may move."""
    return Span(last_date(cadence, day) + ANSWER_WITHIN, next_date(cadence, day) - ANSWER_WITHIN)


@lru_cache(maxsize=REMEMBERED)
def rounds_for(
    cadence: Cadence,
    policy: HolidayPolicy,
    people: frozenset[tuple[str, WorkingLife]],
    since: datetime,
    now: datetime,
) -> Rounds:
    """`plan_rounds` for people with these time zones and working lives. Raises UnknownTimeZone."""

    def when(day: date) -> list[datetime]:
        moments = (asked_at(cadence, policy, life, tz, day) for tz, life in people)
        return [moment for moment in moments if moment is not None]

    return plan_rounds(cadence, when, since, now)


# The moments at which people are asked in the round of a nominal date; none where nobody is.
When = Callable[[date], Collection[datetime]]


def plan_rounds(cadence: Cadence, when: When, since: datetime, now: datetime) -> Rounds:
    """What is due to be planned, where all was planned up to the instant `since`.

    Of several dates that have passed, only the latest can still be asked about, and only within ANSWER_WITHIN. Dates
    on which nobody is asked are left out; after LOOK_AHEAD of them nothing is planned for now.
    """
    passed: list[date] = []
    left_out: list[date] = []
    for day in dates(cadence, last_date(cadence, since.date() - ZONE_REACH)):
        last = max(when(day), default=None)
        if last is not None and last > now:
            live = (passed.pop(), day) if _asks_still(when, passed, now) else (day,)
            return Rounds(tuple(passed), live, last, tuple(left_out))
        if last is None:
            left_out.append(day)
        elif last > since:
            passed.append(day)
        if day > now.date() + LOOK_AHEAD:
            break
    return Rounds(tuple(passed), (), now + ANSWER_WITHIN, tuple(left_out))


def _asks_still(when: When, passed: list[date], now: datetime) -> bool:
    return bool(passed) and any(moment + ANSWER_WITHIN > now for moment in when(passed[-1]))


def heads_up_at(life: WorkingLife, tz: str, due: datetime, now: datetime) -> datetime | None:
    """When a check-in that is due then is announced: on the working day before, at the same hour of the clock.

    None where that moment has passed, or no such day is near.
    """
    day = working_day_before(life, local_date(due, tz) - A_DAY)
    moment = to_utc(day, to_local(due, tz).time(), tz) if day is not None else now
    return moment if moment > now else None
