"""When a reply is due, when it is brought up, and how seldom: working days on the calendar of whoever replies."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import to_local, workdays_after
from bot.domain.errors import DateInPast, DateTooLate
from bot.domain.ids import MemberId, OwedReplyId, PairId, WorkspaceId
from bot.domain.owed_replies import (
    GAPS,
    OwedKind,
    OwedReply,
    OwedState,
    calm_from,
    closed,
    due_after,
    moved,
    reminded,
    reopened,
    repair_after,
    require_near,
    workday_at,
)

BERLIN, TEN = "Europe/Berlin", time(10)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds must be naive
ZONES = st.sampled_from([BERLIN, "America/New_York", "Asia/Tokyo", "Pacific/Auckland"])


def owed(**more: object) -> OwedReply:
    due = due_after(OwedKind.ASK, MONDAY, TEN, BERLIN)
    made = OwedReply(
        WorkspaceId(1), PairId(1), MemberId(1), MemberId(2), OwedKind.ASK, 7, MONDAY, due, due,
        workday_at(MONDAY, 10, TEN, BERLIN),
    )  # fmt: skip
    return made if not more else type(made)(**{**vars(made), **more})


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00+00:00")  # ten o'clock in Berlin, in winter


@pytest.mark.parametrize(
    ("kind", "asked", "due"),
    [
        (OwedKind.ASK, MONDAY, "2026-11-25"),
        (OwedKind.RESULT, MONDAY, "2026-11-26"),
        (OwedKind.ASK, datetime(2026, 11, 27, 20, tzinfo=UTC), "2026-12-01"),  # a Friday evening
        (OwedKind.ASK, datetime(2026, 11, 28, 12, tzinfo=UTC), "2026-12-01"),  # a Saturday
        (OwedKind.RESULT, datetime(2026, 11, 29, 23, 30, tzinfo=UTC), "2026-12-03"),  # Monday there by now
    ],
)
def test_a_question_waits_two_working_days_and_a_result_three(
    kind: OwedKind, asked: datetime, due: str
) -> None:
    assert due_after(kind, asked, TEN, BERLIN) == at(due)


@given(MOMENTS, ZONES, st.integers(1, 25))
def test_what_is_due_is_due_on_a_working_day_at_the_hour_of_the_cohort(
    moment: datetime, tz: str, days: int
) -> None:
    due = to_local(workday_at(moment, days, TEN, tz), tz)

    assert due.weekday() < 5
    assert due.time() == TEN
    assert due > moment


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(1, 20), st.integers(1, 20))
def test_working_days_add_up(day: date, some: int, more: int) -> None:
    assert workdays_after(workdays_after(day, some), more) == workdays_after(day, some + more)


def test_it_is_brought_up_twice_four_working_days_apart_and_then_never() -> None:
    once = reminded(owed(), OwedReplyId(5), at("2026-11-25"), TEN, BERLIN)
    assert (once.reminders, once.remind_at) == ((at("2026-11-25"),), at("2026-12-01"))

    twice = reminded(once, OwedReplyId(6), at("2026-12-01"), TEN, BERLIN)
    assert (twice.reminders, twice.remind_at) == ((at("2026-11-25"), at("2026-12-01")), at("2026-12-15"))
    assert twice.reminded_with == 6


def test_a_promised_day_has_all_its_working_hours_and_nothing_comes_before() -> None:
    promised = moved(owed(), date(2026, 12, 10), BERLIN)

    evening = datetime(2026, 12, 10, 17, tzinfo=UTC)  # six o'clock in Berlin
    assert (promised.due_at, promised.remind_at, promised.offer_at) == (evening, evening, evening)
    assert promised.promised == date(2026, 12, 10)


def test_a_promise_after_both_reminders_brings_no_third_one() -> None:
    twice = owed(reminded_at=at("2026-11-25"), again_at=at("2026-12-01"), remind_at=None)

    assert moved(twice, date(2026, 12, 10), BERLIN).remind_at is None
    assert reopened(twice, at("2026-12-02"), TEN, BERLIN).remind_at is None


def test_what_is_over_is_never_brought_up_and_can_wait_once_more() -> None:
    over = closed(owed(), OwedState.PAID, at("2026-11-24"))
    assert (over.remind_at, over.offer_at, over.closed_at) == (None, None, at("2026-11-24"))

    again = reopened(over, at("2026-11-30"), TEN, BERLIN)
    assert (again.state, again.closed_at, again.due_at) == (OwedState.OPEN, None, at("2026-12-02"))
    assert again.remind_at == again.due_at


@pytest.mark.parametrize(
    ("reminders", "replied", "calm"),
    [
        ([], None, None),
        (["2026-11-25"], None, "2026-12-01"),
        (["2026-11-25", "2026-12-01"], None, "2026-12-15"),
        (["2026-11-25", "2026-12-01", "2026-12-15"], None, "2027-01-12"),
        (["2026-11-25", "2026-12-01", "2026-12-15"], "2026-12-16", "2026-12-16"),
        (["2026-11-25", "2026-12-01"], "2026-11-26", "2026-12-07"),
    ],
)
def test_the_more_is_ignored_the_longer_it_stays_quiet_until_a_reply(
    reminders: list[str], replied: str | None, calm: str | None
) -> None:
    found = calm_from([at(day) for day in reminders], at(replied) if replied else None, TEN, BERLIN)

    assert found == (at(calm) if calm else None)


@given(MOMENTS, ZONES)
def test_who_never_replies_is_reminded_six_times_in_twelve_weeks_at_most(start: datetime, tz: str) -> None:
    """Whatever waits: somebody asks every day."""
    reminders: list[datetime] = []
    now = workday_at(start, 2, TEN, tz)
    while now < start + timedelta(weeks=12):
        calm = calm_from(reminders, None, TEN, tz)
        if calm is None or calm <= now:
            reminders.append(now)
        now = workday_at(now, 1, TEN, tz)

    assert 2 <= len(reminders) <= 6
    assert all(later > sooner + timedelta(days=3) for sooner, later in pairwise(reminders))


def test_pauses_grow() -> None:
    assert list(GAPS) == sorted(set(GAPS))


def test_another_day_is_not_in_the_past_and_not_for_ever() -> None:
    today = date(2026, 11, 25)
    for fits in (today, date(2026, 12, 25)):
        require_near(fits, today)
    with pytest.raises(DateInPast):
        require_near(date(2026, 11, 24), today)
    with pytest.raises(DateTooLate):
        require_near(date(2026, 12, 26), today)


NOW = datetime(2026, 12, 21, 9, tzinfo=UTC)


def waits(*reminders: datetime, repair: int = 0, repaired_at: datetime | None = None) -> OwedReply:
    reminded_at, again_at = (*reminders, None, None)[:2]
    return OwedReply(
        WorkspaceId(1), PairId(1), MemberId(1), MemberId(2), OwedKind.ASK, 1, NOW, NOW, None, None,
        reminded_at=reminded_at, again_at=again_at, repair=repair, repaired_at=repaired_at,
    )  # fmt: skip


WORN = waits(NOW - timedelta(days=20), NOW - timedelta(days=16))


@pytest.mark.parametrize(
    ("waiting", "acted_days_ago", "repair"),
    [
        ([], None, 0),
        ([WORN, waits(NOW)], None, 0),
        ([WORN, WORN, waits()], None, 1),
        ([WORN, WORN, waits()], 13, 0),
        ([WORN, WORN, waits()], 14, 1),
        ([WORN, WORN, waits(NOW, repair=1, repaired_at=NOW - timedelta(days=27))], None, 0),
        ([WORN, WORN, waits(NOW, repair=1, repaired_at=NOW - timedelta(days=28))], None, 2),
        ([WORN, WORN, waits(NOW, repair=1, repaired_at=NOW - timedelta(days=28))], 40, 2),
        ([WORN, WORN, waits(NOW, repair=1, repaired_at=NOW - timedelta(days=28))], 20, 1),
    ],
)
def test_after_two_replies_that_were_reminded_of_in_vain_it_is_asked_how_to_go_on(
    waiting: list[OwedReply], acted_days_ago: int | None, repair: int
) -> None:
    acted = None if acted_days_ago is None else NOW - timedelta(days=acted_days_ago)

    assert repair_after(waiting, acted, NOW) == repair
