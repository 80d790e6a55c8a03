"""What people see of a rhythm before they agree to it: their own dates, and what moves them."""

from datetime import date, time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    A_QUARTER,
    Cadence,
    MonthEnd,
    MonthWeekday,
    Nth,
    Rule,
    Weeks,
    dates,
    local_date,
    to_local,
)
from bot.domain.rhythms import Cause, Onlooker, Why, preview, quiet_after
from bot.domain.rounds import asked_at
from bot.domain.working_life import HolidayPolicy, Span, WorkingLife

MONDAYS = Cadence(Weeks(1, 0), time(10), date(2026, 5, 18))
WHIT_MONDAY = date(2026, 5, 25)
AWAKE = {"quiet_from": None, "quiet_to": None}
BERLIN = WorkingLife(region="DE-BE")
ADA = Onlooker("Ada", "Europe/Berlin", BERLIN, is_me=True)
TOM = Onlooker("Tom", "Asia/Kathmandu", WorkingLife(quiet_from=None, quiet_to=None))


def test_a_preview_shows_the_next_five_dates_on_two_peoples_clocks() -> None:
    cadence = Cadence(Weeks(2, 1), time(10), date(2026, 3, 17))

    rows = preview(cadence, HolidayPolicy.AFTER, date(2026, 3, 17), [ADA, TOM])

    assert [row.day for row in rows] == list(islice(dates(cadence, date(2026, 3, 17)), 5))
    assert [met.at and met.at.isoformat() for met in rows[1].met] == [
        "2026-03-31T10:00:00+02:00",
        "2026-03-31T10:00:00+05:45",
    ]
    assert [met.cause for row in rows for met in row.met] == [None] * 10


@pytest.mark.parametrize(
    ("policy", "moved"),
    [
        (HolidayPolicy.AFTER, date(2026, 5, 26)),
        (HolidayPolicy.BEFORE, date(2026, 5, 22)),
        (HolidayPolicy.SKIP, None),
    ],
)
def test_a_holiday_is_named_to_both_and_moves_the_date_of_whoever_keeps_it(
    policy: HolidayPolicy, moved: date | None
) -> None:
    theirs = Onlooker("Ada", "Europe/Berlin", BERLIN)
    for who in (ADA, theirs):
        (row,) = preview(MONDAYS, policy, WHIT_MONDAY, [who, TOM], count=1)
        ada, tom = row.met
        assert ada.cause == Cause(Why.HOLIDAY, region="DE-BE")
        assert (ada.at and ada.at.date()) == moved
        assert (tom.at and tom.at.date(), tom.cause) == (WHIT_MONDAY, None)


def test_a_day_off_of_the_cohort_is_named_with_its_note() -> None:
    span = Span(WHIT_MONDAY, WHIT_MONDAY)
    who = Onlooker("Tom", "UTC", WorkingLife(off=(span,)), [(span, "Summer party")])

    (row,) = preview(MONDAYS, HolidayPolicy.AFTER, WHIT_MONDAY, [who], count=1)

    assert row.met[0].cause == Cause(Why.COHORT_OFF, note="Summer party")


@pytest.mark.parametrize(
    ("life", "why"),
    [
        (WorkingLife(off=(Span(WHIT_MONDAY, WHIT_MONDAY),)), Why.OFF),
        (WorkingLife(working_days=frozenset([1, 2, 3, 4])), Why.NO_WORKING_DAY),
        (WorkingLife(quiet_from=time(9), quiet_to=time(11)), Why.QUIET),
    ],
)
def test_what_is_ones_own_is_told_to_oneself_alone(life: WorkingLife, why: Why) -> None:
    mine, theirs = (Onlooker("Tom", "UTC", life, is_me=is_me) for is_me in (True, False))

    (row,) = preview(MONDAYS, HolidayPolicy.AFTER, WHIT_MONDAY, [mine, theirs], count=1)

    assert [met.cause for met in row.met] == [Cause(why), None]


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.sampled_from(HolidayPolicy), st.integers(0, 4))
def test_a_preview_of_oneself_is_when_one_is_asked(start: date, policy: HolidayPolicy, weekday: int) -> None:
    for rule in (Weeks(3, weekday), MonthEnd()):
        cadence = Cadence(rule, time(19), date(2026, 1, 1))  # in the quiet hours that everybody begins with
        for row in preview(cadence, policy, start, [ADA]):
            moment = asked_at(cadence, policy, BERLIN, ADA.tz, row.day)
            assert row.met[0].at == (moment and to_local(moment, ADA.tz))
            assert moment is None or BERLIN.works_on(local_date(moment, ADA.tz))
            assert row.met[0].cause is not None


@pytest.mark.parametrize(
    ("rule", "days"),
    [(Weeks(1, 1), 14), (Weeks(2, 1), 20), (MonthWeekday(Nth.FIRST, 1), 48), (MonthEnd(A_QUARTER), 146)],
)
def test_it_is_quiet_once_two_rounds_have_passed_and_two_weeks_at_least(rule: Rule, days: int) -> None:
    cadence = Cadence(rule, time(10), date(2026, 12, 1))

    assert quiet_after(cadence, date(2026, 11, 23)).days == days
