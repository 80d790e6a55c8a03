"""When check-ins fall: on the right day, once each, at the right time on everyone's own clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import FR, MO, MONTHLY, TH, TU, WE, WEEKLY, rrule, weekday
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    A_MONTH,
    A_QUARTER,
    LONGEST_GAP,
    Cadence,
    CadenceKind,
    MonthEnd,
    MonthWeekday,
    Nth,
    UnknownTimeZone,
    Weeks,
    dates,
    last_date,
    local_date,
    next_date,
    next_occurrence,
    occurrence_at,
    rule_of,
    to_local,
    to_utc,
    turn_of,
)
from bot.domain.errors import InvalidInput

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Apia",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "America/Santiago",
)
TUESDAYS_AT_TEN = Cadence(Weeks(1, 1), time(10), date(2026, 1, 6))

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds must be naive
weekdays = st.integers(0, 6)
months = st.sampled_from([A_MONTH, A_QUARTER])
weeks = st.builds(Weeks, st.integers(1, 12), weekdays)
month_weekdays = st.builds(MonthWeekday, st.sampled_from(Nth), weekdays, months)
rules = weeks | month_weekdays | st.builds(MonthEnd, months)
times = st.times().map(lambda at: at.replace(fold=0))
cadences = st.builds(Cadence, rules, times, days)
zones = st.sampled_from(ZONES)


def falls_on(cadence: Cadence, day: date) -> bool:
    """The rule as a person would check it in a calendar."""
    rule, anchor = cadence.rule, cadence.anchor
    if isinstance(rule, Weeks):
        monday, first = (one - timedelta(days=one.weekday()) for one in (day, anchor))
        return day.weekday() == rule.weekday and (monday - first).days % (7 * rule.every) == 0
    if (day.month - anchor.month) % rule.months:
        return False
    if isinstance(rule, MonthEnd):
        rest = [day + timedelta(days=n) for n in range(1, 4)]
        return day.weekday() < 5 and all(later.weekday() > 4 for later in rest if later.month == day.month)
    which, week_on = (day.day - 1) // 7 + 1, day + timedelta(days=7)
    fits = week_on.month != day.month if rule.nth is Nth.LAST else which == rule.nth.value
    return day.weekday() == rule.weekday and fits


def by_dateutil(cadence: Cadence) -> rrule:
    """The same rule as RFC 5545 has it, counted from the anchor's turn."""
    rule, begun = cadence.rule, datetime.combine(cadence.anchor, time())
    if isinstance(rule, Weeks):
        return rrule(WEEKLY, begun, interval=rule.every, wkst=MO, byweekday=rule.weekday)
    if isinstance(rule, MonthEnd):
        return rrule(MONTHLY, begun, interval=rule.months, byweekday=(MO, TU, WE, TH, FR), bysetpos=-1)
    return rrule(MONTHLY, begun, interval=rule.months, byweekday=weekday(rule.weekday)(rule.nth.value))


def test_a_fortnight_stays_a_fortnight_over_a_year_of_53_weeks() -> None:
    cadence = Cadence(Weeks(2, 1), time(10), date(2026, 12, 15))
    assert list(islice(dates(cadence, date(2026, 12, 15)), 3)) == [
        date(2026, 12, 15),
        date(2026, 12, 29),
        date(2027, 1, 12),
    ]


def test_any_day_of_the_anchor_week_sets_the_same_rhythm() -> None:
    week = [date(2026, 11, 16) + timedelta(days=n) for n in range(7)]
    assert {next_date(Cadence(Weeks(3, 4), time(9), anchor), date(2026, 11, 16)) for anchor in week} == {
        date(2026, 11, 20)
    }


def test_the_next_date_is_never_today() -> None:
    assert next_date(TUESDAYS_AT_TEN, date(2026, 11, 24)) == date(2026, 12, 1)


def test_dates_begin_with_the_start_itself_when_it_fits() -> None:
    assert next(dates(TUESDAYS_AT_TEN, date(2026, 11, 24))) == date(2026, 11, 24)


@given(cadences, days)
def test_dates_are_the_days_that_a_person_finds_in_a_calendar(cadence: Cadence, start: date) -> None:
    year = [start + timedelta(days=n) for n in range(365)]
    assert list(takewhile(lambda day: day <= year[-1], dates(cadence, start))) == [
        day for day in year if falls_on(cadence, day)
    ]


@given(cadences)
def test_dates_are_those_that_dateutil_counts_up_from_the_anchor(cadence: Cadence) -> None:
    theirs = [moment.date() for moment in islice(by_dateutil(cadence), 30)]
    assert list(islice(dates(cadence, cadence.anchor), 30)) == theirs


@given(cadences, days)
def test_each_turn_has_one_date_and_no_two_lie_further_apart_than_the_longest_gap(
    cadence: Cadence, start: date
) -> None:
    for one, two in pairwise(islice(dates(cadence, start), 40)):
        assert timedelta(0) < two - one <= LONGEST_GAP
        assert turns_between(cadence, one, two) == 1
        assert last_date(cadence, two) == one


def turns_between(cadence: Cadence, one: date, two: date) -> int:
    """How many turns of weeks or months two dates lie apart."""
    if isinstance(cadence.rule, Weeks):
        return (two - one).days // (7 * cadence.rule.every)
    return ((two.year - one.year) * 12 + two.month - one.month) // cadence.rule.months


@given(cadences, days, st.integers(0, 400))
def test_where_one_starts_to_look_does_not_move_a_date(cadence: Cadence, start: date, earlier: int) -> None:
    found = next_date(cadence, start)
    from_earlier = next(day for day in dates(cadence, start - timedelta(days=earlier)) if day > start)
    assert from_earlier == found


@given(cadences, moments, zones)
def test_occurrences_only_go_forward_and_each_key_comes_once(
    cadence: Cadence, after: datetime, tz: str
) -> None:
    key, moment = next_occurrence(cadence, after, tz)
    assert moment > after
    for _ in range(10):
        next_key, next_moment = next_occurrence(cadence, moment, tz)
        assert turns_between(cadence, key, next_key) == 1
        assert next_moment > moment
        key, moment = next_key, next_moment


@given(cadences, moments, zones)
def test_no_occurrence_is_jumped_over(cadence: Cadence, after: datetime, tz: str) -> None:
    key, moment = next_occurrence(cadence, after, tz)
    before = last_date(cadence, key)
    assert occurrence_at(cadence, before, tz) <= after < moment


@given(cadences, days, zones)
def test_the_local_time_is_the_agreed_one_except_where_clocks_skip_it(
    cadence: Cadence, start: date, tz: str
) -> None:
    day = next_date(cadence, start)
    wall = datetime.combine(day, cadence.at, tzinfo=ZoneInfo(tz))
    local = to_local(occurrence_at(cadence, day, tz), tz)
    exists = wall.astimezone(UTC).astimezone(ZoneInfo(tz)).replace(tzinfo=None) == wall.replace(tzinfo=None)
    if exists:
        assert (local.date(), local.time()) == (day, cadence.at)
    else:
        assert local.replace(tzinfo=None) > wall.replace(tzinfo=None)


@pytest.mark.parametrize(
    ("day", "at", "tz", "expected"),
    [
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "2026-03-29T03:30:00+02:00"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "2026-10-04T02:45:00+11:00"),
        (date(2011, 12, 30), time(10), "Pacific/Apia", "2011-12-31T10:00:00+14:00"),
    ],
)
def test_a_time_that_clocks_skip_moves_forward(day: date, at: time, tz: str, expected: str) -> None:
    assert to_local(to_utc(day, at, tz), tz).isoformat() == expected


@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_comes_twice_means_the_first(fold: int) -> None:
    at = time(2, 30, fold=fold)
    assert to_utc(date(2026, 10, 25), at, "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change() -> None:
    before, after = (
        occurrence_at(TUESDAYS_AT_TEN, day, "Europe/Berlin") for day in (date(2026, 3, 24), date(2026, 3, 31))
    )
    assert (before.hour, after.hour) == (9, 8)


def test_a_day_that_a_zone_leaves_out_still_has_its_check_in() -> None:
    fridays = Cadence(Weeks(1, 4), time(10), date(2011, 12, 2))
    saturday_morning = datetime(
        2011, 12, 30, 18, tzinfo=UTC
    )  # eight o'clock; Samoa had no Friday in that week

    found = next_occurrence(fridays, saturday_morning, "Pacific/Apia")
    assert found == (date(2011, 12, 30), datetime(2011, 12, 30, 20, tzinfo=UTC))


def test_the_key_is_the_day_of_the_rule_wherever_somebody_lives() -> None:
    after = datetime(2026, 11, 23, tzinfo=UTC)
    keys = {next_occurrence(TUESDAYS_AT_TEN, after, tz)[0] for tz in ZONES}
    assert keys == {date(2026, 11, 24)}


def test_an_occurrence_exactly_now_is_not_the_next_one() -> None:
    _, moment = next_occurrence(TUESDAYS_AT_TEN, datetime(2026, 11, 23, tzinfo=UTC), "UTC")
    assert next_occurrence(TUESDAYS_AT_TEN, moment, "UTC")[0] == date(2026, 12, 1)


def test_the_local_date_is_the_readers_own() -> None:
    moment = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert local_date(moment, "Europe/Berlin") == date(2026, 11, 23)
    assert local_date(moment, "Asia/Kathmandu") == date(2026, 11, 24)


@pytest.mark.parametrize("tz", ["", "Europe", "Mars/Olympus", "../etc/passwd", "\0", "x" * 300])
def test_an_unknown_zone_is_told_and_never_guessed(tz: str) -> None:
    with pytest.raises(UnknownTimeZone) as caught:
        to_utc(date(2026, 11, 24), time(10), tz)
    assert caught.value.tz == tz


@pytest.mark.parametrize(
    ("kind", "every_weeks", "nth", "weekday", "field"),
    [
        (CadenceKind.WEEKS, 0, 1, 1, "every_weeks"),
        (CadenceKind.WEEKS, 13, 1, 1, "every_weeks"),
        (CadenceKind.WEEKS, 1, 1, -1, "weekday"),
        (CadenceKind.WEEKS, 1, 1, 7, "weekday"),
        (CadenceKind.MONTH_WEEKDAY, 1, 5, 1, "nth"),  # most months have no fifth
        (CadenceKind.MONTH_WEEKDAY, 1, 0, 1, "nth"),
        (CadenceKind.QUARTER_WEEKDAY, 1, -2, 1, "nth"),
        (CadenceKind.QUARTER_WEEKDAY, 1, 1, 7, "weekday"),
    ],
)
def test_a_rule_out_of_range_names_the_field(
    kind: CadenceKind, every_weeks: int, nth: int, weekday: int, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        rule_of(kind, every_weeks=every_weeks, nth=nth, weekday=weekday)  # type: ignore[arg-type]  # that is the point
    assert caught.value.field == field


def test_months_come_singly_or_in_quarters() -> None:
    for rule in (lambda: MonthEnd(2), lambda: MonthWeekday(Nth.FIRST, 1, 0)):
        with pytest.raises(InvalidInput) as caught:
            rule()
        assert caught.value.field == "months"


def test_a_time_of_a_rhythm_has_no_zone_of_its_own() -> None:
    with pytest.raises(InvalidInput) as caught:
        Cadence(Weeks(1, 1), time(10, tzinfo=UTC), date(2026, 1, 6))
    assert caught.value.field == "at"


@pytest.mark.parametrize("kind", CadenceKind)
def test_every_kind_is_a_rule_of_its_own(kind: CadenceKind) -> None:
    rules = {rule_of(each, every_weeks=2, nth=Nth.LAST, weekday=1) for each in CadenceKind}
    assert len(rules) == len(CadenceKind)
    assert turn_of(rule_of(kind, every_weeks=2, nth=Nth.LAST, weekday=1))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (MonthWeekday(Nth.FIRST, 1), ["2027-12-07", "2028-01-04", "2028-02-01"]),
        (
            MonthWeekday(Nth.LAST, 1),
            ["2027-12-28", "2028-01-25", "2028-02-29"],
        ),  # a leap day, since it is the last
        (MonthEnd(), ["2027-12-31", "2028-01-31", "2028-02-29"]),
        (MonthWeekday(Nth.FOURTH, 4, A_QUARTER), ["2028-02-25", "2028-05-26", "2028-08-25"]),
        (MonthEnd(A_QUARTER), ["2028-02-29", "2028-05-31", "2028-08-31"]),
    ],
)
def test_months_and_quarters_over_a_leap_day(rule: MonthWeekday | MonthEnd, told: list[str]) -> None:
    cadence = Cadence(rule, time(10), date(2001, 11, 30))  # long past; quarters end with February, May …
    assert [day.isoformat() for day in islice(dates(cadence, date(2027, 12, 1)), 3)] == told


def test_the_days_of_a_project_come_first_and_the_weeks_when_these_are_over() -> None:
    cycle = (date(2026, 12, 4), date(2026, 12, 18))
    cadence = replace(TUESDAYS_AT_TEN, cycle=cycle)

    found = list(islice(dates(cadence, date(2026, 11, 30)), 4))

    assert found == [*cycle, date(2026, 12, 22), date(2026, 12, 29)]
    assert next_date(cadence, cycle[0]) == cycle[1]
    assert list(islice(dates(cadence, date(2027, 1, 1)), 1)) == [date(2027, 1, 5)]
