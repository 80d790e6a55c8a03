"""What whoever only mentors does for themselves, on a real database: theirs alone, and counted by nobody."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.attention import What
from bot.domain.cohorts import CohortState
from bot.domain.errors import ChoiceMissing, NoPair, NotFound, PairOver
from bot.domain.experiments import ExperimentState
from bot.domain.figures import Extent, FigureName
from bot.domain.goals import GoalState
from bot.domain.ids import ExperimentId, GoalId, ObjectiveId, PairId
from bot.domain.members import Member
from bot.domain.objectives import Objective
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.results import Adherence, NextStep
from bot.ports import Tx
from bot.usecases.home.home import see_home
from bot.usecases.loop import experiment_cards, goals, results
from bot.usecases.loop.experiments import Commit, commit_to_experiment, open_experiment_form
from bot.usecases.loop.goals import (
    SetGoal,
    list_open_goals,
    load_goal_card,
    move_goal,
    open_goal_form,
    set_goal,
)
from bot.usecases.loop.results import TellResult, load_result_card, open_result_form, tap, tell_result
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.repository.previews import sight_of
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_figures import one as figure
from tests.usecases.programme.test_figures import planted, seen

ASK_MORE = {"text": "Ask before I advise"}
COUNT = {
    "behaviour": "ask three questions first",
    "situation": "Tom brings something",
    "until": date(2026, 11, 26),
}


async def sets_goal(setup: Setup, who: Member | None = None, text: str = "Ask before I advise") -> GoalId:
    command, viewer = SetGoal({"text": text}), setup.viewer(who or setup.mentor)
    return await write_as(setup.deps, viewer, set_goal, command, key=f"{viewer}:{text}")


async def tries(setup: Setup, who: Member | None = None) -> ExperimentId:
    viewer = setup.viewer(who or setup.mentor)
    return await write_as(setup.deps, viewer, commit_to_experiment, Commit(COUNT), key=f"try:{viewer}")


async def tells(setup: Setup, tried: ExperimentId, who: Member | None = None) -> int:
    viewer = setup.viewer(who or setup.mentor)
    result = await write_as(setup.deps, viewer, tap, tried, Adherence.DID, key=f"tap:{tried}")
    shown = {"what_happened": "Tom found it himself", "next_step": NextStep.ADOPT}
    await write_as(setup.deps, viewer, tell_result, TellResult(tried, shown, {}), key=f"tell:{tried}")
    return result


async def own_pairs(setup: Setup) -> list[Pair]:
    return await setup.read(lambda tx: tx.pairs.find(state=PairState.OWN))


async def learns_from_ada(setup: Setup) -> PairId:
    """Mira, who mentors Tom, learns from Ada."""

    def make(tx: Tx) -> PairId:
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, tx.now, state=PairState.ACTIVE, active_since=tx.now)
        )
        for person, role in ((setup.admin, Role.MENTOR), (setup.mentor, Role.MENTEE)):
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, person.id, role, Consent.YES))
        return pair.id

    return await setup.write(make)


async def put(setup: Setup, state: PairState) -> None:
    """The pair of Tom and Mira."""
    await setup.write(lambda tx: tx.pairs.update(replace(tx.pairs.get(setup.pair.id), state=state)))


async def test_whoever_opens_the_form_and_sends_nothing_leaves_nothing(setup: Setup) -> None:
    of_goal = await read_as(setup.deps, setup.viewer(setup.mentor), open_goal_form)
    of_try = await read_as(setup.deps, setup.viewer(setup.mentor), open_experiment_form)

    assert (of_goal.mentors, len(of_goal.pairs)) == ((), 1)
    assert (of_try.mentors, of_try.alone, of_try.open_now) == ((), True, ())
    assert await own_pairs(setup) == []


async def test_a_mentor_sets_goals_and_tries_things_in_one_pair_of_one(setup: Setup) -> None:
    goal, other = await sets_goal(setup), await sets_goal(setup, text="Let silence be")
    tried = await tries(setup)

    (own,) = await own_pairs(setup)
    assert (own.cohort_id, own.active_since, own.plan_at) == (setup.cohort.id, None, None)
    (member,) = await setup.read(lambda tx: tx.memberships.find(pair_id=own.id))
    assert member.member_id == setup.mentor.id
    assert await setup.read(lambda tx: {one.id for one in tx.goals.find(pair_id=own.id)}) == {goal, other}
    kept = await setup.read(lambda tx: tx.experiments.get(tried))
    assert (kept.pair_id, kept.goal_id, kept.member_id) == (own.id, other, setup.mentor.id)
    listed = await read_as(setup.deps, setup.viewer(setup.mentor), list_open_goals)
    assert [card.goal.id for card in listed.cards] == [other, goal]


async def test_two_first_goals_at_once_are_in_one_pair(setup: Setup) -> None:
    await asyncio.gather(*(sets_goal(setup, text=f"Goal {number}") for number in range(4)))

    assert len(await own_pairs(setup)) == 1


async def test_the_mentor_has_the_cards_and_nobody_is_told_or_waited_for(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    result = await tells(setup, tried)
    await write_as(setup.deps, setup.viewer(setup.mentor), move_goal, goal, GoalState.REACHED, key="reached")

    assert await setup.told(setup.mentor) == [goals.CARD, experiment_cards.CARD, results.CARD]
    assert await setup.told(setup.mentee) == await setup.told(setup.admin) == []
    assert await setup.read(lambda tx: tx.owed_replies.count()) == 0
    cards = await read_as(setup.deps, setup.viewer(setup.mentor), load_goal_card, goal)
    of_result = await read_as(setup.deps, setup.viewer(setup.mentor), load_result_card, result)
    assert (cards.mine, cards.alone, cards.mentors) == (True, True, ())
    assert (of_result.mine, of_result.alone, of_result.mentors) == (True, True, ())


async def test_nobody_else_finds_a_row_of_it(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    await tells(setup, tried)
    (own,) = await own_pairs(setup)

    theirs = await setup.read(lambda tx: sight_of(tx, setup.mentor.id), setup.mentor)
    assert theirs.seen.keys() >= {"goals", "experiments", "results"}
    assert theirs.found == 3
    for onlooker in (setup.mentee, setup.admin):
        sight = await setup.read(lambda tx: sight_of(tx, setup.mentor.id), onlooker)
        assert (sight.found, sight.seen.keys() & {"goals", "experiments", "results"}) == (0, set())
        counts = await setup.read(
            lambda tx: [
                store.count(pair_id=own.id)
                for store in (tx.memberships, tx.occurrences, tx.nudges, tx.entries)
            ],
            onlooker,
        )
        assert counts == [0, 0, 0, 0]
        assert await setup.read(lambda tx: tx.pairs.count(id=own.id), onlooker) == 0
        with pytest.raises(NotFound):
            await read_as(setup.deps, setup.viewer(onlooker), load_goal_card, goal)


async def test_for_who_learns_as_well_the_pair_in_which_they_learn_comes_first(setup: Setup) -> None:
    mine = await sets_goal(setup)
    learning = await learns_from_ada(setup)
    (own,) = await own_pairs(setup)

    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_goal_form)
    other = await sets_goal(setup, text="Lead a review")

    assert [(one.pair_id, one.names) for one in form.pairs] == [(learning, ("Ada",)), (own.id, ())]
    assert form.pair_id == learning
    assert await setup.read(lambda tx: tx.goals.get(other).pair_id) == learning
    listed = await read_as(setup.deps, setup.viewer(setup.mentor), list_open_goals)
    assert {card.goal.id for card in listed.cards} == {mine, other}


async def test_who_mentors_here_and_learns_there_has_no_pair_of_one(setup: Setup) -> None:
    learning = await learns_from_ada(setup)

    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_goal_form)
    await sets_goal(setup)

    assert [one.pair_id for one in form.pairs] == [learning]
    assert await own_pairs(setup) == []


async def test_once_the_pair_is_over_what_was_begun_goes_on(setup: Setup) -> None:
    goal, tried = await sets_goal(setup), await tries(setup)
    await put(setup, PairState.ENDED)

    await tells(setup, tried)
    changed = SetGoal({"text": "Ask, and wait"}, goal_id=goal)
    await write_as(setup.deps, setup.viewer(setup.mentor), set_goal, changed, key="changed")
    await sets_goal(setup, text="One more")

    shown = await read_as(setup.deps, setup.viewer(setup.mentor), see_home)
    assert {one.text for one in shown.goals} == {"Ask, and wait", "One more"}
    assert shown.for_oneself


async def test_who_mentors_nobody_any_more_begins_nothing(setup: Setup) -> None:
    await put(setup, PairState.ENDED)

    with pytest.raises(NoPair):
        await sets_goal(setup)
    with pytest.raises(PairOver):
        await write_as(
            setup.deps, setup.viewer(setup.mentor), set_goal, SetGoal(ASK_MORE, setup.pair.id), key="over"
        )


async def test_a_pair_of_others_is_no_place_for_it(setup: Setup) -> None:
    for pair in (setup.pair.id, PairId(99)):
        with pytest.raises(NotFound):
            await write_as(
                setup.deps, setup.viewer(setup.mentor), set_goal, SetGoal(ASK_MORE, pair), key=f"{pair}"
            )


async def test_what_came_of_it_is_asked_once_its_day_has_come_and_stands_on_home(setup: Setup) -> None:
    tried = await tries(setup)
    setup.clock.moment += timedelta(days=4)

    await tick(setup.deps)

    assert results.ASK in await setup.told(setup.mentor)
    shown = await read_as(setup.deps, setup.viewer(setup.mentor), see_home)
    assert [(one.what, one.subject, one.waits) for one in shown.matters] == [(What.OUTCOME, tried, True)]
    await tells(setup, tried)
    assert (await read_as(setup.deps, setup.viewer(setup.mentor), see_home)).matters == ()


async def test_in_a_cohort_that_is_over_nothing_is_asked_and_home_still_has_it(setup: Setup) -> None:
    tried = await tries(setup)
    await put(setup, PairState.ENDED)
    await setup.write(
        lambda tx: tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), state=CohortState.ENDED))
    )
    setup.clock.moment += timedelta(days=4)

    await tick(setup.deps)

    assert results.ASK not in await setup.told(setup.mentor)
    shown = await read_as(setup.deps, setup.viewer(setup.mentor), see_home)
    assert [one.id for one in shown.experiments] == [tried]


async def test_two_at_a_time_is_for_oneself_too(setup: Setup) -> None:
    await tries(setup)
    await write_as(setup.deps, setup.viewer(setup.mentor), commit_to_experiment, Commit(COUNT), key="second")

    shown = await read_as(setup.deps, setup.viewer(setup.mentor), see_home)

    assert shown.full
    assert {one.state for one in shown.experiments} == {ExperimentState.OPEN}


async def test_whoever_leads_and_mentors_reads_of_it_in_no_list_of_pairs(setup: Setup) -> None:
    await setup.write(
        lambda tx: tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), lead_id=setup.mentor.id))
    )
    await sets_goal(setup)

    seen_by_lead = await read_as(setup.deps, setup.viewer(setup.mentor), see_pairs, setup.cohort.id)

    assert [row.pair.id for row in seen_by_lead.rows] == [setup.pair.id]
    assert seen_by_lead.ended == 0


async def test_no_figure_counts_it(setup: Setup) -> None:
    await planted(setup)
    mentors = await setup.read(
        lambda tx: [one for one in tx.members.find() if one.user_id.startswith("UKimA")]
    )
    for mentor in mentors:
        await sets_goal(setup, mentor)
        await tells(setup, await tries(setup, mentor), mentor)

    data = await seen(setup)

    names = (FigureName.STARTED, FigureName.TRIED, FigureName.TOLD, FigureName.GOALS_MOVED)
    told = [(figure(data, name).extent, figure(data, name).count, figure(data, name).of) for name in names]
    assert told == [
        (Extent.EXACT, 12, 12), (Extent.EXACT, 12, 12), (Extent.EXACT, 6, 12), (Extent.FEW, 0, 12)
    ]  # fmt: skip
    assert len(await own_pairs(setup)) == 12


async def test_it_serves_no_aim_that_is_counted(setup: Setup) -> None:
    aim = await setup.write(
        lambda tx: tx.objectives.insert(
            Objective(setup.workspace.id, setup.cohort.id, setup.admin.id, tx.now, "Fewer handovers")
        )
    )

    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_goal_form)
    assert form.objectives == ()
    command = SetGoal(ASK_MORE, asks_objective=True, objective_id=ObjectiveId(aim.id))
    with pytest.raises(ChoiceMissing):
        await write_as(setup.deps, setup.viewer(setup.mentor), set_goal, command, key="aim")


async def test_nobody_is_asked_whether_others_may_meet_it(setup: Setup) -> None:
    tried = await tries(setup)
    await write_as(setup.deps, setup.viewer(setup.mentor), tap, tried, Adherence.DID, key="tap")

    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_result_form, tried)

    assert form.alone
