"""When a cohort's check-ins fall, on whose calendar, and at which instant.

A rhythm is a rule over local dates. Weeks run from Monday and are counted from the anchor's week, never from
the ISO week number, so that a fortnight stays a fortnight over a year of 53 weeks; quarters are counted from the
anchor's month. Every kind of rule has a date in each of its turns: none asks for a fifth weekday, a 31st or a
29 February. Only the last step turns a local date and a wall
time into an instant: a time that a zone skips (a gap) moves forward by as much as the clock does, and a time that
comes twice (a fold) means the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from itertools import takewhile
from typing import assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, FR, MO, MONTHLY, TH, TU, WE, WEEKLY, rrule

from bot.domain.errors import InvalidInput

LONGEST_WEEKS = 12
A_MONTH, A_QUARTER = 1, 3  # in months
LONGEST_GAP = timedelta(weeks=14)  # between two dates: two such weekdays of quarters may lie so far apart
WORKING_DAYS = (MO, TU, WE, TH, FR)
_SUNDAY = 6
A_DAY = timedelta(days=1)
# No zone is further than a day from UTC, and none has ever skipped more than one day of its calendar.
ZONE_REACH = timedelta(days=3)


class UnknownTimeZone(InvalidInput):
    """`tz` is no name of the IANA time zone database; falling back to another zone is the caller's choice."""

    def __init__(self, tz: str, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.tz = tz


class CadenceKind(StrEnum):
    """The kinds of rule, as they are kept; `rule_of` reads them."""

    WEEKS = "weeks"
    MONTH_WEEKDAY = "month_weekday"
    MONTH_END = "month_end"
    QUARTER_WEEKDAY = "quarter_weekday"
    QUARTER_END = "quarter_end"


class Nth(IntEnum):
    """Which of its kind in a month. There is no fifth, since most months have none."""

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4
    LAST = -1


@dataclass(frozen=True)
class Weeks:
    """Every so many weeks (1 to 12) on a weekday, 0 (Monday) to 6 (Sunday)."""

    every: int
    weekday: int

    def __post_init__(self) -> None:
        if not 1 <= self.every <= LONGEST_WEEKS:
            raise InvalidInput(field="every_weeks")
        _require_weekday(self.weekday)


@dataclass(frozen=True)
class MonthWeekday:
    """The first, …, fourth or last of a weekday, 0 (Monday) to 6, in every month or in every third (A_QUARTER)."""

    nth: Nth
    weekday: int
    months: int = A_MONTH

    def __post_init__(self) -> None:
        if self.nth not in list(Nth):
            raise InvalidInput(field="nth")
        _require_weekday(self.weekday)
        _require_months(self.months)


@dataclass(frozen=True)
class MonthEnd:
    """The last day from Monday to Friday of every month, or of every third (A_QUARTER)."""

    months: int = A_MONTH

    def __post_init__(self) -> None:
        _require_months(self.months)


Rule = Weeks | MonthWeekday | MonthEnd


def quarter_of(day: date) -> date:
    """The first day of the quarter of the year in which this one lies."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _require_weekday(weekday: int) -> None:
    if not 0 <= weekday <= _SUNDAY:
        raise InvalidInput(field="weekday")


def _require_months(months: int) -> None:
    if months not in (A_MONTH, A_QUARTER):
        raise InvalidInput(field="months")


def rule_of(kind: CadenceKind, *, every_weeks: int, nth: Nth, weekday: int) -> Rule:
    """The rule that is kept in these columns; a kind reads only what it needs. Raises InvalidInput like the rules."""
    match kind:
        case CadenceKind.WEEKS:
            return Weeks(every_weeks, weekday)
        case CadenceKind.MONTH_WEEKDAY:
            return MonthWeekday(nth, weekday)
        case CadenceKind.MONTH_END:
            return MonthEnd()
        case CadenceKind.QUARTER_WEEKDAY:
            return MonthWeekday(nth, weekday, A_QUARTER)
        case CadenceKind.QUARTER_END:
            return MonthEnd(A_QUARTER)
    assert_never(kind)


@dataclass(frozen=True)
class Cadence:
    """A rhythm: a rule over dates, and the time of those days.

    Args:
        rule: which days.
        at: wall time in everyone's own zone, without a zone of its own.
        anchor: any day of a week, or of a month, in which the rhythm falls; it sets the parity of weeks and the
            months of a quarter, not a first date.
        cycle: the days on which a project's cycles end, in order; the rule begins when these are over.

    Raises:
        InvalidInput: a value is out of range; `field` names it.
    """

    rule: Rule
    at: time
    anchor: date
    cycle: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise InvalidInput(field="at")


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def turn_of(rule: Rule) -> relativedelta:
    """How long a rule takes to come round, in weeks or in months."""
    return relativedelta(weeks=rule.every) if isinstance(rule, Weeks) else relativedelta(months=rule.months)


def _days_of(cadence: Cadence, around: date) -> rrule:
    """The cadence as a rule that begins shortly before a day; one that began with the anchor would count up to it."""
    rule = cadence.rule
    match rule:
        case Weeks():
            begun = _week_begun(cadence.anchor, around, rule.every)
            return rrule(WEEKLY, begun, interval=rule.every, wkst=MO, byweekday=rule.weekday)
        case MonthWeekday():
            begun = _month_begun(cadence.anchor, around, rule.months)
            return rrule(
                MONTHLY, begun, interval=rule.months, byweekday=rule.weekday, bysetpos=rule.nth.value
            )
        case MonthEnd():
            begun = _month_begun(cadence.anchor, around, rule.months)
            return rrule(MONTHLY, begun, interval=rule.months, byweekday=WORKING_DAYS, bysetpos=-1)
    assert_never(rule)


def _week_begun(anchor: date, around: date, weeks: int) -> datetime:
    """The Monday of the rhythm's week in whose turn a day lies."""
    first, turn = _monday_of(anchor), timedelta(weeks=weeks)
    return datetime.combine(first + (around - first) // turn * turn, time())


def _month_begun(anchor: date, around: date, months: int) -> datetime:
    """The first day of the rhythm's month in whose turn a day lies."""
    since = (around.year - anchor.year) * 12 + around.month - anchor.month
    return datetime.combine(anchor.replace(day=1), time()) + relativedelta(months=since // months * months)


def dates(cadence: Cadence, start: date) -> Iterator[date]:
    """All dates of the cadence on or after `start`, which may lie before the anchor, in order, without end."""
    yield from (day for day in cadence.cycle if day >= start)
    begin = max(start, cadence.cycle[-1] + A_DAY) if cadence.cycle else start
    days = (moment.date() for moment in _days_of(cadence, begin))
    yield from (day for day in days if day >= begin)


def next_date(cadence: Cadence, after: date) -> date:
    """The first date of the cadence strictly after `after`, which may lie before the anchor."""
    return next(dates(cadence, after + A_DAY))


def last_date(cadence: Cadence, before: date) -> date:
    """The last date of the cadence strictly before `before`, which may lie before the anchor.

    Where a project cycle knows none within LONGEST_GAP, the day that lies so far back.
    """
    earliest = before - LONGEST_GAP
    return max(takewhile(lambda day: day < before, dates(cadence, earliest)), default=earliest)


def _zone(tz: str) -> ZoneInfo:
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: "Europe" is a folder
        raise UnknownTimeZone(tz) from error


def to_utc(day: date, at: time, tz: str) -> datetime:
    """The instant of the wall time `at` on `day` in `tz`, in UTC; gaps move forward, folds mean the first.

    Raises:
        UnknownTimeZone: `tz` is no IANA name.
    """
    return datetime.combine(day, at.replace(fold=0), tzinfo=_zone(tz)).astimezone(UTC)


def to_local(moment: datetime, tz: str) -> datetime:
    """An aware moment on the clocks of `tz`; raises UnknownTimeZone like `to_utc`."""
    return moment.astimezone(_zone(tz))


def local_date(moment: datetime, tz: str) -> date:
    """The calendar day of an aware moment in `tz`; raises UnknownTimeZone like `to_utc`."""
    return to_local(moment, tz).date()


def workdays_after(day: date, count: int) -> date:
    """The working day, Monday to Friday, so many working days (1 or more) after a day."""
    *_, last = rrule(DAILY, day + timedelta(days=1), byweekday=WORKING_DAYS, count=count)
    return last.date()


def occurrence_at(cadence: Cadence, day: date, tz: str) -> datetime:
    """The instant (UTC) at which the cadence's time comes on `day` in `tz`; raises UnknownTimeZone."""
    return to_utc(day, cadence.at, tz)


def next_occurrence(cadence: Cadence, after: datetime, tz: str) -> tuple[date, datetime]:
    """The first occurrence strictly after an aware moment: its key and its instant (UTC).

    The key is the nominal local date of the rule. It stays the same for a pair in two zones and for somebody
    who moves, and where a zone skips a whole day it is the date that was skipped.

    Raises:
        UnknownTimeZone: `tz` is no IANA name.
    """
    days = dates(cadence, local_date(after, tz) - ZONE_REACH)
    occurrences = ((day, occurrence_at(cadence, day, tz)) for day in days)
    return next((day, moment) for day, moment in occurrences if moment > after)
