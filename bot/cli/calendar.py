"""A cohort's coming dates, for a person at the command line, and as a file for other calendars."""

from datetime import date, datetime, timedelta

import typer
from icalendar import Calendar, Event

from bot.cli.records import open_new, printable
from bot.cli.stores import at_work, clock_of, only_cohort
from bot.domain.cohorts import Cohort
from bot.domain.privacy import SYSTEM
from bot.domain.rhythms import Met, PreviewDate, Why
from bot.settings import Settings
from bot.slack.rhythm.rhythms import cause_in_words, rhythm
from bot.usecases.programme.cohorts_calendar import CohortCalendar, see_calendar
from bot.words import Words

PRODUCT = "-//Pairloop//Pairloop//EN"
TAKES = timedelta(minutes=15)
ENGLISH = Words()


async def print_calendar(settings: Settings, name: str, ics: str | None) -> None:
    """Print the next three months; with `ics`, write them there, too. Raises CohortUnknown, StoreUnavailable."""
    clock = await clock_of(settings)
    async with at_work(settings, clock) as deps:
        cohort = await only_cohort(deps, name)
        seen = await deps.db.read(SYSTEM, lambda tx: see_calendar(tx, cohort.id))
    typer.echo("\n".join(_calendar_lines(seen)))
    if ics is not None:
        with open_new(ics) as file:
            file.write(calendar_file(seen, clock.now()))
        typer.echo(
            f"{ics} holds these dates. They float: each is at that time on the clock of whoever reads it."
        )


def calendar_file(seen: CohortCalendar, now: datetime) -> str:
    """The dates as iCalendar (RFC 5545), at floating times, as everybody is asked on their own clock.

    A day off of the whole cohort moves a date, or leaves it out; what concerns some people alone does not stand here.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for day in seen.days:
        if (moved := day.met[0].at) is not None:
            calendar.add_component(_event(seen.cohort, day.day, moved, now))
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(cohort: Cohort, nominal: date, at: datetime, now: datetime) -> Event:
    """One date, under the same id whenever it is written: that of its nominal date."""
    begins, event = at.replace(tzinfo=None), Event()
    event.add("uid", f"cohort-{cohort.id}-{nominal.isoformat()}@pairloop")
    event.add("dtstamp", now)
    event.add("dtstart", begins)
    event.add("dtend", begins + TAKES)
    event.add("summary", f"Check-in: {cohort.name}")
    event.add("transp", "TRANSPARENT")
    return event


def _calendar_lines(seen: CohortCalendar) -> list[str]:
    """The rhythm, a line for each date with what moves it below, and who goes by a rhythm of their own."""
    title = f"{printable(seen.cohort.name)}: {rhythm(seen.cohort.cadence, ENGLISH)}"
    days = [line for day in seen.days for line in _lines_of_day(seen, day)]
    return [title, *days, *_own_lines(seen)]


def _lines_of_day(seen: CohortCalendar, day: PreviewDate) -> list[str]:
    everybody, *rest = day.met
    zones, regions = rest[: len(seen.zones)], rest[len(seen.zones) :]
    times = [
        f"{met.at:%H:%M} {who.tz} (UTC{_offset(met.at)})"
        for met, who in zip(zones, seen.zones, strict=True)
        if met.at is not None
    ]
    told = [f"{_short(day.day)}  {' · '.join(times)}".rstrip()]
    if everybody.cause is not None:
        return [*told, f"  {_instead(everybody, day.day)}"]
    moved = [met for met in regions if met.cause is not None and met.cause.why is Why.HOLIDAY]
    return [*told, *(f"  {_instead(met, day.day)}" for met in moved)]


def _offset(at: datetime) -> str:
    """How far a zone is from UTC then: "+05:45"."""
    text = f"{at:%z}"
    return f"{text[:3]}:{text[3:5]}"


def _instead(met: Met, day: date) -> str:
    """What becomes of a date, and why."""
    why = cause_in_words(met.cause, day, ENGLISH) if met.cause is not None else ""
    became = "left out" if met.at is None else f"{_short(met.at.date())} instead"
    return f"{became}: {printable(why)}"


def _own_lines(seen: CohortCalendar) -> list[str]:
    if not seen.own:
        return []
    pairs = [f"  {printable(ENGLISH.names(one.names))}: {rhythm(one.cadence, ENGLISH)}" for one in seen.own]
    return [f"By a rhythm of their own: {len(seen.own)}", *pairs]


def _short(day: date) -> str:
    return f"{day:%a %Y-%m-%d}"
