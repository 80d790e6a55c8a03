"""How a milestone is settled, what comes after it, and how long it took to the first of a competency."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import CompetencyId, GoalId, MemberId, PairId, WorkspaceId
from bot.domain.milestones import (
    Confirmed,
    Milestone,
    MilestoneState,
    NotClaimed,
    Scope,
    claimed,
    kept_milestones,
    next_scope,
    times_to_competence,
    voted,
)

NOW = datetime(2026, 12, 1, tzinfo=UTC)
MILESTONE = Milestone(
    WorkspaceId(1), PairId(2), MemberId(3), GoalId(4), "open a review", NOW, shown_by="they spoke"
)
DAY = timedelta(days=1)


def confirmed(member: int, competency: int, began: int, days: int) -> Confirmed:
    return Confirmed(
        MemberId(member), PairId(member), CompetencyId(competency), NOW + began * DAY, NOW + days * DAY
    )


def test_it_is_settled_by_the_one_who_is_asked_and_only_once() -> None:
    said = claimed(MILESTONE, NOW)
    assert voted(said, MemberId(8), NOW).state is MilestoneState.CONFIRMED
    assert voted(said, MemberId(8), NOW, "more").state is MilestoneState.AGAIN
    with pytest.raises(NotClaimed):
        voted(MILESTONE, MemberId(8), NOW)
    with pytest.raises(NotClaimed):
        claimed(voted(said, MemberId(8), NOW), NOW)


def test_from_foundation_to_strategic() -> None:
    assert [next_scope(list(Scope)[:number]) for number in range(4)] == [*Scope, Scope.STRATEGIC]


def test_what_was_let_go_is_told_of_nowhere() -> None:
    dropped = claimed(MILESTONE, NOW).__class__(**{**vars(MILESTONE), "state": MilestoneState.DROPPED})
    assert kept_milestones([MILESTONE, dropped]) == (MILESTONE,)


def test_the_first_of_each_person_and_competency_counts_from_its_goal() -> None:
    found = times_to_competence(
        [confirmed(1, 7, 0, 30), confirmed(1, 7, 5, 20), confirmed(2, 7, 0, 12), confirmed(1, 9, 0, 3)]
    )

    took = {competency: [one.took for one in first] for competency, first in found.items()}
    assert took == {CompetencyId(9): [3 * DAY], CompetencyId(7): [12 * DAY, 15 * DAY]}
    assert [one.weeks for one in found[CompetencyId(7)]] == [2, 3]
    assert confirmed(1, 7, 5, 5).weeks == 1, "what was there from the first day took its first week"
    assert times_to_competence([]) == {}
