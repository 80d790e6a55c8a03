"""Goals, on a real database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

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
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import goals
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import (
    GoalCard,
    GoalReached,
    SetGoal,
    list_open_goals,
    load_goal_card,
    move_goal,
    open_goal_form,
    set_goal,
)
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

REVIEW = SetGoal({"text": "Lead a review in which everyone speaks"})


async def keep(setup: Setup, command: SetGoal = REVIEW, *, key: str = "") -> GoalId:
    key = key or f"{command.shown['text']}:{command.goal_id}"
    return await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, command, key=key)


async def move(setup: Setup, goal: GoalId, state: GoalState, *, key: str = "") -> GoalId:
    viewer = setup.viewer(setup.mentee)
    return await write_as(setup.deps, viewer, move_goal, goal, state, key=key or str(state))


async def the(setup: Setup, goal: GoalId) -> Goal:
    return await setup.read(lambda r: r.goals.get(goal))


async def a_second_pair(setup: Setup) -> PairId:
    """Tom learns from Ada too."""
    now = setup.clock.now()

    def make(tx: Tx) -> PairId:
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
        )
        for person, role in ((setup.admin, Role.MENTOR), (setup.mentee, Role.MENTEE)):
            participant = Membership(setup.workspace.id, pair.id, person.id, role, Consent.YES)
            tx.memberships.insert(participant)
        return pair.id

    return await setup.write(make)


async def test_one_sentence_is_enough_and_both_find_the_card(setup: Setup) -> None:
    goal = await keep(setup)
    await dispatch(setup.deps)

    (mine,), (theirs,) = setup.messenger.said_to("UTOM"), setup.messenger.said_to("UMIRA")
    assert isinstance(mine, GoalCard)
    assert isinstance(theirs, GoalCard)
    assert (mine.mine, theirs.mine) == (True, False)
    assert mine.goal == theirs.goal == await the(setup, goal)
    assert (mine.owner, mine.mentors) == ("Tom", ("Mira",))


async def test_everything_that_was_told_is_kept(setup: Setup) -> None:
    full = SetGoal(
        {
            "text": " Lead a review ",
            "baseline": "I talk most",
            "signs": "others begin",
            "horizon": date(2027, 3, 1),
            "kind": GoalKind.PRESSURE,
            "number_name": "Voices",
            "number_now": Decimal("2.5"),
            "number_target": Decimal(6),
            "objective": "Calm launches",
        }
    )
    goal = await keep(setup, full)
    kept = await the(setup, goal)
    number = (await setup.read(lambda r: load_goal_card(r, goal), setup.mentor)).number

    assert (kept.text, kept.baseline, kept.signs, kept.horizon) == (
        "Lead a review",
        "I talk most",
        "others begin",
        date(2027, 3, 1),
    )
    assert (kept.kind, kept.objective) == (GoalKind.PRESSURE, "Calm launches")
    assert number is not None
    assert (number.indicator.name, number.last, number.indicator.target) == (
        "Voices", Decimal("2.5"), Decimal(6),
    )  # fmt: skip


async def test_a_second_delivery_of_the_form_sets_one_goal(setup: Setup) -> None:
    first = await keep(setup, key="view:1")

    assert await keep(setup, key="view:1") == first
    assert await setup.read(lambda r: r.goals.count()) == 1
    assert len(await setup.told(setup.mentee)) == 1


async def test_the_pair_finds_it_and_nobody_else_sees_it(setup: Setup) -> None:
    goal = await keep(setup, showing(REVIEW, signs="others begin"))

    for member in (setup.mentee, setup.mentor):
        (entry,) = await setup.read(lambda r: r.entries.find(kind=EntryKind.GOAL), member)
        assert (entry.title, entry.body) == (REVIEW.shown["text"], "others begin")
    with pytest.raises(NotFound):
        await setup.read(lambda r: load_goal_card(r, goal), setup.admin)
    assert await setup.read(lambda r: r.entries.find(kind=EntryKind.GOAL), setup.admin) == []


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
async def test_what_does_not_fit_into_a_goal_is_told_at_its_field(
    setup: Setup, wrong: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as caught:
        await keep(setup, showing(REVIEW, **wrong))

    assert caught.value.field == field  # type: ignore[attr-defined]  # all of these carry a field
    assert await setup.read(lambda r: r.goals.count()) == 0


async def test_a_change_brings_both_cards_up_to_date_and_posts_nothing_new(setup: Setup) -> None:
    goal = await keep(setup)
    await dispatch(setup.deps)
    setup.clock.move(days=1)

    await keep(setup, SetGoal({"text": "Lead a retrospective"}, goal_id=goal))
    await dispatch(setup.deps)

    kept = await the(setup, goal)
    assert (kept.text, kept.updated_at - kept.created_at) == (
        "Lead a retrospective",
        setup.clock.now() - kept.created_at,
    )
    assert sorted(update.to for update in setup.messenger.updates) == ["UMIRA", "UTOM"]
    assert len(setup.messenger.posts) == 2
    (entry,) = await setup.read(lambda r: r.entries.find(kind=EntryKind.GOAL), setup.mentor)
    assert entry.title == "Lead a retrospective"


async def test_new_words_for_a_goal_stand_on_the_cards_of_what_is_tried_for_it(setup: Setup) -> None:
    goal = await keep(setup)
    command = Commit({"behaviour": "ask", "situation": "I lead", "until": date(2026, 11, 27)})
    await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, command, key="commit")
    await dispatch(setup.deps)

    await keep(setup, SetGoal({"text": "Lead a retrospective"}, goal_id=goal))
    await dispatch(setup.deps)

    told = [getattr(update.content, "goal", "") for update in setup.messenger.updates]
    assert told.count("Lead a retrospective") == 2


@pytest.mark.parametrize("end", [GoalState.REACHED, GoalState.DROPPED])
async def test_a_goal_ends_and_opens_again(setup: Setup, end: GoalState) -> None:
    goal = await keep(setup)

    await move(setup, goal, end)
    assert (await the(setup, goal)).state is end
    await move(setup, goal, GoalState.OPEN)

    assert (await the(setup, goal)).state is GoalState.OPEN


async def test_the_mentor_hears_of_a_reached_goal_once_and_of_a_dropped_one_not(setup: Setup) -> None:
    reached, dropped = await keep(setup), await keep(setup, SetGoal({"text": "Speak at the meetup"}))
    await move(setup, reached, GoalState.REACHED, key="1")
    await move(setup, reached, GoalState.REACHED, key="2")
    await move(setup, dropped, GoalState.DROPPED, key="3")
    await dispatch(setup.deps)

    news = [said for said in setup.messenger.said_to("UMIRA") if isinstance(said, GoalReached)]
    assert [(one.owner, one.goal.id) for one in news] == [("Tom", reached)]
    assert goals.REACHED not in await setup.told(setup.mentee)


async def test_one_end_is_not_turned_into_the_other(setup: Setup) -> None:
    goal = await keep(setup)
    await move(setup, goal, GoalState.DROPPED)

    with pytest.raises(AlreadySettled):
        await move(setup, goal, GoalState.REACHED)


async def test_a_goal_that_ended_stays_so_when_its_words_are_changed(setup: Setup) -> None:
    goal = await keep(setup)
    await move(setup, goal, GoalState.REACHED)

    await keep(setup, SetGoal({"text": "Lead a review, and enjoy it"}, goal_id=goal))

    assert (await the(setup, goal)).state is GoalState.REACHED


async def test_nobody_changes_or_ends_somebody_elses_goal(setup: Setup) -> None:
    goal = await keep(setup)
    viewer = setup.viewer(setup.mentor)

    with pytest.raises(NotAllowed):
        await write_as(setup.deps, viewer, set_goal, SetGoal({"text": "mine"}, goal_id=goal), key="1")
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, viewer, move_goal, goal, GoalState.DROPPED, key="2")
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, viewer, open_goal_form, goal=goal)
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(setup.admin), move_goal, goal, GoalState.DROPPED, key="3")


async def test_a_vague_sentence_is_kept_and_only_its_owner_is_told(setup: Setup) -> None:
    goal = await keep(setup, SetGoal({"text": "be a better leader"}))

    async def vague(reader: Member) -> bool:
        return (await setup.read(lambda r: load_goal_card(r, goal), reader)).vague

    assert (await the(setup, goal)).text == "be a better leader"
    assert (await vague(setup.mentee), await vague(setup.mentor)) == (True, False)


async def test_signs_make_a_vague_sentence_clear_enough(setup: Setup) -> None:
    goal = await keep(
        setup, SetGoal({"text": "be a better leader", "signs": "people bring me bad news early"})
    )

    assert not (await setup.read(lambda r: load_goal_card(r, goal), setup.mentee)).vague


async def test_with_two_mentors_each_sees_only_the_goal_set_with_them(setup: Setup) -> None:
    other = await a_second_pair(setup)
    with_mira = await keep(setup, replace(REVIEW, pair_id=setup.pair.id))
    with_ada = await keep(setup, SetGoal({"text": "Speak at the meetup"}))

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_goal_form)
    listed = await read_as(setup.deps, setup.viewer(setup.mentee), list_open_goals)

    assert (form.pair_id, form.mentors) == (other, ("Ada",))
    assert [pair.names for pair in form.pairs] == [("Ada",), ("Mira",)]
    assert listed.a_choice
    assert [(card.goal.id, card.mentors) for card in listed.cards] == [
        (with_ada, ("Ada",)),
        (with_mira, ("Mira",)),
    ]
    with pytest.raises(NotFound):
        await setup.read(lambda r: r.goals.get(with_ada), setup.mentor)


async def test_with_two_mentors_and_a_goal_with_one_the_other_pair_is_a_choice_too(setup: Setup) -> None:
    await keep(setup)
    viewer = setup.viewer(setup.mentee)
    assert not (await read_as(setup.deps, viewer, list_open_goals)).a_choice

    await a_second_pair(setup)

    assert (await read_as(setup.deps, viewer, list_open_goals)).a_choice


async def test_a_pair_of_others_is_no_place_for_my_goal(setup: Setup) -> None:
    with pytest.raises(NotFound):
        await keep(setup, replace(REVIEW, pair_id=PairId(99)))
