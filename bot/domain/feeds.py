"""A cohort's project calendar: an iCalendar address, and the days that the events in it end on.

Format: RFC 5545. What repeats is worked out by recurring-ical-events; here stands what we refuse beforehand, because a
calendar of a few bytes can describe more events than a machine can count.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Protocol
from urllib.parse import urlsplit

import recurring_ical_events
from icalendar import Calendar

from bot.domain.errors import InvalidInput
from bot.domain.ids import CohortId, FeedId, MemberId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import Text, clean, required

ADDRESS_LIMIT = 1_000
TITLE_LIMIT = 80
EVENTS_LIMIT = 5_000
DAYS_LIMIT = 500  # a day of each work day of two years
COPY_LASTS = timedelta(days=7)
BEHIND, AHEAD = timedelta(days=31), timedelta(days=400)
RULES_LIMIT = 500  # of what repeats
RULES = (b"RRULE", b"EXRULE")
FOLD = re.compile(rb"\r?\n[ \t]")  # a long line goes on after it (RFC 5545, 3.1)
# More often than daily, several times a day, or without ever going on.
ENDLESS = re.compile(
    rb"FREQ=(SECOND|MINUTE|HOUR)LY|BY(SECOND|MINUTE|HOUR)=[^;]*,|INTERVAL=0*(;|$)|INTERVAL=-"
)
SCHEMES = ("https", "http", "webcal")  # webcal is https in other words, by which calendars are subscribed to


class FeedTrouble(StrEnum):
    """Why a calendar could not be read."""

    NONE = ""
    UNREACHABLE = "unreachable"  # no answer, or none in time
    PRIVATE = "private"  # an address inside our own network
    ELSEWHERE = "elsewhere"  # it leads on to another address
    REFUSED = "refused"  # an answer that is no success
    HUGE = "huge"
    NO_CALENDAR = "no calendar"
    TOO_MUCH = "too much"  # more events than anybody has


class FeedAddressWrong(InvalidInput):
    """What should be the address of a calendar is none."""


class FeedUnreadable(Exception):
    """A calendar that could not be fetched or read; `trouble` says why."""

    def __init__(self, trouble: FeedTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True)
class FeedCopy:
    """A calendar as its server gave it, and the tag by which that knows it, "" for none."""

    text: bytes
    etag: str


class Feeds(Protocol):
    """Calendars, fetched from where people say they are."""

    async def fetch(self, address: str, etag: str) -> FeedCopy | None:
        """The calendar, None where it still is the one with this tag. Raises FeedUnreadable."""


class NoFeeds:
    """For a process that has no line to anywhere but Slack."""

    async def fetch(self, address: str, etag: str) -> FeedCopy | None:  # noqa: ARG002 - nobody is asked
        raise FeedUnreadable(FeedTrouble.UNREACHABLE)


@dataclass(frozen=True)
class Feed:
    """Where a cohort's project calendar is, and what it said when it was read last.

    Args:
        title: what the title of an event contains, whatever its case; "" for every event.
        etag: of the last good copy, as its server named it. Its days stand with the cohort, whose rhythm they are.
        copied_at: when that was fetched.
        trouble: what went wrong when it was read last; the days stay.
        told_at: when the lead was told of the trouble, once until it is over.
    """

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    address: Annotated[str, Text(ADDRESS_LIMIT)]
    title: Annotated[str, Text(TITLE_LIMIT)]
    created_at: datetime
    etag: str = ""
    copied_at: datetime | None = None
    trouble: FeedTrouble = FeedTrouble.NONE
    told_at: datetime | None = None
    id: FeedId = FeedId(0)
    version: int = 1


# An address often holds a secret of whoever made it, so that only Pairloop itself reads it.
FEEDS = Stored(
    Feed,
    "feed",
    Audience.NOBODY,
    Erased.WITH_MEMBER,
    exported=False,
    earlier=None,
    found=None,
    unique=(("cohort_id",),),
)


def address_of(text: str) -> str:
    """The address of a calendar, as it is asked. Raises FeedAddressWrong, TextMissing, TextTooLong."""
    address = required(text.strip(), ADDRESS_LIMIT, "address")
    try:
        parts = urlsplit(address)
        known = parts.scheme.lower() in SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or any(letter.isspace() for letter in address):
        raise FeedAddressWrong(field="address")
    return parts._replace(scheme="https" if parts.scheme.lower() == "webcal" else parts.scheme).geturl()


def title_of(text: str) -> str:
    """What titles are looked through for. Raises TextTooLong."""
    return clean(text, TITLE_LIMIT, "title")


def last_days(copy: bytes, title: str, today: date) -> tuple[date, ...]:
    """The last days of the events whose title contains this, from a month back to a year ahead, in order, each once.

    Raises FeedUnreadable for what is no calendar, and for one with more events than anybody has.
    """
    _require_countable(copy)
    calendar = _calendar(copy)
    try:
        events = recurring_ical_events.of(calendar).between(today - BEHIND, today + AHEAD)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        raise FeedUnreadable(FeedTrouble.NO_CALENDAR) from error
    wanted = title.casefold()
    found = {_last_day(event) for event in events if wanted in str(event.get("SUMMARY", "")).casefold()}
    if len(found) > DAYS_LIMIT:
        raise FeedUnreadable(FeedTrouble.TOO_MUCH)
    return tuple(sorted(found))


def _calendar(copy: bytes) -> Calendar:
    try:
        calendar = Calendar.from_ical(copy)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise FeedUnreadable(FeedTrouble.NO_CALENDAR) from error
    if not isinstance(calendar, Calendar) or calendar.name != "VCALENDAR":
        raise FeedUnreadable(FeedTrouble.NO_CALENDAR)
    return calendar


def _require_countable(copy: bytes) -> None:
    """Look at the text itself, since reading it as a calendar begins to count already (zones have rules as well)."""
    lines = FOLD.sub(b"", copy).upper().splitlines()
    rules = [line for line in lines if line.startswith(RULES)]
    events = sum(line.startswith(b"BEGIN:VEVENT") for line in lines)
    if events > EVENTS_LIMIT or len(rules) > RULES_LIMIT or any(map(ENDLESS.search, rules)):
        raise FeedUnreadable(FeedTrouble.TOO_MUCH)


def _last_day(event: Any) -> date:
    """The day on which an event ends: what ends with a day, or at its midnight, is over with the day before."""
    start, end = event.start, event.end
    if end <= start:
        return _day(start)
    return _day(end - (timedelta.resolution if isinstance(end, datetime) else timedelta(days=1)))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def known_tag(feed: Feed, now: datetime) -> str:
    """The tag to ask with, "" once the copy is old: the year that we look ahead has moved on."""
    fresh = feed.copied_at is not None and now - feed.copied_at < COPY_LASTS
    return feed.etag if fresh else ""


def read_well(feed: Feed) -> Feed:
    """The feed after its copy was found to hold."""
    return replace(feed, trouble=FeedTrouble.NONE, told_at=None)


def copied(feed: Feed, etag: str, now: datetime) -> Feed:
    """The feed after a new copy was read well."""
    return replace(read_well(feed), etag=etag, copied_at=now)


def read_in_vain(feed: Feed, trouble: FeedTrouble, now: datetime) -> Feed:
    """The feed after it could not be read: what was read before stays, and the lead is told of it once."""
    return replace(feed, trouble=trouble, told_at=feed.told_at or now)
