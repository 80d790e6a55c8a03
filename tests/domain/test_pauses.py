"""When somebody is away, until when, and on which days what waited comes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import to_local
from bot.domain.errors import DateInPast, DayTooFar
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.pauses import (
    AHEAD,
    BACK_BY,
    LONGEST,
    Pause,
    back_at,
    free_days,
    is_during,
    returned_early,
    until_day,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_without_a_day_it_lasts_two_weeks() -> None:
    assert until_day(None, TODAY) == date(2026, 12, 7)


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_today_and_what_has_passed_is_refused(day: date) -> None:
    with pytest.raises(DateInPast):
        until_day(day, TODAY)


def test_half_a_year_is_the_longest() -> None:
    assert until_day(TODAY + LONGEST, TODAY) == TODAY + LONGEST
    with pytest.raises(DayTooFar) as refused:
        until_day(TODAY + LONGEST + timedelta(days=1), TODAY)
    assert refused.value.latest == TODAY + LONGEST


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.lists(st.times(min_value=time(1)), max_size=3))
def test_people_are_back_by_eight_and_an_hour_before_their_first_check_in(
    day: date, hours: list[time]
) -> None:
    back = to_local(back_at(day, "Asia/Tokyo", hours), "Asia/Tokyo")

    assert (back.date(), back.time() <= BACK_BY) == (day, True)
    assert all(back.replace(tzinfo=None) + AHEAD <= datetime.combine(day, at) for at in hours)


def test_a_pause_holds_from_its_beginning_until_they_are_back() -> None:
    pause = Pause(WorkspaceId(1), MemberId(1), date(2026, 11, 27), NOW + timedelta(days=4), NOW)

    assert [is_during(pause, NOW + timedelta(days=days)) for days in (-1, 0, 3, 4)] == [
        False,
        True,
        True,
        False,
    ]
    back = returned_early(pause, NOW + timedelta(days=2), "Europe/Berlin")
    assert (is_during(back, NOW + timedelta(days=3)), back.until) == (False, date(2026, 11, 25))


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.sets(st.integers(-5, 30)), st.integers(1, 20))
def test_what_waited_comes_after_the_return_on_days_of_its_own(
    back: date, taken: set[int], many: int
) -> None:
    full = {back + timedelta(days=number) for number in taken}

    days = list(islice(free_days(back, full), many))

    assert sorted(set(days)) == days
    assert not full & set(days)
    assert days[0] > back
    assert days[-1] - back <= timedelta(days=many + len(full))
