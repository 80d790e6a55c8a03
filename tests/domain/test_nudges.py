"""The rules of nudges: which rounds are planned, when a reminder comes, and which round an answer belongs to."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import local_date, to_local
from bot.domain.experiments import AskWhen, Experiment
from bot.domain.ids import MemberId, NudgeId, OccurrenceId, PairId, WorkspaceId
from bot.domain.nudges import (
    ANSWER_WITHIN,
    Nudge,
    NudgeState,
    Occurrence,
    OccurrenceState,
    Ritual,
    Round,
    follow_up_at,
    follow_up_days,
    reminder_at,
    round_for,
    round_of,
    state_of,
)

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

moments = st.timedeltas(timedelta(0), timedelta(days=500)).map(lambda after: START + after)


@given(st.sampled_from(ZONES), moments, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_reminder_comes_the_day_after_at_the_same_time_of_day(
    tz: str, due: datetime, late: timedelta
) -> None:
    due = due.replace(hour=12, minute=0, second=0, microsecond=0)  # no clock changes at noon
    sent = due + late

    reminder = reminder_at(due, sent, tz)

    assert local_date(reminder, tz) == local_date(sent, tz) + timedelta(days=1)
    assert reminder > sent


def test_a_reminder_over_the_end_of_summer_is_at_the_same_time_on_the_clock() -> None:
    due = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)  # 10:00 in Berlin

    assert to_local(reminder_at(due, due, "Europe/Berlin"), "Europe/Berlin").time() == time(10)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], "missed"),
        (["planned"], "open"),
        (["expired", "sent"], "open"),
        (["expired", "expired"], "missed"),
        (["answered", "skipped"], "answered"),
        (["expired", "answered"], "answered"),
        (["expired", "skipped"], "skipped"),
        (["answered", "sent"], "open"),
    ],
)
def test_one_answer_is_enough_once_nobody_is_waited_for(states: list[str], expected: str) -> None:
    assert state_of(NudgeState(state) for state in states) is OccurrenceState(expected)


def experiment(until: date, ask_when: AskWhen) -> Experiment:
    return Experiment(
        WorkspaceId(1), PairId(1), MemberId(1), "ask", "in a review", until, NOW, ask_when=ask_when
    )


@pytest.mark.parametrize(
    ("ask_when", "days", "expected"),
    [
        (AskWhen.END, 10, {"end": 10}),
        (AskWhen.EVENT, 10, {"end": 10}),
        (AskWhen.MIDWAY, 10, {"middle": 5, "end": 10}),
        (AskWhen.MIDWAY, 3, {"middle": 1, "end": 3}),
        (AskWhen.MIDWAY, 1, {"end": 1}),
        (AskWhen.MIDWAY, 0, {"end": 0}),
    ],
)
def test_half_way_is_asked_where_there_is_a_day_between(
    ask_when: AskWhen, days: int, expected: dict[str, int]
) -> None:
    today = NOW.date()
    found = follow_up_days(experiment(today + timedelta(days=days), ask_when), "UTC")

    assert found == {key: today + timedelta(days=after) for key, after in expected.items()}


@given(st.dates(date(2026, 11, 1), date(2026, 12, 24)), st.times(), st.sampled_from(ZONES))
def test_how_it_went_is_asked_on_its_day_or_else_tomorrow(day: date, at: time, tz: str) -> None:
    moment = follow_up_at(day, at, tz, NOW)

    assert moment > NOW
    assert local_date(moment, tz) in (day, max(day, local_date(NOW, tz)) + timedelta(days=1))


def a_round(day: int, *, came: bool, is_open: bool) -> Round:
    on = date(2026, 11, day)
    occurrence = Occurrence(WorkspaceId(1), PairId(1), Ritual.CHECK_IN, 0, on.isoformat(), on)
    return Round(occurrence, datetime(2026, 11, day, 10, tzinfo=UTC), came, is_open)


@pytest.mark.parametrize(
    ("newest", "before", "today", "expected"),
    [
        (a_round(24, came=False, is_open=True), a_round(17, came=True, is_open=True), 23, 17),
        (a_round(24, came=False, is_open=True), a_round(17, came=True, is_open=False), 19, 17),
        (a_round(24, came=False, is_open=True), a_round(17, came=True, is_open=False), 22, 24),
        (a_round(24, came=False, is_open=False), a_round(17, came=True, is_open=False), 19, 24),
        (a_round(24, came=True, is_open=True), a_round(17, came=True, is_open=False), 24, 24),
        (a_round(24, came=False, is_open=True), None, 18, 24),
    ],
    ids=["asked now", "nearer the last", "nearer the next", "answered early", "has come", "the first"],
)
def test_an_answer_belongs_to_what_is_asked_or_else_to_the_nearer_round(
    newest: Round, before: Round | None, today: int, expected: int
) -> None:
    found = round_for([r for r in (newest, before) if r], datetime(2026, 11, today, 12, tzinfo=UTC))

    assert found is not None
    assert found.day.day == expected


def test_without_rounds_there_is_nothing_to_answer() -> None:
    assert round_for([], NOW) is None


@pytest.mark.parametrize(("due_in", "sent", "came"), [(-1, False, True), (1, False, False), (1, True, True)])
def test_a_round_that_was_put_off_has_come_all_the_same(due_in: int, sent: bool, came: bool) -> None:  # noqa: FBT001 - a parameter of the test
    occurrence = a_round(24, came=True, is_open=True).occurrence
    due = NOW + timedelta(hours=due_in)
    nudge = Nudge(
        WorkspaceId(1),
        PairId(1),
        OccurrenceId(1),
        MemberId(1),
        0,
        due,
        due + ANSWER_WITHIN,
        sent_at=NOW if sent else None,
        id=NudgeId(1),
    )

    found = round_of(occurrence, [nudge], NOW)
    assert (found.came, found.open) == (came, True)
