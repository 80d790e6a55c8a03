"""The rules of small experiments."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import Cadence, Weeks, dates
from bot.domain.errors import DateInPast, TextMissing, TooManyOpen
from bot.domain.experiments import (
    LINE_LIMIT,
    OPEN_LIMIT,
    TIME_TO_TRY,
    Experiment,
    first_end,
    require_future,
    require_room,
)
from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.shown import changed
from bot.domain.texts import clean

DAY = date(2026, 11, 24)
ONE = Experiment(
    WorkspaceId(1), PairId(1), MemberId(1), "ask", "I lead", DAY, datetime(2026, 11, 23, tzinfo=UTC)
)


def test_two_are_room_enough_and_a_third_is_refused() -> None:
    for count in range(OPEN_LIMIT):
        require_room([ONE] * count)

    with pytest.raises(TooManyOpen):
        require_room([ONE] * OPEN_LIMIT)


def test_today_is_soon_enough_and_yesterday_is_not() -> None:
    require_future(DAY, DAY)

    with pytest.raises(DateInPast) as caught:
        require_future(DAY - timedelta(days=1), DAY)
    assert caught.value.earliest == DAY


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("behaviour", "I will ask first", "ask first"),
        ("behaviour", "i'll ask first", "ask first"),
        ("behaviour", "I\u2019ll ask first", "ask first"),
        ("behaviour", "Ich werde zuerst fragen", "zuerst fragen"),
        ("behaviour", "I willingly wait", "I willingly wait"),
        ("situation", "When I lead", "I lead"),
        ("situation", " wenn jemand fragt ", "jemand fragt"),
        ("situation", "whenever I lead", "whenever I lead"),
    ],
)
def test_words_that_the_form_says_are_not_kept_twice(field: str, typed: str, kept: str) -> None:
    assert getattr(changed(ONE, {field: typed}), field) == kept


def test_a_promise_of_nothing_but_the_forms_own_words_is_none() -> None:
    with pytest.raises(TextMissing):
        changed(ONE, {"behaviour": "I will "})


@given(st.text(max_size=LINE_LIMIT - 1))
def test_other_words_are_kept_as_they_are(typed: str) -> None:
    kept = changed(ONE, {"behaviour": f"x{typed}"}).behaviour

    assert kept == clean(f"x{typed}", LINE_LIMIT, "behaviour")


@given(st.integers(1, 12), st.integers(0, 6), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_a_try_begins_with_the_first_check_in_that_is_six_days_away_or_more(
    weeks: int, weekday: int, today: date
) -> None:
    cadence = Cadence(Weeks(weeks, weekday), time(10), date(2026, 1, 5))

    end = first_end(cadence, today)

    assert end - today >= TIME_TO_TRY
    assert next(dates(cadence, today + TIME_TO_TRY)) == end
