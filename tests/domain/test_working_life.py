"""When something may arrive by itself: on working days, outside quiet hours, and never in an endless search."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import to_local, to_utc
from bot.domain.errors import ChoiceMissing, DateInPast, DayTooFar
from bot.domain.working_life import (
    HORIZON,
    LEAST_OPEN,
    LONGEST_OFF,
    DaysTurned,
    QuietAllDay,
    QuietHalf,
    Span,
    WorkingLife,
    open_from,
    require_days,
    require_open_hours,
    require_working_days,
    working_day_after,
    working_day_before,
)

BERLIN = "Europe/Berlin"
PRESET = WorkingLife()
ZONES = (
    "UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia",
    "Pacific/Chatham", "America/St_Johns",
)  # fmt: skip
MINUTE = timedelta(minutes=1)

zones = st.sampled_from(ZONES)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds must be naive
hours = st.integers(0, 23).map(time)
lives = st.builds(
    WorkingLife,
    region=st.sampled_from(("", "DE-BY", "US", "NZ", "NP")),
    working_days=st.frozensets(st.integers(0, 6), min_size=1),
    quiet_from=hours,
    quiet_to=hours,
)


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, which begins on a Sunday, on Berlin's clocks."""
    return to_utc(date(2026, 11, day), time(hour, minute), BERLIN)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (berlin(24, 10), berlin(24, 10)),  # a Tuesday
        (berlin(24, 17, 59), berlin(24, 17, 59)),
        (berlin(24, 18), berlin(25, 8)),
        (berlin(24, 3), berlin(24, 8)),
        (berlin(27, 20), berlin(30, 8)),  # over the weekend
        (berlin(28, 12), berlin(30, 8)),
    ],
)
def test_what_comes_by_itself_waits_for_the_next_working_morning(at: datetime, opens: datetime) -> None:
    assert open_from(PRESET, at, BERLIN) == opens


def test_quiet_hours_may_lie_within_a_day_and_there_may_be_none() -> None:
    siesta = WorkingLife(quiet_from=time(12), quiet_to=time(14, 30))
    never = WorkingLife(quiet_from=None, quiet_to=None)

    assert open_from(siesta, berlin(24, 12, 30), BERLIN) == berlin(24, 14, 30)
    assert open_from(siesta, berlin(24, 23), BERLIN) == berlin(24, 23)
    assert open_from(never, berlin(24, 3), BERLIN) == berlin(24, 3)


def test_a_day_with_quiet_hours_at_noon_opens_at_midnight_after_days_off() -> None:
    siesta = WorkingLife(quiet_from=time(12), quiet_to=time(14))
    assert open_from(siesta, berlin(28, 23), BERLIN) == berlin(30, 0)


def test_holidays_and_days_off_are_passed_over() -> None:
    life = WorkingLife("DE-BY", off=(Span(date(2026, 12, 21), date(2026, 12, 24)),))
    friday = to_utc(date(2026, 12, 18), time(19), BERLIN)

    assert open_from(life, friday, BERLIN) == to_utc(date(2026, 12, 28), time(8), BERLIN)


def test_other_weeks_are_worked_elsewhere() -> None:
    sunday_to_thursday = WorkingLife(working_days=frozenset({6, 0, 1, 2, 3}))
    assert open_from(sunday_to_thursday, berlin(26, 18), BERLIN) == berlin(29, 8)


@given(lives, moments, zones)
def test_what_is_found_is_open_and_nothing_before_it_was(
    life: WorkingLife, moment: datetime, tz: str
) -> None:
    opens = open_from(life, moment, tz)

    assert opens >= moment
    local = to_local(opens, tz)
    assert life.is_open(local)
    shifted = {to_local(moment + n * timedelta(hours=1), tz).utcoffset() for n in range(-24, 24 * 8)}
    if len(shifted) == 1:  # where clocks change in between, a gap may close what would be open
        before = [opens - n * 7 * MINUTE for n in range(1, 400)]
        assert not any(life.is_open(to_local(each, tz)) for each in before if each >= moment)


@given(lives, st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_the_nearest_working_day_is_one_and_none_lies_between(life: WorkingLife, day: date) -> None:
    later, sooner = working_day_after(life, day), working_day_before(life, day)

    assert later is not None
    assert sooner is not None
    assert sooner <= day <= later
    assert life.works_on(later)
    assert life.works_on(sooner)
    between = [sooner + timedelta(days=n) for n in range(1, (later - sooner).days)]
    assert not any(life.works_on(each) for each in between)


def test_who_is_never_there_is_not_searched_for_without_end() -> None:
    gone = WorkingLife(off=(Span(date(2020, 1, 1), date(2090, 1, 1)),))

    assert open_from(gone, berlin(24, 10), BERLIN) == berlin(24, 10) + timedelta(days=HORIZON)
    assert (working_day_after(gone, date(2026, 11, 24)), working_day_before(gone, date(2026, 11, 24))) == (
        None,
        None,
    )


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to"),
    [
        (time(8), time(8)),
        (time(8), time(7, 30)),
        (time(0), time(23, 59)),
    ],
)
def test_quiet_all_day_is_refused(quiet_from: time, quiet_to: time) -> None:
    with pytest.raises(QuietAllDay) as refused:
        require_open_hours(quiet_from, quiet_to)
    assert refused.value.field == "quiet_to"


@given(hours, st.timedeltas(LEAST_OPEN, timedelta(hours=23)))
def test_quiet_hours_that_leave_an_hour_are_taken(quiet_to: time, is_open: timedelta) -> None:
    quiet_from = (datetime.combine(date(2026, 1, 1), quiet_to) + is_open).time()
    require_open_hours(quiet_from, quiet_to)


@pytest.mark.parametrize("ends", [(time(18), None), (None, time(8))])
def test_half_of_quiet_hours_is_told(ends: tuple[time | None, time | None]) -> None:
    with pytest.raises(QuietHalf):
        require_open_hours(*ends)


def test_no_quiet_hours_at_all_are_taken() -> None:
    require_open_hours(None, None)


def test_a_week_without_a_working_day_is_refused() -> None:
    with pytest.raises(ChoiceMissing):
        require_working_days(())
    require_working_days(("sat",))


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("begins_on", "ends_on", "error"),
    [
        (TODAY, TODAY - timedelta(days=1), DaysTurned),
        (TODAY - timedelta(days=5), TODAY - timedelta(days=1), DateInPast),
        (TODAY, TODAY + LONGEST_OFF + timedelta(days=1), DayTooFar),
    ],
)
def test_days_off_that_are_over_turned_or_too_far_are_refused(
    begins_on: date, ends_on: date, error: type[Exception]
) -> None:
    with pytest.raises(error):
        require_days(begins_on, ends_on, TODAY)


def test_days_off_may_have_begun_and_may_be_one() -> None:
    require_days(TODAY - timedelta(days=5), TODAY, TODAY)
    require_days(TODAY, TODAY + LONGEST_OFF, TODAY)
