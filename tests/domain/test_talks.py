"""When a talk is, what counts as the next one, and of which one something is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import to_local
from bot.domain.errors import DateInPast
from bot.domain.ids import MemberId, PairId, SessionId, TalkId, WorkspaceId
from bot.domain.talks import (
    FURTHEST,
    TOLD_WITHIN,
    NextTalk,
    Talk,
    TalkLength,
    TalkPlan,
    TalkState,
    TalkTooFar,
    TimeInPast,
    start_of,
    told_of,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 3:00 in New York
TODAY = date(2026, 11, 23)
TEN = time(10)
NEW_YORK = "America/New_York"
TALK = Talk(WorkspaceId(1), PairId(1), MemberId(1), NOW - timedelta(hours=1), 30, NOW - timedelta(days=3))


def test_a_talk_is_at_the_hour_of_the_check_ins_where_none_was_given() -> None:
    assert start_of(TalkPlan(TODAY), TEN, NEW_YORK, NOW) == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert start_of(TalkPlan(TODAY, time(16)), TEN, NEW_YORK, NOW) == datetime(2026, 11, 23, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("plan", "error", "field"),
    [
        (TalkPlan(date(2026, 11, 22)), DateInPast, "day"),
        (TalkPlan(TODAY, time(3)), TimeInPast, "at"),
        (TalkPlan(TODAY + FURTHEST + timedelta(days=1)), TalkTooFar, "day"),
    ],
)
def test_what_cannot_be_kept_free_is_told_at_its_field(
    plan: TalkPlan, error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as told:
        start_of(plan, TEN, NEW_YORK, NOW)
    assert vars(told.value)["field"] == field


@given(
    days=st.integers(0, FURTHEST.days),
    at=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    tz=st.sampled_from(
        ["Pacific/Auckland", "Asia/Kathmandu", "Europe/Berlin", NEW_YORK, "America/Sao_Paulo"]
    ),
)
def test_a_talk_is_to_come_and_at_the_wall_time_that_was_asked_for(days: int, at: time, tz: str) -> None:
    today = to_local(NOW, tz).date()
    try:
        starts_at = start_of(TalkPlan(today + timedelta(days=days), at), TEN, tz, NOW)
    except TimeInPast:
        assert days == 0
        return
    assert starts_at > NOW
    local = to_local(starts_at, tz)
    skipped = to_local(starts_at - timedelta(hours=1), tz).utcoffset() != local.utcoffset()
    assert local.replace(tzinfo=None) == datetime.combine(today + timedelta(days=days), at) or skipped


def test_a_talk_that_begins_right_away_has_no_brief() -> None:
    assert not Talk(WorkspaceId(1), PairId(1), MemberId(1), NOW + timedelta(minutes=30), 30, NOW).has_brief
    assert Talk(WorkspaceId(1), PairId(1), MemberId(1), NOW + timedelta(minutes=31), 30, NOW).has_brief


def test_a_planned_moment_is_on_the_day_of_whoever_reads_it() -> None:
    late = NextTalk(date(2026, 12, 24), datetime(2026, 12, 1, 23, tzinfo=UTC))
    assert late.day("Europe/Berlin") == date(2026, 12, 2)
    assert late.day(NEW_YORK) == date(2026, 12, 1)
    assert replace(late, at=None).day(NEW_YORK) == date(2026, 12, 24)


def test_something_is_told_of_the_last_talk_that_has_begun_and_was_not_told_of() -> None:
    before = replace(TALK, starts_at=NOW - timedelta(days=2), id=TalkId(1))
    last = replace(TALK, state=TalkState.HELD, id=TalkId(2))
    others = [
        replace(TALK, session_id=SessionId(4)),
        replace(TALK, starts_at=NOW + timedelta(hours=1)),
        replace(TALK, state=TalkState.CANCELLED),
        replace(TALK, starts_at=NOW - TOLD_WITHIN - timedelta(minutes=1)),
    ]
    assert told_of([before, last, *others], NOW) == last
    assert told_of(others, NOW) is None


def test_a_talk_ends_after_its_minutes() -> None:
    assert [int(length) for length in TalkLength] == [15, 30, 45, 60]
    assert TALK.ends_at - TALK.starts_at == timedelta(minutes=30)
