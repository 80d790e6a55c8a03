"""Goals, on a real database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.entries import EntryKind
from bot.domain.errors import (
    AlreadySettled,
    DateInPast,
    NotAllowed,
    NotFound,
    NumberNotUnderstood,
    TextMissing,
    TextTooLong,
)
from bot.domain.goals import Goal, GoalKind, GoalState
from bot.domain.ids import GoalId, PairId
from bot.domain.pairs import Consent, Pair, PairMember, PairState, Role
from bot.ports import Repositories
from bot.usecases import goals
from bot.usecases.dispatch import dispatch
from bot.usecases.experiments import Commit, commit_to_experiment
from bot.usecases.goals import (
    GoalCard,
    GoalReached,
    SetGoal,
    list_open_goals,
    load_card,
    move_goal,
    open_goal_form,
    set_goal,
)
from tests.usecases.conftest import Stage

REVIEW = SetGoal("Lead a review in which everyone speaks")


async def keep(stage: Stage, command: SetGoal = REVIEW, *, key: str = "") -> GoalId:
    key = key or f"{command.text}:{command.goal_id}"
    return await set_goal(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, command, key=key)


async def move(stage: Stage, goal: GoalId, state: GoalState, *, key: str = "") -> GoalId:
    viewer = stage.viewer(stage.mentee)
    return await move_goal(stage.deps, viewer, stage.mentee.id, goal, state, key=key or str(state))


async def the(stage: Stage, goal: GoalId) -> Goal:
    return await stage.read(lambda r: r.goals.get(goal))


async def a_second_pair(stage: Stage) -> PairId:
    """Tom learns from Ada too."""
    now = stage.clock.now()

    def make(repositories: Repositories) -> PairId:
        pair = repositories.pairs.insert(
            Pair(stage.workspace.id, stage.cohort.id, now, state=PairState.ACTIVE, active_since=now)
        )
        for person, role in ((stage.admin, Role.MENTOR), (stage.mentee, Role.MENTEE)):
            seat = PairMember(stage.workspace.id, pair.id, person.id, role, Consent.YES)
            repositories.pair_members.insert(seat)
        return pair.id

    return await stage.write(make)


async def test_one_sentence_is_enough_and_both_find_the_card(stage: Stage) -> None:
    goal = await keep(stage)
    await dispatch(stage.deps)

    (mine,), (theirs,) = stage.messenger.said_to("UTOM"), stage.messenger.said_to("UMIRA")
    assert isinstance(mine, GoalCard)
    assert isinstance(theirs, GoalCard)
    assert (mine.mine, theirs.mine) == (True, False)
    assert mine.goal == theirs.goal == await the(stage, goal)
    assert (mine.owner, mine.mentors) == ("Tom", ("Mira",))


async def test_everything_that_was_told_is_kept(stage: Stage) -> None:
    full = SetGoal(
        " Lead a review ",
        "I talk most",
        "others begin",
        date(2027, 3, 1),
        GoalKind.PRESSURE,
        "Voices",
        Decimal("2.5"),
        Decimal(6),
        "Calm launches",
    )
    kept = await the(stage, await keep(stage, full))

    assert (kept.text, kept.baseline, kept.signs, kept.horizon) == (
        "Lead a review",
        "I talk most",
        "others begin",
        date(2027, 3, 1),
    )
    assert (kept.kind, kept.number_name, kept.number_now, kept.number_target, kept.objective) == (
        GoalKind.PRESSURE,
        "Voices",
        Decimal("2.5"),
        Decimal(6),
        "Calm launches",
    )


async def test_a_second_delivery_of_the_form_sets_one_goal(stage: Stage) -> None:
    first = await keep(stage, key="view:1")

    assert await keep(stage, key="view:1") == first
    assert await stage.read(lambda r: r.goals.count()) == 1
    assert len(await stage.told(stage.mentee)) == 1


async def test_the_pair_finds_it_and_nobody_else_sees_it(stage: Stage) -> None:
    goal = await keep(stage, replace(REVIEW, signs="others begin"))

    for member in (stage.mentee, stage.mentor):
        (entry,) = await stage.read(lambda r: r.entries.find(kind=EntryKind.GOAL), member)
        assert (entry.title, entry.body) == (REVIEW.text, "others begin")
    with pytest.raises(NotFound):
        await stage.read(lambda r: load_card(r, goal, stage.admin.id), stage.admin)
    assert await stage.read(lambda r: r.entries.find(kind=EntryKind.GOAL), stage.admin) == []


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"text": "  "}, TextMissing, "text"),
        ({"text": "x" * 301}, TextTooLong, "text"),
        ({"baseline": "x" * 2001}, TextTooLong, "baseline"),
        ({"signs": "x" * 2001}, TextTooLong, "signs"),
        ({"objective": "x" * 301}, TextTooLong, "objective"),
        ({"horizon": date(2026, 11, 22)}, DateInPast, "horizon"),
        ({"number_now": Decimal(3)}, TextMissing, "number_name"),
        ({"number_name": "n", "number_now": Decimal("1" * 21)}, NumberNotUnderstood, "number_now"),
    ],
)
async def test_what_does_not_fit_is_told_at_its_field(
    stage: Stage, wrong: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as caught:
        await keep(stage, replace(REVIEW, **wrong))

    assert caught.value.field == field  # type: ignore[attr-defined]  # all of these carry a field
    assert await stage.read(lambda r: r.goals.count()) == 0


async def test_a_change_brings_both_cards_up_to_date_and_posts_nothing_new(stage: Stage) -> None:
    goal = await keep(stage)
    await dispatch(stage.deps)
    stage.clock.move(days=1)

    await keep(stage, SetGoal("Lead a retrospective", goal_id=goal))
    await dispatch(stage.deps)

    kept = await the(stage, goal)
    assert (kept.text, kept.updated_at - kept.created_at) == (
        "Lead a retrospective",
        stage.clock.now() - kept.created_at,
    )
    assert sorted(update.to for update in stage.messenger.updates) == ["UMIRA", "UTOM"]
    assert len(stage.messenger.posts) == 2
    (entry,) = await stage.read(lambda r: r.entries.find(kind=EntryKind.GOAL), stage.mentor)
    assert entry.title == "Lead a retrospective"


async def test_new_words_for_a_goal_stand_on_the_cards_of_what_is_tried_for_it(stage: Stage) -> None:
    goal = await keep(stage)
    command = Commit("ask", "I lead", date(2026, 11, 27))
    await commit_to_experiment(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, command, key="commit")
    await dispatch(stage.deps)

    await keep(stage, SetGoal("Lead a retrospective", goal_id=goal))
    await dispatch(stage.deps)

    told = [getattr(update.content, "goal", "") for update in stage.messenger.updates]
    assert told.count("Lead a retrospective") == 2


@pytest.mark.parametrize("end", [GoalState.REACHED, GoalState.DROPPED])
async def test_a_goal_ends_and_opens_again(stage: Stage, end: GoalState) -> None:
    goal = await keep(stage)

    await move(stage, goal, end)
    assert (await the(stage, goal)).state is end
    await move(stage, goal, GoalState.OPEN)

    assert (await the(stage, goal)).state is GoalState.OPEN


async def test_the_mentor_hears_of_a_reached_goal_once_and_of_a_dropped_one_not(stage: Stage) -> None:
    reached, dropped = await keep(stage), await keep(stage, SetGoal("Speak at the meetup"))
    await move(stage, reached, GoalState.REACHED, key="1")
    await move(stage, reached, GoalState.REACHED, key="2")
    await move(stage, dropped, GoalState.DROPPED, key="3")
    await dispatch(stage.deps)

    news = [said for said in stage.messenger.said_to("UMIRA") if isinstance(said, GoalReached)]
    assert [(one.owner, one.goal.id) for one in news] == [("Tom", reached)]
    assert goals.REACHED not in await stage.told(stage.mentee)


async def test_one_end_is_not_turned_into_the_other(stage: Stage) -> None:
    goal = await keep(stage)
    await move(stage, goal, GoalState.DROPPED)

    with pytest.raises(AlreadySettled):
        await move(stage, goal, GoalState.REACHED)


async def test_a_goal_that_ended_stays_so_when_its_words_are_changed(stage: Stage) -> None:
    goal = await keep(stage)
    await move(stage, goal, GoalState.REACHED)

    await keep(stage, SetGoal("Lead a review, and enjoy it", goal_id=goal))

    assert (await the(stage, goal)).state is GoalState.REACHED


async def test_nobody_changes_or_ends_somebody_elses_goal(stage: Stage) -> None:
    goal = await keep(stage)
    viewer, mentor = stage.viewer(stage.mentor), stage.mentor.id

    with pytest.raises(NotAllowed):
        await set_goal(stage.deps, viewer, mentor, SetGoal("mine", goal_id=goal), key="1")
    with pytest.raises(NotAllowed):
        await move_goal(stage.deps, viewer, mentor, goal, GoalState.DROPPED, key="2")
    with pytest.raises(NotAllowed):
        await open_goal_form(stage.deps, viewer, mentor, goal=goal)
    with pytest.raises(NotFound):
        await move_goal(
            stage.deps, stage.viewer(stage.admin), stage.admin.id, goal, GoalState.DROPPED, key="3"
        )


async def test_a_vague_sentence_is_kept_and_only_its_owner_is_told(stage: Stage) -> None:
    goal = await keep(stage, SetGoal("be a better leader"))

    def vague(repositories: Repositories) -> tuple[bool, bool]:
        readers = (stage.mentee.id, stage.mentor.id)
        return tuple(load_card(repositories, goal, reader).vague for reader in readers)  # type: ignore[return-value]  # two readers

    assert (await the(stage, goal)).text == "be a better leader"
    assert await stage.read(vague) == (True, False)


async def test_signs_make_a_vague_sentence_clear_enough(stage: Stage) -> None:
    goal = await keep(stage, SetGoal("be a better leader", signs="people bring me bad news early"))

    assert not (await stage.read(lambda r: load_card(r, goal, stage.mentee.id))).vague


async def test_with_two_mentors_each_sees_only_the_goal_set_with_them(stage: Stage) -> None:
    other = await a_second_pair(stage)
    with_mira = await keep(stage, replace(REVIEW, pair_id=stage.pair.id))
    with_ada = await keep(stage, SetGoal("Speak at the meetup"))

    form = await open_goal_form(stage.deps, stage.viewer(stage.mentee), stage.mentee.id)
    listed = await list_open_goals(stage.deps, stage.viewer(stage.mentee), stage.mentee.id)

    assert (form.pair_id, form.mentors) == (other, ("Ada",))
    assert [pair.mentors for pair in form.pairs] == [("Ada",), ("Mira",)]
    assert listed.a_choice
    assert [(card.goal.id, card.mentors) for card in listed.cards] == [
        (with_ada, ("Ada",)),
        (with_mira, ("Mira",)),
    ]
    with pytest.raises(NotFound):
        await stage.read(lambda r: r.goals.get(with_ada), stage.mentor)


async def test_with_two_mentors_and_a_goal_with_one_the_other_pair_is_a_choice_too(stage: Stage) -> None:
    await keep(stage)
    viewer = stage.viewer(stage.mentee)
    assert not (await list_open_goals(stage.deps, viewer, stage.mentee.id)).a_choice

    await a_second_pair(stage)

    assert (await list_open_goals(stage.deps, viewer, stage.mentee.id)).a_choice


async def test_a_pair_of_others_is_no_place_for_my_goal(stage: Stage) -> None:
    with pytest.raises(NotFound):
        await keep(stage, replace(REVIEW, pair_id=PairId(99)))


async def test_who_only_mentors_sets_no_goal(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        await open_goal_form(stage.deps, stage.viewer(stage.mentor), stage.mentor.id)
