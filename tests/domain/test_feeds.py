"""A project calendar: which days its events end on, and what is refused before anybody counts."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import TextMissing, TextTooLong
from bot.domain.feeds import (
    AHEAD,
    BEHIND,
    EVENTS_LIMIT,
    RULES_LIMIT,
    FeedAddressWrong,
    FeedTrouble,
    FeedUnreadable,
    address_of,
    last_days,
)

TODAY = date(2026, 11, 23)


def calendar(*events: str) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inner}END:VCALENDAR\r\n".encode()


def event(title: str, start: str, end: str = "", *more: str) -> str:
    def day(name: str, value: str) -> str:
        return f"{name}{'' if 'T' in value else ';VALUE=DATE'}:{value}"

    lines = [f"SUMMARY:{title}", day("DTSTART", start), *([day("DTEND", end)] if end else []), *more]
    return "\r\n".join(lines)


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("20261201", "20261204", date(2026, 12, 3)),  # the end of a whole day is the day after
        ("20261201", "", date(2026, 12, 1)),
        ("20261201T090000Z", "20261203T170000Z", date(2026, 12, 3)),
        ("20261201T090000Z", "20261204T000000Z", date(2026, 12, 3)),  # at midnight the day before is over
        ("20261201T090000Z", "", date(2026, 12, 1)),
        ("20280227", "20280301", date(2028, 2, 29)),
    ],
)
def test_an_event_is_over_with_its_last_day(start: str, end: str, last: date) -> None:
    today = last - timedelta(days=3)

    assert last_days(calendar(event("Sprint 7", start, end)), "sprint", today) == (last,)


def test_only_events_with_these_words_in_their_title_count_each_day_once_in_order() -> None:
    found = last_days(
        calendar(
            event("SPRINT 2", "20261214", "20261219"),
            event("Holiday", "20261210"),
            event("Sprint 1", "20261130", "20261205"),
            event("also a sprint", "20261204"),
        ),
        "Sprint",
        TODAY,
    )

    assert found == (date(2026, 12, 4), date(2026, 12, 18))


def test_no_words_mean_every_event() -> None:
    assert last_days(calendar(event("Review", "20261204")), "", TODAY) == (date(2026, 12, 4),)


def test_what_repeats_is_there_for_a_year_and_no_longer() -> None:
    weekly = event("Sprint", "20200106", "20200111", "RRULE:FREQ=WEEKLY;INTERVAL=2")

    days = last_days(calendar(weekly), "sprint", TODAY)

    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=14)}
    assert TODAY - BEHIND - timedelta(days=5) <= days[0]
    assert days[-1] <= TODAY + AHEAD + timedelta(days=5)
    assert len(days) > 25


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ("RRULE:FREQ=SECONDLY", ""),
        ("RRULE:freq=minutely", ""),
        ("RRULE:COUNT=9999999;FREQ=HOURLY", ""),
        ("RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYSECOND=0,1", ""),
        ("RRULE:FREQ=DAILY;INTERVAL=0", ""),
        ("RRULE:FREQ=SECO\r\n NDLY", ""),  # a folded line
        ("EXRULE:FREQ=SECONDLY", ""),
    ],
)
def test_what_never_ends_to_count_is_refused_before_counting(rule: str, more: str) -> None:
    with pytest.raises(FeedUnreadable) as refused:
        last_days(calendar(event("Sprint", "20261201", more, rule)), "sprint", TODAY)

    assert refused.value.trouble is FeedTrouble.TOO_MUCH


def test_a_zone_whose_clock_changes_every_second_is_refused_as_well() -> None:
    zone = (
        b"BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
        b"TZOFFSETTO:+0100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    with pytest.raises(FeedUnreadable):
        last_days(
            calendar(event("a", "20261201")).replace(b"PRODID:x\r\n", b"PRODID:x\r\n" + zone), "", TODAY
        )


@pytest.mark.parametrize(
    "text",
    [
        calendar(*["SUMMARY:x\r\nDTSTART;VALUE=DATE:20200101"] * (EVENTS_LIMIT + 1)),
        calendar(*[event("x", "20200101", "", "RRULE:FREQ=DAILY")] * (RULES_LIMIT + 1)),
    ],
)
def test_more_than_anybody_has_is_refused(text: bytes) -> None:
    with pytest.raises(FeedUnreadable) as refused:
        last_days(text, "", TODAY)

    assert refused.value.trouble is FeedTrouble.TOO_MUCH


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<html><body>Sign in</body></html>",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:yesterday\r\n",
        b"\xff\xfe\x00",
        calendar("SUMMARY:x\r\nDTSTART:2026-12-01"),
        calendar(event("x", "20261201", "", "RRULE:FREQ=FORTNIGHTLY")),
    ],
)
def test_what_is_no_calendar_says_so(text: bytes) -> None:
    with pytest.raises(FeedUnreadable) as refused:
        last_days(text, "", TODAY)

    assert refused.value.trouble is FeedTrouble.NO_CALENDAR


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_a_server_sends_it_is_days_or_a_refusal(text: bytes) -> None:
    body = calendar(event("x", "20261201")).replace(b"UID:0", b"UID:0\r\n" + text)
    for sent in (text, body):
        with suppress(FeedUnreadable):
            assert isinstance(last_days(sent, "", TODAY), tuple)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("https://example.org/team.ics", "https://example.org/team.ics"),
        (" webcal://example.org/a?key=1 ", "https://example.org/a?key=1"),
        ("http://calendar.local:8080/x", "http://calendar.local:8080/x"),
    ],
)
def test_an_address_is_taken_as_people_copy_it(typed: str, asked: str) -> None:
    assert address_of(typed) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "example.org/a.ics",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "https://",
        "https://a:99999/",
        "https://a b/",
    ],
)
def test_what_is_no_address_is_told_at_its_field(typed: str) -> None:
    with pytest.raises(FeedAddressWrong) as refused:
        address_of(typed)

    assert refused.value.field == "address"


def test_an_address_is_needed_and_has_an_end() -> None:
    with pytest.raises(TextMissing):
        address_of(" ")
    with pytest.raises(TextTooLong):
        address_of("https://example.org/" + "a" * 1000)
