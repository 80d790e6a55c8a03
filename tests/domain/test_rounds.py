"""Which rounds are planned: each date once, on days on which people work, and never too late."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    A_MONTH,
    A_QUARTER,
    Cadence,
    MonthEnd,
    MonthWeekday,
    Nth,
    Weeks,
    dates,
    local_date,
    next_date,
    occurrence_at,
)
from bot.domain.nudges import ANSWER_WITHIN
from bot.domain.rounds import When, asked_at, plan_rounds
from bot.domain.working_life import HolidayPolicy, Span, WorkingLife

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
]
START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

weekdays, turns = st.integers(0, 6), st.sampled_from([A_MONTH, A_QUARTER])
cadences = st.builds(
    Cadence,
    st.builds(Weeks, st.integers(1, 12), weekdays)
    | st.builds(MonthWeekday, st.sampled_from(Nth), weekdays, turns)
    | st.builds(MonthEnd, turns),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    anchor=st.dates(date(2025, 1, 1), date(2027, 1, 1)),
)
zones = st.sets(st.sampled_from(ZONES), min_size=1, max_size=3)


def at_all(cadence: Cadence, zones: set[str]) -> When:
    """Everybody works all days and at all hours."""
    return lambda day: [occurrence_at(cadence, day, tz) for tz in zones]


moments = st.timedeltas(timedelta(0), timedelta(days=500)).map(lambda after: START + after)


@given(cadences, zones, moments, st.timedeltas(timedelta(0), timedelta(days=200)))
def test_every_date_between_is_planned_or_missed_once(
    cadence: Cadence, zones: set[str], since: datetime, downtime: timedelta
) -> None:
    now = since + downtime
    rounds = plan_rounds(cadence, at_all(cadence, zones), since, now)

    def last(day: date) -> datetime:
        return max(occurrence_at(cadence, day, tz) for tz in zones)

    coming = [
        *takewhile(
            lambda day: last(day) <= rounds.planned_upto, dates(cadence, since.date() - timedelta(days=3))
        )
    ]
    assert [*rounds.missed, *rounds.live] == [day for day in coming if last(day) > since]
    assert rounds.planned_upto == last(rounds.live[-1]) > now
    assert 1 <= len(rounds.live) <= 2


@given(cadences, zones, moments, st.timedeltas(timedelta(0), timedelta(days=200)))
def test_nothing_is_asked_that_is_too_late_for_everyone(
    cadence: Cadence, zones: set[str], since: datetime, downtime: timedelta
) -> None:
    now = since + downtime

    for day in plan_rounds(cadence, at_all(cadence, zones), since, now).live:
        assert max(occurrence_at(cadence, day, tz) for tz in zones) + ANSWER_WITHIN > now


@given(cadences, zones, moments)
def test_planning_again_where_planning_ended_goes_on_without_a_gap(
    cadence: Cadence, zones: set[str], now: datetime
) -> None:
    first = plan_rounds(cadence, at_all(cadence, zones), now, now)
    second = plan_rounds(cadence, at_all(cadence, zones), first.planned_upto, first.planned_upto)

    assert second.live[0] == next_date(cadence, first.live[0])


THURSDAYS = Cadence(Weeks(1, 3), time(10), date(2026, 11, 26))
CHRISTMAS = WorkingLife(off=(Span(date(2026, 12, 24), date(2026, 12, 25)),))


@pytest.mark.parametrize(
    ("policy", "day"),
    [
        (HolidayPolicy.AFTER, date(2026, 12, 28)),  # over the weekend
        (HolidayPolicy.BEFORE, date(2026, 12, 23)),
        (HolidayPolicy.SKIP, None),
    ],
)
def test_a_round_on_a_day_off_moves_as_the_cohort_wishes(policy: HolidayPolicy, day: date | None) -> None:
    moment = asked_at(THURSDAYS, policy, CHRISTMAS, "Europe/Berlin", date(2026, 12, 24))

    assert moment == (day and occurrence_at(THURSDAYS, day, "Europe/Berlin"))


@pytest.mark.parametrize(
    ("policy", "day"),
    [
        (HolidayPolicy.AFTER, date(2026, 12, 30)),  # after it there is no working day of the month
        (HolidayPolicy.BEFORE, date(2026, 12, 30)),
        (HolidayPolicy.SKIP, None),
    ],
)
@pytest.mark.parametrize("months", [A_MONTH, A_QUARTER])
def test_a_last_working_day_never_moves_into_the_next_month(
    policy: HolidayPolicy, day: date | None, months: int
) -> None:
    cadence = Cadence(MonthEnd(months), time(10), date(2026, 12, 1))
    off = WorkingLife(off=(Span(date(2026, 12, 31), date(2026, 12, 31)),))

    moment = asked_at(cadence, policy, off, "Europe/Berlin", date(2026, 12, 31))

    assert moment == (day and occurrence_at(cadence, day, "Europe/Berlin"))


def test_the_day_of_a_project_moves_as_its_lead_chose_whatever_comes_when_the_project_is_over() -> None:
    cadence = Cadence(MonthEnd(), time(10), date(2026, 12, 1), cycle=(date(2026, 12, 24),))

    moment = asked_at(cadence, HolidayPolicy.AFTER, CHRISTMAS, "UTC", date(2026, 12, 24))

    assert moment == occurrence_at(cadence, date(2026, 12, 28), "UTC")


@pytest.mark.parametrize("policy", [HolidayPolicy.AFTER, HolidayPolicy.BEFORE])
def test_a_round_that_would_come_too_near_to_the_next_is_left_out(policy: HolidayPolicy) -> None:
    away = WorkingLife(off=(Span(date(2026, 12, 20), date(2026, 12, 28)),))

    assert asked_at(THURSDAYS, policy, away, "UTC", date(2026, 12, 24)) is None


@given(
    cadences,
    st.sampled_from(ZONES),
    st.sampled_from(HolidayPolicy),
    moments,
    st.frozensets(st.integers(0, 6), min_size=1),
)
def test_nobody_is_asked_on_a_free_day_and_rounds_keep_their_order_and_distance(
    cadence: Cadence, tz: str, policy: HolidayPolicy, start: datetime, working: frozenset[int]
) -> None:
    life = WorkingLife("DE-BY", working, None, None)
    coming = list(islice(dates(cadence, start.date()), 12))
    asked = [moment for day in coming if (moment := asked_at(cadence, policy, life, tz, day)) is not None]

    assert all(life.works_on(local_date(moment, tz)) for moment in asked)
    # A clock that is put forward takes an hour at most, and a day where a zone has crossed the date line.
    assert all(two - one >= ANSWER_WITHIN - timedelta(days=1) for one, two in pairwise(asked))


def test_a_round_that_moved_is_planned_still_after_its_own_date() -> None:
    def when(day: date) -> list[datetime]:
        moment = asked_at(THURSDAYS, HolidayPolicy.AFTER, CHRISTMAS, "UTC", day)
        return [moment] if moment else []

    christmas_day = datetime(2026, 12, 25, 12, tzinfo=UTC)

    assert plan_rounds(THURSDAYS, when, christmas_day, christmas_day).live == (date(2026, 12, 24),)


def test_where_everybody_is_away_for_good_planning_ends_and_looks_again_later() -> None:
    rounds = plan_rounds(THURSDAYS, lambda _: [], NOW, NOW)

    assert (rounds.missed, rounds.live) == ((), ())
    assert rounds.planned_upto > NOW
