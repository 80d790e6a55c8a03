"""Rhythms as people choose them, and as they will meet them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from itertools import islice

from bot.domain.cadence import Cadence, CadenceKind, Nth, Rule, dates, rule_of, to_local
from bot.domain.regions import holidays_in
from bot.domain.rounds import asked_at
from bot.domain.working_life import HolidayPolicy, Span, WorkingLife

SHOWN_DATES = 5


@dataclass(frozen=True)
class RhythmChoice:
    """What a form of a rhythm sends: which days, and at which wall time in everyone's own zone.

    Of `every_weeks`, `nth` and `weekday` (0 is Monday) a kind reads what it needs.
    """

    cadence_kind: CadenceKind
    every_weeks: int
    nth: Nth
    weekday: int
    at: time

    @property
    def rule(self) -> Rule:
        """Raises InvalidInput for the field at fault."""
        return rule_of(self.cadence_kind, every_weeks=self.every_weeks, nth=self.nth, weekday=self.weekday)


class Why(Enum):
    """What keeps a round from its date or its hour."""

    HOLIDAY = "a public holiday"
    COHORT_OFF = "a day off of the whole cohort"
    OFF = "a day off of one's own"
    NO_WORKING_DAY = "no working day of one's own"
    QUIET = "quiet hours of one's own"


@dataclass(frozen=True)
class Cause:
    """Why a round does not come at its date and time: the region of a holiday, the note of a cohort's day off."""

    why: Why
    region: str = ""
    note: str = ""


@dataclass(frozen=True)
class Onlooker:
    """Whose clock a preview shows, with what whoever reads it may know of when they work.

    Args:
        name: empty for a zone in which nobody is known yet.
        life: of oneself all of it; of somebody else no days off of their own and no quiet hours.
        cohort_off: the days off of the cohort, each with its note; they stand in `life`, too.
        is_me: whether they read it themselves. Of others no cause is told but what is open to all.
    """

    name: str
    tz: str
    life: WorkingLife
    cohort_off: Sequence[tuple[Span, str]] = ()
    is_me: bool = False

    def cause(self, day: date, at: time) -> Cause | None:
        """What keeps a round of this date and wall time from them, None for nothing, or nothing to be told."""
        if day in holidays_in(self.life.region, day.year):
            return Cause(Why.HOLIDAY, region=self.life.region)
        for span, note in self.cohort_off:
            if span.first <= day <= span.last:
                return Cause(Why.COHORT_OFF, note=note)
        return self._own_cause(day, at) if self.is_me else None

    def _own_cause(self, day: date, at: time) -> Cause | None:
        if any(span.first <= day <= span.last for span in self.life.off):
            return Cause(Why.OFF)
        if not self.life.works_on(day):
            return Cause(Why.NO_WORKING_DAY)
        return Cause(Why.QUIET) if self.life.is_quiet(at) else None


@dataclass(frozen=True)
class Met:
    """How somebody meets one round: the moment on their own clock (aware), None where it is left out for them."""

    at: datetime | None
    cause: Cause | None


@dataclass(frozen=True)
class PreviewDate:
    """One coming nominal date, and how each onlooker meets it, in their order."""

    day: date
    met: tuple[Met, ...]


def preview(
    cadence: Cadence, policy: HolidayPolicy, start: date, people: Sequence[Onlooker], count: int = SHOWN_DATES
) -> tuple[PreviewDate, ...]:
    """The first `count` dates on or after `start`, as these people will meet them.

    Raises:
        UnknownTimeZone: the zone of one of them is no IANA name.
    """
    days = islice(dates(cadence, start), count)
    return tuple(PreviewDate(day, tuple(_met(cadence, policy, one, day) for one in people)) for day in days)


def _met(cadence: Cadence, policy: HolidayPolicy, who: Onlooker, day: date) -> Met:
    moment = asked_at(cadence, policy, who.life, who.tz, day)
    return Met(moment and to_local(moment, who.tz), who.cause(day, cadence.at))
