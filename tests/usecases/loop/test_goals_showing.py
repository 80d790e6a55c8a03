"""A mentor's own goal that is shown to a mentee, on a real database: to read, by them alone, until it is taken back."""

import pytest

from bot.domain.errors import ChoiceMissing, NotAllowed, NotFound
from bot.domain.ids import GoalId, MemberId
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.domain.results import Adherence
from bot.usecases.home.home import see_home
from bot.usecases.loop.experiments import discuss_experiment, drop_experiment
from bot.usecases.loop.goals import load_goal_card
from bot.usecases.loop.goals_showing import ShownGoal, read_shown_goal, show_goal
from bot.usecases.loop.results import tap
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_experiments import another_pair
from tests.usecases.people.test_memberships_own import learns_from_ada, put, sets_goal, tells, tries


async def shows(
    setup: Setup, goal: GoalId, to: MemberId | None, who: Member | None = None, key: str = ""
) -> None:
    await write_as(
        setup.deps, setup.viewer(who or setup.mentor), show_goal, goal, to, key=key or f"show:{to}"
    )


async def reads(setup: Setup, goal: GoalId, who: Member | None = None) -> ShownGoal:
    return await read_as(setup.deps, setup.viewer(who or setup.mentee), read_shown_goal, goal)


async def rows(setup: Setup, who: Member) -> tuple[int, int, int]:
    mine = setup.mentor.id
    return await setup.read(
        lambda tx: (
            tx.goals.count(member_id=mine),
            tx.experiments.count(member_id=mine),
            tx.results.count(member_id=mine),
        ),
        who,
    )


async def test_the_mentee_reads_the_goal_its_tries_and_what_came_of_them(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    result = await tells(setup, tried)

    await shows(setup, goal, setup.mentee.id)

    seen = await reads(setup, goal)
    assert (seen.goal.id, seen.owner) == (goal, "Mira")
    assert [(one.id, came and came.id) for one, came in seen.tries] == [(tried, result)]
    assert await rows(setup, setup.mentee) == (1, 1, 1)
    home = await read_as(setup.deps, setup.viewer(setup.mentee), see_home)
    assert [(one.id, name) for one, name in home.shown] == [(goal, "Mira")]
    assert (home.goals, home.experiments) == ((), ())


async def test_taken_back_it_is_the_mentors_alone_again(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    await tells(setup, tried)
    await shows(setup, goal, setup.mentee.id)

    await shows(setup, goal, None)

    assert await rows(setup, setup.mentee) == (0, 0, 0)
    with pytest.raises(NotFound):
        await reads(setup, goal)


async def test_nobody_else_reads_what_is_shown_to_one(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    await tells(setup, tried)
    await shows(setup, goal, setup.mentee.id)

    assert await rows(setup, setup.admin) == (0, 0, 0)
    with pytest.raises(NotFound):
        await reads(setup, goal, setup.admin)


async def test_another_goal_and_its_tries_stay_closed(setup: Setup) -> None:
    shown = await sets_goal(setup)
    await sets_goal(setup, text="Let silence be")
    await tells(setup, await tries(setup))  # it serves the newer goal

    await shows(setup, shown, setup.mentee.id)

    assert await rows(setup, setup.mentee) == (1, 0, 0)


async def test_a_result_is_shown_once_it_was_told_and_what_was_let_go_is_not(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    await write_as(setup.deps, setup.viewer(setup.mentor), tap, tried, Adherence.DID, key="tap")
    await shows(setup, goal, setup.mentee.id)
    assert (await reads(setup, goal)).tries[0][1] is None
    assert await rows(setup, setup.mentee) == (1, 1, 0)

    await write_as(setup.deps, setup.viewer(setup.mentor), drop_experiment, tried, key="drop")

    assert (await reads(setup, goal)).tries == ()


async def test_it_is_to_read_and_nothing_else(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    await shows(setup, goal, setup.mentee.id)
    mentee = setup.viewer(setup.mentee)

    with pytest.raises(NotFound):
        await write_as(setup.deps, mentee, discuss_experiment, tried, wanted=True, key="discuss")
    with pytest.raises(NotAllowed):
        await shows(setup, goal, None, setup.mentee, key="by the mentee")
    with pytest.raises(NotFound):
        await read_as(setup.deps, mentee, load_goal_card, goal)


async def test_it_can_be_shown_to_who_learns_from_me_and_to_nobody_else(setup: Setup) -> None:
    goal = await sets_goal(setup)

    card = await read_as(setup.deps, setup.viewer(setup.mentor), load_goal_card, goal)

    assert [one.id for one in card.readers] == [setup.mentee.id]
    with pytest.raises(ChoiceMissing):
        await shows(setup, goal, setup.admin.id)


async def test_a_goal_of_a_pair_of_two_is_shown_to_nobody_besides(setup: Setup) -> None:
    await learns_from_ada(setup)
    goal = await sets_goal(setup)

    card = await read_as(setup.deps, setup.viewer(setup.mentor), load_goal_card, goal)

    assert card.readers == ()
    with pytest.raises(NotFound):
        await shows(setup, goal, setup.mentee.id)


async def test_once_their_pair_is_over_the_mentee_is_shown_nothing_and_it_can_be_taken_back(
    setup: Setup,
) -> None:
    goal = await sets_goal(setup)
    await shows(setup, goal, setup.mentee.id)
    await put(setup, PairState.ENDED)
    await another_pair(setup, setup.admin.id)  # Tom goes on learning, from Ada

    with pytest.raises(NotFound):
        await reads(setup, goal)
    assert (await read_as(setup.deps, setup.viewer(setup.mentee), see_home)).shown == ()
    card = await read_as(setup.deps, setup.viewer(setup.mentor), load_goal_card, goal)
    assert [one.id for one in card.readers] == [setup.mentee.id]
    await shows(setup, goal, None)
    assert (await setup.read(lambda tx: tx.goals.get(goal))).shown_to is None
