"""When a cohort's check-ins fall, on whose calendar, and at which instant.

A rhythm is a rule over local dates. Weeks run from Monday and are counted from the anchor's week, never from
the ISO week number, so that a fortnight stays a fortnight over a year of 53 weeks. Only the last step turns a
local date and a wall time into an instant: a time that a zone skips (a gap) moves forward by as much as the
clock does, and a time that comes twice (a fold) means the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, WEEKLY, rrule

from bot.domain.errors import InvalidInput

LONGEST_WEEKS = 12
LONGEST_GAP = timedelta(weeks=LONGEST_WEEKS)
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


@dataclass(frozen=True)
class Cadence:
    """A rhythm in weeks.

    Args:
        every_weeks: 1 to 12; 2 is every second week.
        weekday: 0 (Monday) to 6 (Sunday).
        at: wall time in everyone's own zone, without a zone of its own.
        anchor: any day of a week in which the rhythm falls; it sets the parity of weeks, not a first date.
        cycle: the days on which a project's cycles end, in order; the weeks begin when these are over.

    Raises:
        InvalidInput: a value is out of range; `field` names it.
    """

    every_weeks: int
    weekday: int
    at: time
    anchor: date
    cycle: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.every_weeks <= LONGEST_WEEKS:
            raise InvalidInput(field="every_weeks")
        if not 0 <= self.weekday <= _SUNDAY:
            raise InvalidInput(field="weekday")
        if self.at.tzinfo is not None:
            raise InvalidInput(field="at")


@dataclass(frozen=True)
class PreviewDate:
    """One coming date, and the moment it means in each zone asked for, in their order (aware, local)."""

    day: date
    local_times: tuple[datetime, ...]


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _rule(cadence: Cadence, around: date) -> rrule:
    """The cadence as a rule that begins shortly before a day; one that began with the anchor would count up to it."""
    first, turn = _monday_of(cadence.anchor), timedelta(weeks=cadence.every_weeks)
    begun = datetime.combine(first + (around - first) // turn * turn, time())
    return rrule(WEEKLY, begun, interval=cadence.every_weeks, wkst=MO, byweekday=cadence.weekday)


def dates(cadence: Cadence, start: date) -> Iterator[date]:
    """All dates of the cadence on or after `start`, which may lie before the anchor, in order, without end."""
    yield from (day for day in cadence.cycle if day >= start)
    begin = max(start, cadence.cycle[-1] + A_DAY) if cadence.cycle else start
    days = (moment.date() for moment in _rule(cadence, begin))
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


def preview(cadence: Cadence, start: date, zones: Sequence[str], count: int = 5) -> tuple[PreviewDate, ...]:
    """The first `count` dates on or after `start`, as people in each of `zones` (IANA names) will meet them.

    Raises:
        UnknownTimeZone: one of `zones` is no IANA name.
    """
    return tuple(
        PreviewDate(day, tuple(to_local(occurrence_at(cadence, day, tz), tz) for tz in zones))
        for day in islice(dates(cadence, start), count)
    )
