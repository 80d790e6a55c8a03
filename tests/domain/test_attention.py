"""Which pair needs its mentor first, and what does somebody need to know first?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attention import Matter, Need, What, in_order, need_of
from bot.domain.ids import MemberId, OccurrenceId, PairId, WorkspaceId
from bot.domain.nudges import Nudge, NudgeState, Occurrence, Ritual, matters_of
from bot.domain.pairs import SILENCE

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 23), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive in hypothesis


@given(st.booleans(), st.none() | moments, moments)
def test_an_own_reply_always_comes_first(told: bool, heard: datetime | None, since: datetime) -> None:  # noqa: FBT001 - given by hypothesis
    assert need_of(asked=True, told=told, heard_at=heard, since=since, now=NOW) is Need.REPLY


@given(st.none() | moments, moments)
def test_a_result_to_see_comes_before_silence(heard: datetime | None, since: datetime) -> None:
    assert need_of(asked=False, told=True, heard_at=heard, since=since, now=NOW) is Need.RESULT


@given(moments, moments)
def test_silence_is_counted_from_the_last_word(heard: datetime, since: datetime) -> None:
    need = need_of(asked=False, told=False, heard_at=heard, since=since, now=NOW)
    assert need is (Need.SILENCE if NOW - heard >= SILENCE else Need.FINE)


def test_a_pair_that_has_just_begun_is_not_silent() -> None:
    fresh = need_of(asked=False, told=False, heard_at=None, since=NOW - timedelta(days=13), now=NOW)
    old = need_of(asked=False, told=False, heard_at=None, since=NOW - timedelta(days=14), now=NOW)
    assert (fresh, old) == (Need.FINE, Need.SILENCE)


def test_needs_are_sorted_by_who_waits() -> None:
    assert sorted(Need) == [Need.REPLY, Need.RESULT, Need.SILENCE, Need.FINE]


W, P, OTHER, TOM = WorkspaceId(1), PairId(1), PairId(2), MemberId(3)
TUESDAY = date(2026, 11, 24)
TEN = datetime(2026, 11, 24, 15, tzinfo=UTC)  # ten o'clock in New York
HOUR = timedelta(hours=1)
ROUND = Occurrence(W, P, Ritual.CHECK_IN, 0, "2026-11-24", TUESDAY, id=OccurrenceId(5))
FOLLOW_UP = Occurrence(W, P, Ritual.FOLLOW_UP, 7, "end", TUESDAY, id=OccurrenceId(6))
PLANNED = Nudge(W, P, ROUND.id, TOM, 0, TEN, TEN + timedelta(days=3))
SENT = replace(PLANNED, state=NudgeState.SENT, sent_at=TEN)
REMINDER = replace(PLANNED, step=1, due_at=TEN + timedelta(days=1))
AGAIN = replace(SENT, state=NudgeState.PLANNED, snoozed=1, due_at=TEN + HOUR)
OPEN = Matter(What.CHECK_IN, P, waits=True, subject=5)


@pytest.mark.parametrize(
    ("nudges", "matter"),
    [
        ([PLANNED], Matter(What.CHECK_IN, P, waits=False, subject=5, day=TUESDAY, at=TEN)),
        ([SENT], OPEN),
        ([SENT, REMINDER], OPEN),  # not "next: the day of the reminder"
        ([SENT, replace(REMINDER, state=NudgeState.SENT)], OPEN),
        ([replace(SENT, state=NudgeState.EXPIRED), replace(REMINDER, state=NudgeState.SENT)], OPEN),
        ([AGAIN], Matter(What.CHECK_IN, P, False, 5, TUESDAY, TEN + HOUR, put_off=True)),
        (
            [SENT, replace(AGAIN, step=1)],
            Matter(What.CHECK_IN, P, False, 5, TUESDAY, TEN + HOUR, put_off=True),
        ),
        ([replace(AGAIN, state=NudgeState.SENT)], OPEN),
        # The earliest of what comes; and what they chose, though the reminder were earlier.
        ([PLANNED, REMINDER], Matter(What.CHECK_IN, P, waits=False, subject=5, day=TUESDAY, at=TEN)),
        (
            [replace(AGAIN, due_at=TEN + 30 * HOUR), REMINDER],
            Matter(What.CHECK_IN, P, False, 5, date(2026, 11, 25), TEN + 30 * HOUR, put_off=True),
        ),
        ([replace(SENT, state=NudgeState.EXPIRED)], None),
        ([replace(SENT, state=NudgeState.ANSWERED), replace(REMINDER, state=NudgeState.SKIPPED)], None),
    ],
)
def test_a_check_in_waits_once_it_was_asked_unless_it_was_put_off(
    nudges: list[Nudge], matter: Matter | None
) -> None:
    for order in permutations(nudges):
        found = matters_of([(nudge, ROUND) for nudge in order], "America/New_York")
        assert found == ([matter] if matter else [])


def test_the_question_how_it_went_is_about_the_experiment_and_a_moved_one_is_not_put_off() -> None:
    asked, moved = (replace(nudge, occurrence_id=FOLLOW_UP.id) for nudge in (SENT, AGAIN))

    assert matters_of([(asked, FOLLOW_UP)], "UTC") == [Matter(What.OUTCOME, P, waits=True, subject=7)]
    (coming,) = matters_of([(moved, FOLLOW_UP)], "UTC")
    assert (coming.waits, coming.put_off, coming.subject) == (False, False, 7)


def test_each_occasion_is_a_matter_of_its_own_on_ones_own_calendar() -> None:
    late = replace(PLANNED, due_at=datetime(2026, 11, 25, 3, tzinfo=UTC), occurrence_id=FOLLOW_UP.id)

    found = matters_of([(SENT, ROUND), (late, FOLLOW_UP), (REMINDER, ROUND)], "America/New_York")

    assert [(matter.what, matter.day) for matter in found] == [(What.CHECK_IN, None), (What.OUTCOME, TUESDAY)]


WAITING = [Matter(what, P, waits=True) for what in What if what is not What.TALK]
COMING = [
    Matter(What.CHECK_IN, P, waits=False, day=TUESDAY, at=TEN),
    Matter(What.OUTCOME, OTHER, waits=False, day=TUESDAY, at=TEN + HOUR),
    Matter(What.TALK, P, waits=False, day=TUESDAY),
    Matter(What.CHECK_IN, OTHER, waits=False, day=date(2026, 12, 1), at=TEN + timedelta(days=7)),
    Matter(What.TALK, OTHER, waits=False, day=date(2027, 1, 4)),
]


@given(st.permutations([*WAITING, *COMING]))
def test_what_waits_stands_before_what_comes_and_what_comes_stands_by_its_day(found: list[Matter]) -> None:
    assert in_order(found) == [*WAITING, *COMING]
    assert [matter.what for matter in WAITING] == [
        What.ASK, What.CONSENT, What.CHECK_IN, What.OUTCOME, What.RESULT,
    ]  # fmt: skip


@given(st.permutations([Matter(What.RESULT, P, True, 1, TUESDAY), Matter(What.ASK, OTHER, True, 2)]))
def test_a_promised_day_makes_a_result_no_more_urgent_than_a_question(found: list[Matter]) -> None:
    assert [matter.what for matter in in_order(found)] == [What.ASK, What.RESULT]
