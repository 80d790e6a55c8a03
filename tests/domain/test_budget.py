"""What may come by itself: one message a day, a few a week, fewer the longer they are let pass."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budget import (
    MOST_UNANSWERED,
    PER_WEEK,
    QUARTER,
    Diary,
    Held,
    Intensity,
    Reason,
    held_back,
)
from bot.domain.cadence import local_date, to_local, to_utc

BERLIN, TEN = "Europe/Berlin", time(10)
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # ten o'clock in Berlin
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds must be naive
ZONES = st.sampled_from(
    [BERLIN, "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo"]
)
BEFORE = st.lists(st.timedeltas(timedelta(0), timedelta(days=100)), max_size=12)


def always(moment: datetime) -> datetime:
    return moment


def at_work(moment: datetime) -> datetime:
    """From eight to six in Berlin, Monday to Friday."""
    local = to_local(moment, BERLIN)
    day = local.date()
    if local.time() >= time(18):
        day += DAY
    while day.weekday() > 4:
        day += DAY
    return max(moment, to_utc(day, time(8), BERLIN))


NOTHING_CAME = Diary(MONDAY, BERLIN, TEN, Intensity.NORMAL, (), (), None, always)


def test_where_nothing_came_it_comes_at_once() -> None:
    assert held_back(NOTHING_CAME, None) is None


def test_a_second_one_waits_for_the_usual_hour_of_the_next_day() -> None:
    came = replace(NOTHING_CAME, now=MONDAY + 3 * HOUR, came=(MONDAY,))

    assert held_back(came, None) == Held(Reason.DAY, MONDAY + DAY)


def test_a_day_is_that_of_the_readers_own_calendar() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven in the evening in Berlin
    assert held_back(replace(NOTHING_CAME, now=late, came=(MONDAY,)), None) is not None
    assert held_back(replace(NOTHING_CAME, now=late + HOUR, came=(MONDAY,)), None) is None


@pytest.mark.parametrize("intensity", Intensity)
def test_a_week_has_room_for_as_many_as_they_chose_and_the_next_one_begins_on_monday(
    intensity: Intensity,
) -> None:
    most = PER_WEEK[intensity]
    came = tuple(MONDAY + number * DAY for number in range(most))
    full = replace(NOTHING_CAME, now=came[-1] + DAY, intensity=intensity, came=came)

    assert held_back(replace(full, came=came[1:]), None) is None
    assert held_back(full, None) == Held(Reason.WEEK, MONDAY + WEEK)


def test_what_has_no_use_by_then_does_not_come_at_all() -> None:
    came = replace(NOTHING_CAME, came=(MONDAY,))

    assert held_back(came, MONDAY + DAY) == Held(Reason.DAY, None)
    assert held_back(came, MONDAY + DAY + HOUR) == Held(Reason.DAY, MONDAY + DAY)


def test_nothing_takes_the_day_of_what_is_more_important() -> None:
    tuesday = replace(NOTHING_CAME, coming=(MONDAY + HOUR,))

    assert held_back(tuesday, None) == Held(Reason.DAY, MONDAY + DAY)


def test_six_that_brought_no_answer_are_enough_in_a_quarter() -> None:
    came = tuple(MONDAY - number * WEEK for number in range(MOST_UNANSWERED, 0, -1))
    silent = replace(NOTHING_CAME, came=came)

    assert held_back(silent, None) == Held(Reason.SILENCE, came[0] + QUARTER)
    assert held_back(replace(silent, heard_at=came[0] + HOUR), None) is None
    assert held_back(replace(silent, came=came[1:]), None) is None
    assert held_back(replace(silent, now=came[0] + QUARTER), None) is None


@pytest.mark.parametrize(
    ("now", "reason", "until"),
    [
        (datetime(2026, 11, 23, 5, tzinfo=UTC), Reason.QUIET, datetime(2026, 11, 23, 7, tzinfo=UTC)),
        (datetime(2026, 11, 23, 18, tzinfo=UTC), Reason.QUIET, datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), Reason.DAY_OFF, MONDAY),
        (datetime(2026, 11, 27, 18, tzinfo=UTC), Reason.QUIET, MONDAY + WEEK),
    ],
)
def test_outside_their_hours_it_waits_for_them(now: datetime, reason: Reason, until: datetime) -> None:
    assert held_back(replace(NOTHING_CAME, now=now, opens=at_work), None) == Held(reason, until)


def test_where_the_usual_hour_is_a_quiet_one_it_comes_when_the_day_begins() -> None:
    late = replace(NOTHING_CAME, at=time(20), now=MONDAY + 10 * HOUR, opens=at_work)

    assert held_back(late, None) == Held(Reason.QUIET, datetime(2026, 11, 24, 7, tzinfo=UTC))


def test_what_needs_no_room_waits_for_their_hours_alone() -> None:
    full = replace(NOTHING_CAME, came=(MONDAY,), opens=at_work)

    assert held_back(full, None, needs_room=False) is None
    assert held_back(replace(full, now=MONDAY - 5 * HOUR), None, needs_room=False) is not None


def test_where_no_day_has_room_as_far_as_anybody_can_see_it_does_not_come() -> None:
    every_day = tuple(MONDAY + number * DAY for number in range(700))

    assert held_back(replace(NOTHING_CAME, coming=every_day), None) == Held(Reason.WEEK, None)


@given(now=MOMENTS, tz=ZONES, intensity=st.sampled_from(Intensity), before=BEFORE, answered=st.booleans())
def test_whatever_came_before_there_is_room_at_the_moment_that_is_named(
    now: datetime, tz: str, intensity: Intensity, before: list[timedelta], *, answered: bool
) -> None:
    came = tuple(sorted(now - each for each in before))
    diary = Diary(now, tz, TEN, intensity, came, (), now if answered else None, at_work)

    held = held_back(diary, None)

    assert held is None or (held.until is not None and held.until > now)
    moment = now if held is None else held.until
    assert moment is not None
    assert at_work(moment) == moment
    assert held_back(replace(diary, now=moment), None) is None
    assert local_date(moment, tz) not in {local_date(each, tz) for each in came}
    week = _monday(local_date(moment, tz))
    assert sum(_monday(local_date(each, tz)) == week for each in came) < PER_WEEK[intensity]
    assert answered or sum(each > moment - QUARTER for each in came) < MOST_UNANSWERED


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
