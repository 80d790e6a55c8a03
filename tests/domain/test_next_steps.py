"""What is tried next: another way where that was the wish, else something for the same goal."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, GoalId, MemberId, PairId, WorkspaceId
from bot.domain.next_steps import NextTry, after_check_in, after_result
from bot.domain.results import Adherence, NextStep, Result

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
W, P, TOM = WorkspaceId(1), PairId(2), MemberId(3)
TRIED = Experiment(W, P, TOM, "ask", "I lead", date(2026, 11, 27), NOW, goal_id=GoalId(7), id=ExperimentId(5))


def a_goal(id_: int) -> Goal:
    return Goal(W, P, TOM, "Speak up", NOW, NOW, id=GoalId(id_))


@given(st.none() | st.sampled_from(NextStep))
def test_the_goal_stays_and_another_way_keeps_the_thread(step: NextStep | None) -> None:
    parent = TRIED.id if step in (NextStep.ADAPT, NextStep.REFRAME) else None

    assert after_result(TRIED, Result(W, P, TRIED.id, TOM, Adherence.DID, NOW, next_step=step)) == NextTry(
        P, GoalId(7), parent
    )


@given(st.lists(st.integers(1, 99), unique=True), st.booleans())
def test_after_a_check_in_the_newest_goal_leads_on_where_nothing_is_open(ids: list[int], busy: bool) -> None:  # noqa: FBT001 -- given
    found = after_check_in([a_goal(id_) for id_ in ids], [TRIED] if busy else [])

    assert found == (NextTry(P, GoalId(max(ids))) if ids and not busy else None)
