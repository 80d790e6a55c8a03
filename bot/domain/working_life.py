"""When somebody may be reached by what nobody caused: not in their quiet hours, and on days on which they work.

What follows from the act of another person comes at once, as a colleague's message would; none of this is about that.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from itertools import chain, islice
from typing import Annotated

from bot.domain.cadence import A_DAY, local_date, to_local, to_utc
from bot.domain.errors import ChoiceMissing, DateInPast, DayTooFar, InvalidInput
from bot.domain.ids import CohortDayOffId, CohortId, DayOffId, MemberId, WorkspaceId
from bot.domain.regions import NOWHERE, holidays_in
from bot.domain.shown import Shown, begun
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import Text

NOTE_LIMIT = 100
LONGEST_OFF = timedelta(days=366)  # from today to the last day that somebody may enter
HORIZON = 400  # days after which nobody looks for an open moment any more
LEAST_OPEN = timedelta(hours=1)  # of a day that is not quiet as a whole
QUIET_FROM, QUIET_TO = time(18), time(8)


class Weekday(StrEnum):
    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """0 is Monday, as `date.weekday` counts."""
        return list(Weekday).index(self)


@cache
def numbers_of(days: tuple[str, ...]) -> frozenset[int]:
    """The numbers of weekdays as a member keeps them."""
    return frozenset(Weekday(day).number for day in days)


class HolidayPolicy(StrEnum):
    """What becomes of a check-in that falls on a day on which whoever is asked does not work."""

    AFTER = "after"
    BEFORE = "before"
    SKIP = "skip"


WORKING_WEEK = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


class QuietAllDay(InvalidInput):
    """Quiet hours that leave less than LEAST_OPEN of a day."""


class QuietHalf(InvalidInput):
    """Quiet hours of which only one end is named."""


class DayOffTooFar(DayTooFar):
    """Days off that end after `latest`."""


class DaysTurned(InvalidInput):
    """Days off that end before they begin."""


@dataclass(frozen=True)
class DayOff:
    """Days, the first and the last of them included, on which a member does not work, on their own calendar.

    Its note is for nobody but whoever wrote it.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    begins_on: date
    ends_on: date
    created_at: datetime
    note: Annotated[str, Text(NOTE_LIMIT)] = ""
    id: DayOffId = DayOffId(0)
    version: int = 1


DAYS_OFF = Stored(
    DayOff, "day_off", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    indexed=("member_id",),
)  # fmt: skip


@dataclass(frozen=True)
class CohortDayOff:
    """Days on which nobody of a cohort is asked anything; entered by its lead, and read by everybody in it."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    begins_on: date
    ends_on: date
    created_at: datetime
    note: Annotated[str, Text(NOTE_LIMIT)] = ""
    id: CohortDayOffId = CohortDayOffId(0)
    version: int = 1


COHORT_DAYS_OFF = Stored(
    CohortDayOff, "cohort_day_off", Audience.WORKSPACE, Erased.BLANKED, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


@dataclass(frozen=True)
class DaysOff:
    """What a form of days off sends; without a last day it is one day."""

    begins_on: date
    ends_on: date | None = None
    note: Annotated[str, Text(NOTE_LIMIT)] = ""

    @property
    def last(self) -> date:
        return self.ends_on or self.begins_on


def days_off_in(shown: Shown, today: date) -> DaysOff:
    """The days off that a form showed. Raises InvalidInput for the field at fault."""
    days = begun(DaysOff, shown)
    require_days(days.begins_on, days.last, today)
    return days


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class WorkingLife:
    """When somebody works, in times of their own clock and days of their own calendar.

    Args:
        region: whose public holidays are free, see `bot.domain.regions`.
        working_days: 0 is Monday; never empty.
        quiet_from: with `quiet_to` the quiet hours, which may cross midnight; both None for none.
        off: days off besides, their own and those of their cohorts.
    """

    region: str = NOWHERE
    working_days: frozenset[int] = field(
        default_factory=lambda: frozenset(day.number for day in WORKING_WEEK)
    )
    quiet_from: time | None = QUIET_FROM
    quiet_to: time | None = QUIET_TO
    off: tuple[Span, ...] = ()

    def works_on(self, day: date) -> bool:
        return (
            day.weekday() in self.working_days
            and day not in holidays_in(self.region, day.year)
            and not any(span.first <= day <= span.last for span in self.off)
        )

    def is_quiet(self, at: time) -> bool:
        """Whether this wall time lies in the quiet hours, which begin with `quiet_from` and end before `quiet_to`."""
        begin, end = self.quiet_from, self.quiet_to
        if begin is None or end is None:
            return False
        at = at.replace(tzinfo=None)
        return begin <= at < end if begin <= end else at >= begin or at < end

    def is_open(self, local: datetime) -> bool:
        """Whether something may arrive at this moment of their clock."""
        return self.works_on(local.date()) and not self.is_quiet(local.time())


def open_from(life: WorkingLife, moment: datetime, tz: str) -> datetime:
    """The first moment (UTC) from an aware moment on at which something unsolicited may arrive.

    Where nothing is open within HORIZON days, the moment after these. Raises UnknownTimeZone.
    """
    begins = _openings(life, local_date(moment, tz), tz)
    found = (each for each in chain([moment], begins) if each >= moment and life.is_open(to_local(each, tz)))
    return next(found, moment + HORIZON * A_DAY)


def _openings(life: WorkingLife, first: date, tz: str) -> Iterator[datetime]:
    """The moments at which something may begin to be open: midnights, and the ends of quiet hours."""
    for number in range(HORIZON):
        for at in sorted({time(), life.quiet_to or time()}):
            yield to_utc(first + number * A_DAY, at, tz)


def working_day_after(life: WorkingLife, day: date) -> date | None:
    """The first working day on or after this one; None where there is none within HORIZON days."""
    return _working_day(life, (day + number * A_DAY for number in range(HORIZON)))


def working_day_before(life: WorkingLife, day: date) -> date | None:
    """The last working day on or before this one; None where there is none within HORIZON days."""
    return _working_day(life, (day - number * A_DAY for number in range(HORIZON)))


def working_days_after(life: WorkingLife, day: date, count: int) -> date:
    """The working day of this life so many working days (1 or more) after a day; the last one within HORIZON days."""
    coming = (each for each in (day + number * A_DAY for number in range(1, HORIZON)) if life.works_on(each))
    found = list(islice(coming, count))
    return found[-1] if found else day + HORIZON * A_DAY


def moved_day(life: WorkingLife, policy: HolidayPolicy, day: date, between: Span) -> date | None:
    """The day on which somebody is asked whose rhythm says `day`: this one, if they work then.

    Returns None where it is skipped: by the policy, or since no working day on that side lies within `between`.
    """
    if life.works_on(day):
        return day
    if policy is HolidayPolicy.SKIP:
        return None
    moved = (working_day_after if policy is HolidayPolicy.AFTER else working_day_before)(life, day)
    return moved if moved is not None and between.first <= moved <= between.last else None


def _working_day(life: WorkingLife, days: Iterable[date]) -> date | None:
    return next((day for day in days if life.works_on(day)), None)


def require_open_hours(quiet_from: time | None, quiet_to: time | None) -> None:
    """Raise QuietAllDay for quiet hours that leave less than LEAST_OPEN, QuietHalf where one end is missing."""
    if quiet_from is None and quiet_to is None:
        return
    if quiet_from is None or quiet_to is None:
        raise QuietHalf(field="quiet_to" if quiet_to is None else "quiet_from")
    day = date.min
    is_open = datetime.combine(day, quiet_from) - datetime.combine(day, quiet_to)
    if is_open % A_DAY < LEAST_OPEN:
        raise QuietAllDay(field="quiet_to")


def require_working_days(days: Collection[str]) -> None:
    """Raise ChoiceMissing where no day is left."""
    if not days:
        raise ChoiceMissing(field="working_days")


def require_days(begins_on: date, ends_on: date, today: date) -> None:
    """Raise DateInPast, DaysTurned or DayOffTooFar for days off that cannot be entered on `today`."""
    if ends_on < begins_on:
        raise DaysTurned(field="ends_on")
    if ends_on < today:
        raise DateInPast(today, field="ends_on")
    if ends_on > today + LONGEST_OFF:
        raise DayOffTooFar(today + LONGEST_OFF, field="ends_on")
