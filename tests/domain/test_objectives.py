"""What may be counted of an aim: nothing where it would say something of few people."""

from dataclasses import replace

import pytest

from bot.domain.goals import Goal, GoalState
from bot.domain.ids import GoalId, MemberId, PairId
from bot.domain.objectives import counts_of
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from tests.domain.test_portfolios import a_goal, a_try


def goals(people: int, pairs: int) -> list[Goal]:
    return [
        replace(a_goal(), id=GoalId(at + 1), member_id=MemberId(at + 1), pair_id=PairId(at % pairs + 1))
        for at in range(people)
    ]


def test_from_five_people_of_three_pairs_on_goals_and_tries_are_counted() -> None:
    served = goals(FEWEST_PEOPLE, FEWEST_PAIRS)
    served[0] = replace(served[0], state=GoalState.REACHED)

    counts = counts_of(served, [a_try(1), a_try(2)])

    assert counts is not None
    assert (counts.goals, counts.reached, counts.tries) == (5, 1, 2)


@pytest.mark.parametrize(("people", "pairs"), [(0, 1), (4, 3), (4, 4), (5, 2), (20, 1)])
def test_of_fewer_nothing_is_told(people: int, pairs: int) -> None:
    assert counts_of(goals(people, pairs), [a_try()]) is None


def test_several_goals_of_one_person_are_one_person() -> None:
    served = [replace(goal, member_id=MemberId(1)) for goal in goals(9, 9)]

    assert counts_of(served, []) is None
