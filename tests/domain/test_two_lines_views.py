"""Which views of a goal there are: the latest of each, and nothing in the place of what is not there."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ExperimentId, GoalId, LadderRoundId, MemberId, PairId, TwoLinesId, WorkspaceId
from bot.domain.ladders import LadderScore, Rung
from bot.domain.results import Adherence, Result
from bot.domain.two_lines_views import NO_VIEWS, OTHERS_SHOWN, ThreeViews, latest_own, newest
from tests.domain.test_two_lines import LINES, MOMENTS, NOW

OF_TOM = (WorkspaceId(1), PairId(1))
RESULT = Result(*OF_TOM, ExperimentId(1), MemberId(1), Adherence.DID, NOW, told_at=NOW)
SCORE = LadderScore(
    *OF_TOM, LadderRoundId(1), GoalId(1), MemberId(1), rung=Rung.EXPECTED, created_at=NOW, told_at=NOW
)


@given(MOMENTS, MOMENTS)
def test_of_what_somebody_said_of_themselves_the_latest_counts(scored: datetime, told: datetime) -> None:
    score, result = replace(SCORE, told_at=scored), replace(RESULT, told_at=told)

    assert latest_own(score, result) in (
        [score] if scored > told else [result] if told > scored else [score, result]
    )


def test_what_is_not_told_yet_is_no_view() -> None:
    hidden = replace(SCORE, told_at=None)

    assert latest_own(hidden, None) is None
    assert latest_own(hidden, RESULT) is RESULT
    assert latest_own(None, replace(RESULT, told_at=None)) is None


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.integers(0, 9)), max_size=12))
def test_of_others_the_newest_two_are_shown_and_none_that_was_taken_back(
    rows: list[tuple[int, bool, int]],
) -> None:
    there = {id_: (back, days) for id_, back, days in rows}
    lines = [
        replace(
            LINES,
            id=TwoLinesId(id_),
            created_at=NOW + timedelta(days=there[id_][1]),
            taken_back_at=NOW if there[id_][0] else None,
        )
        for id_, _, _ in rows
    ]

    shown = newest(lines)

    left = {one.id for one in lines if one.taken_back_at is None}
    assert len(shown) == min(OTHERS_SHOWN, len(left))
    assert {one.id for one in shown} <= left
    assert shown == sorted(shown, key=lambda one: (one.created_at, one.id), reverse=True)
    hidden = [one for one in lines if one.id in left - {each.id for each in shown}]
    assert all(shown[-1].created_at >= one.created_at for one in hidden)


def test_no_view_is_nothing_to_show() -> None:
    assert not NO_VIEWS
    assert ThreeViews(own=RESULT)
