"""How far does a result carry, and by when is it answered?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NothingTried
from bot.domain.ids import ExperimentId, MemberId, PairId, WorkspaceId
from bot.domain.results import (
    Adherence,
    Grade,
    HowOften,
    OtherChange,
    Result,
    Without,
    answer_day,
    grade,
    require_tried,
)
from bot.domain.series import TurnsVerdict

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def a_result(
    adherence: Adherence = Adherence.DID,
    often: HowOften | None = None,
    without: Without | None = None,
    changes: tuple[OtherChange, ...] = (),
) -> Result:
    return Result(
        WorkspaceId(1),
        PairId(1),
        ExperimentId(1),
        MemberId(1),
        adherence,
        NOW,
        how_often=often,
        without=without,
        other_changes=changes,
    )


results = st.builds(
    a_result,
    st.sampled_from(Adherence),
    st.none() | st.sampled_from(HowOften),
    st.none() | st.sampled_from(Without),
    st.lists(st.sampled_from(OtherChange), unique=True, max_size=3).map(tuple),
)


def test_the_first_time_is_once_so_far() -> None:
    assert grade(a_result(), []) is Grade.HUNCH
    assert grade(a_result(often=HowOften.ONCE), []) is Grade.HUNCH


@pytest.mark.parametrize("often", [HowOften.FEW, HowOften.MANY])
def test_several_times_in_one_try_is_seen_again(often: HowOften) -> None:
    assert grade(a_result(often=often), []) is Grade.REPEATED


def test_an_earlier_round_of_the_thread_makes_it_seen_again_if_it_was_done() -> None:
    assert grade(a_result(), [a_result(Adherence.PARTLY)]) is Grade.REPEATED
    assert grade(a_result(), [a_result(Adherence.DIDNT)]) is Grade.HUNCH


def test_tested_takes_a_coin_that_decided_when_and_a_clear_difference() -> None:
    assert grade(a_result(), [], TurnsVerdict.BETTER) is Grade.TESTED
    assert grade(a_result(), [], TurnsVerdict.UNCLEAR) is Grade.HUNCH
    assert grade(a_result(), [], TurnsVerdict.ON_THE_WAY) is Grade.HUNCH
    assert grade(a_result(Adherence.DIDNT), [], TurnsVerdict.BETTER) is Grade.HUNCH


def test_what_people_say_of_it_without_is_never_more_than_seen_again() -> None:
    assert grade(a_result(often=HowOften.MANY, without=Without.WENT_WORSE), []) is Grade.REPEATED
    assert grade(a_result(without=Without.WENT_WORSE), []) is Grade.HUNCH


@given(results, st.lists(results, max_size=3), st.none() | st.sampled_from(TurnsVerdict))
def test_without_turns_that_were_better_nothing_is_tested(
    result: Result, earlier: list[Result], turns: TurnsVerdict | None
) -> None:
    found = grade(result, earlier, turns)
    assert (found is Grade.TESTED) == (turns is TurnsVerdict.BETTER and result.was_tried)


def test_what_was_not_done_is_not_tested_whatever_else_is_said() -> None:
    untried = a_result(Adherence.DIDNT, HowOften.MANY, Without.WENT_WORSE)

    assert grade(untried, []) is Grade.HUNCH


@given(results, st.lists(results, max_size=3))
def test_what_was_not_done_is_never_more_than_a_hunch(result: Result, earlier: list[Result]) -> None:
    if result.adherence is Adherence.DIDNT:
        assert grade(result, earlier) is Grade.HUNCH


@given(results, st.lists(results, max_size=3), results)
def test_another_earlier_round_never_weakens_it(
    result: Result, earlier: list[Result], another: Result
) -> None:
    order = list(Grade)
    assert order.index(grade(result, [*earlier, another])) >= order.index(grade(result, earlier))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_mentor_answers_on_a_working_day_two_to_four_days_later(told: date) -> None:
    day = answer_day(told)
    assert day.weekday() < 5
    assert timedelta(days=2) <= day - told <= timedelta(days=4)


def test_only_what_was_done_at_least_partly_leads_to_something() -> None:
    for adherence in (Adherence.DID, Adherence.PARTLY):
        require_tried(a_result(adherence))
    with pytest.raises(NothingTried):
        require_tried(a_result(Adherence.DIDNT))
