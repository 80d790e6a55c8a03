"""How much somebody is asked: less in a silence, a question how to go on in it, and as before with the first answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budget import MOST_UNANSWERED, QUARTER
from bot.domain.ids import MemberId, OccurrenceId, PairId, PauseId, WorkspaceId
from bot.domain.nudges import Nudge, NudgeState
from bot.domain.paces import AS_BEFORE, REPAIR_AGAIN, AskedOn, Pace, is_stuck, pace_after

TODAY = date(2026, 11, 24)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NOT_ANNOUNCED = Pace(asks=True, reminds=True)  # since one has passed, or waits for an answer
FIRST, SECOND = Pace(asks=True, reminds=False, repair=1), Pace(asks=True, reminds=False, repair=2)


def a_round(
    ago: int, state: NudgeState = NudgeState.EXPIRED, *, sent: bool = True, repair: int = 0
) -> AskedOn:
    """The question of so many weeks ago, and what became of it."""
    day = TODAY - ago * WEEK
    due = datetime.combine(day, time(15), tzinfo=UTC)
    nudge = Nudge(WorkspaceId(1), PairId(1), OccurrenceId(1), MemberId(1), 0, due, due, state)
    return AskedOn(day, replace(nudge, sent_at=due if sent else None, repair=repair))


def passed(*weeks: int) -> list[AskedOn]:
    return [a_round(ago) for ago in weeks]


def left_out(*weeks: int) -> list[AskedOn]:
    return [a_round(ago, sent=False) for ago in weeks]


@pytest.mark.parametrize(
    ("before", "pace"),
    [
        ([], AS_BEFORE),
        (passed(1), NOT_ANNOUNCED),
        ([a_round(1, NudgeState.SENT)], NOT_ANNOUNCED),
        ([a_round(1, NudgeState.SENT), a_round(2, NudgeState.ANSWERED)], NOT_ANNOUNCED),
        (passed(1, 2), FIRST),
        (passed(1, 2, 3, 4), FIRST),
        ([*left_out(1), *passed(2, 3)], FIRST),
        ([a_round(1, NudgeState.ANSWERED), *passed(2, 3)], AS_BEFORE),
        ([a_round(1), a_round(2, NudgeState.ANSWERED), *passed(3)], NOT_ANNOUNCED),
        ([a_round(1), a_round(2, NudgeState.SKIPPED), *passed(3)], NOT_ANNOUNCED),
        ([a_round(1, NudgeState.SKIPPED, sent=False), *passed(2, 3)], FIRST),
        ([a_round(1, NudgeState.ANSWERED, sent=False), *passed(2, 3)], AS_BEFORE),
        ([a_round(1, NudgeState.SENT), *passed(2, 3)], FIRST),
    ],
)
def test_after_two_rounds_that_passed_it_is_asked_how_to_go_on(before: list[AskedOn], pace: Pace) -> None:
    assert pace_after(before, TODAY) == pace


def test_after_two_rounds_in_less_than_a_fortnight_nothing_is_asked_until_that_is_over() -> None:
    before = [replace(one, day=TODAY - days * DAY) for one, days in zip(passed(1, 2), (4, 13), strict=True)]

    assert not pace_after(before, TODAY).asks
    assert pace_after(before, TODAY + DAY) == FIRST


def test_a_pause_begins_anew() -> None:
    away = a_round(1, NudgeState.SKIPPED, sent=False)
    away = replace(away, nudge=replace(away.nudge, pause_id=PauseId(1)))

    assert pace_after([away, *passed(2, 3)], TODAY) == AS_BEFORE


def test_four_weeks_later_it_is_asked_once_more_and_not_before() -> None:
    for weeks in (1, 2, 3):
        before = [*left_out(*range(1, weeks)), a_round(weeks, repair=1), *passed(weeks + 1, weeks + 2)]
        assert not pace_after(before, TODAY).asks
    before = [*left_out(1, 2, 3), a_round(4, repair=1), *passed(5, 6)]
    assert pace_after(before, TODAY) == SECOND


def test_after_the_second_it_is_quiet_for_a_quarter() -> None:
    before = [*left_out(*range(1, 12)), a_round(12, repair=2)]

    assert not pace_after(before, TODAY).asks
    assert pace_after(before, TODAY + WEEK) == Pace(asks=True, reminds=False, repair=3)


def test_in_a_rare_rhythm_only_every_second_round_is_asked_after_the_second() -> None:
    assert not pace_after([a_round(14, repair=2)], TODAY).asks
    assert pace_after([*left_out(7), a_round(14, repair=2)], TODAY).asks


def test_an_answer_to_it_brings_everything_back() -> None:
    assert pace_after([a_round(1, NudgeState.ANSWERED, repair=2), *passed(2, 3)], TODAY) == AS_BEFORE


@given(
    st.lists(st.integers(3, 100), min_size=30, max_size=120),
    st.lists(st.sampled_from(["comes", "comes", "comes", "holiday"]), min_size=120, max_size=120),
)
def test_who_never_answers_gets_six_messages_in_a_quarter_at_most(gaps: list[int], falls: list[str]) -> None:
    """In any rhythm, without what the budget holds back; half of the rounds are asked at most after the second."""
    before, days = _in_silence(gaps, falls)

    for first in days:
        assert sum(first <= day < first + QUARTER for day in days) <= MOST_UNANSWERED
    questions = [one.day for one in reversed(before) if one.nudge.repair]
    assert all(later - sooner >= REPAIR_AGAIN for sooner, later in pairwise(questions))
    assert all(later - sooner >= QUARTER for sooner, later in pairwise(questions[1:]))


def _in_silence(gaps: Sequence[int], falls: Sequence[str]) -> tuple[list[AskedOn], list[date]]:
    """The rounds of somebody who never answers, the newest first, and the days of all that came to them."""
    before: list[AskedOn] = []
    days: list[date] = []
    day = date(2026, 1, 1)
    for gap, falls_on in zip(gaps, falls, strict=False):
        day += gap * DAY
        pace = pace_after(before, day)
        asked = replace(a_round(0), day=day)
        if falls_on == "holiday":
            nudge = replace(asked.nudge, state=NudgeState.SKIPPED, sent_at=None)
        else:
            nudge = replace(asked.nudge, sent_at=asked.nudge.due_at if pace.asks else None)
            nudge = replace(nudge, repair=pace.repair if pace.asks else 0)
            days += [day] if pace.asks else []
            days += [day + DAY] if pace.asks and pace.reminds else []
        before = [replace(asked, nudge=nudge), *before]
    return before, days


@given(st.lists(st.sampled_from([NudgeState.EXPIRED, NudgeState.ANSWERED, NudgeState.SKIPPED]), max_size=20))
def test_a_question_how_to_go_on_is_never_reminded_of_and_what_is_not_asked_neither(
    states: list[NudgeState],
) -> None:
    pace = pace_after([a_round(n, state) for n, state in enumerate(states, 1)], TODAY)

    assert not (pace.repair and pace.reminds)
    assert pace.reminds <= pace.asks


@pytest.mark.parametrize(
    ("before", "stuck"),
    [
        ([], False),
        (passed(1, 2, 3), False),
        ([a_round(1, repair=1)], False),
        ([a_round(1, repair=2), *left_out(2, 3, 4), a_round(5, repair=1)], True),
        ([*left_out(1, 2), a_round(3, repair=2)], True),
        ([a_round(1, sent=False, repair=2)], False),
        ([a_round(1, NudgeState.SENT, repair=2)], False),
        ([a_round(1, NudgeState.ANSWERED, repair=2)], False),
        ([a_round(1, NudgeState.ANSWERED), a_round(2, repair=2)], False),
        ([a_round(1, NudgeState.SENT), a_round(2, repair=2)], True),
    ],
)
def test_a_pair_is_stuck_once_the_second_question_how_to_go_on_has_passed(
    before: list[AskedOn], *, stuck: bool
) -> None:
    assert is_stuck([one.nudge for one in before]) is stuck
