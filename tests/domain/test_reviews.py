"""When somebody looks back in the place of a check-in, and on what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reviews import FURTHEST, ReviewKind, due_kind, is_enough, looks_back_from

MONTHLY, QUARTERLY = ReviewKind.MONTHLY, ReviewKind.QUARTERLY
LONG_AGO = date(2025, 1, 7)
NOW = datetime(2027, 2, 1, tzinfo=UTC)


def kinds(days: list[date], began: date) -> list[ReviewKind | None]:
    return [due_kind(day, began, days[:number]) for number, day in enumerate(days)]


def test_weekly_people_look_back_in_the_first_round_of_a_month_and_of_a_quarter() -> None:
    days = [date(2026, 11, 24) + timedelta(weeks=week) for week in range(15)]

    found = {day: kind for day, kind in zip(days, kinds(days, date(2026, 11, 20)), strict=True) if kind}

    assert found == {
        date(2026, 12, 1): MONTHLY,
        date(2027, 1, 5): QUARTERLY,
        date(2027, 2, 2): MONTHLY,
        date(2027, 3, 2): MONTHLY,
    }


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        ([date(2026, 10, 30), date(2026, 11, 30), date(2026, 12, 31)], MONTHLY),
        ([date(2026, 11, 17), date(2027, 2, 16)], QUARTERLY),  # in quarters, whichever month they fall into
    ],
)
def test_in_a_rhythm_of_months_or_quarters_each_round_is_one_and_never_two(
    days: list[date], kind: ReviewKind
) -> None:
    assert kinds(days, LONG_AGO)[-1] is kind


def test_a_pair_that_began_in_this_month_has_nothing_behind_it() -> None:
    assert due_kind(date(2026, 12, 8), date(2026, 12, 1), []) is None
    assert due_kind(date(2026, 12, 8), date(2026, 11, 30), []) is MONTHLY


def test_a_quarter_that_the_pair_began_in_is_looked_back_on_by_the_month() -> None:
    assert due_kind(date(2027, 2, 2), date(2027, 1, 12), []) is MONTHLY


@given(
    weeks=st.integers(1, 12),
    start=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    began=st.integers(0, 400),
)
def test_whatever_the_rhythm_each_month_has_one_at_most_and_each_quarter_one_of_its_own(
    weeks: int, start: date, began: int
) -> None:
    days = [start + timedelta(weeks=weeks * number) for number in range(40)]
    found = [
        (day, kind)
        for day, kind in zip(days, kinds(days, start - timedelta(days=began)), strict=True)
        if kind
    ]

    months = [(day.year, day.month) for day, _ in found]
    quarters = [(day.year, (day.month - 1) // 3) for day, kind in found if kind is QUARTERLY]
    assert len(months) == len(set(months))
    assert len(quarters) == len(set(quarters))


def test_it_looks_back_to_the_last_time_or_the_beginning_and_half_a_year_at_most() -> None:
    began, last = NOW - timedelta(days=100), NOW - timedelta(days=30)

    assert looks_back_from(began, last, NOW) == last
    assert looks_back_from(began, None, NOW) == began
    assert looks_back_from(NOW - timedelta(days=900), None, NOW) == NOW - FURTHEST


@pytest.mark.parametrize(
    ("results", "answers", "enough"), [(0, 0, False), (1, 0, False), (1, 1, True), (0, 2, True)]
)
def test_two_entries_are_enough_to_look_back_on(results: int, answers: int, *, enough: bool) -> None:
    assert is_enough(results, answers) is enough
