"""Trying something small, on a real database."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from bot.domain.errors import (
    AlreadySettled,
    ChoiceMissing,
    DateInPast,
    NotAllowed,
    NotFound,
    TextMissing,
    TextTooLong,
    TooManyOpen,
)
from bot.domain.experiments import AskWhen, Experiment, ExperimentState
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, GoalId, MemberId, PairId
from bot.domain.nudges import NudgeState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import experiment_cards as cards
from bot.usecases.loop.experiments import (
    Commit,
    commit_to_experiment,
    drop_experiment,
    move_experiment,
    open_experiment_form,
)
from bot.usecases.loop.indicators import Measure
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

FRIDAY = date(2026, 11, 27)
ASK_FIRST = Commit(
    {"behaviour": "ask one open question", "situation": "somebody brings me a decision", "until": FRIDAY}
)


async def commit(setup: Setup, command: Commit = ASK_FIRST, *, key: str = "") -> ExperimentId:
    key = key or f"{command.shown['behaviour']}:{command.experiment_id}"
    return await write_as(setup.deps, setup.viewer(setup.mentee), commit_to_experiment, command, key=key)


async def drop(setup: Setup, experiment: ExperimentId, *, key: str = "drop") -> ExperimentId:
    return await write_as(setup.deps, setup.viewer(setup.mentee), drop_experiment, experiment, key=key)


async def the(setup: Setup, experiment: ExperimentId) -> Experiment:
    return await setup.read(lambda r: r.experiments.get(experiment))


async def a_goal(setup: Setup, text: str = "Lead a review in which everyone speaks") -> GoalId:
    now = setup.clock.now()
    goal = Goal(setup.workspace.id, setup.pair.id, setup.mentee.id, text, now, now)
    return (await setup.write(lambda r: r.goals.insert(goal))).id


async def another_pair(setup: Setup, mentor: MemberId, role: Role = Role.MENTEE) -> PairId:
    now = setup.clock.now()
    pair = Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
    kept = await setup.write(lambda r: r.pairs.insert(pair))
    theirs = Role.MENTOR if role is Role.MENTEE else role
    for person, part in ((mentor, theirs), (setup.mentee.id, role)):
        membership = Membership(setup.workspace.id, kept.id, person, part, Consent.YES)
        await setup.write(partial(_seat, membership))
    return kept.id


def _seat(membership: Membership, tx: Tx) -> Membership:
    return tx.memberships.insert(membership)


async def test_both_find_the_card_and_only_the_mentee_is_asked_how_it_went(setup: Setup) -> None:
    experiment = await commit(setup)
    await dispatch(setup.deps)

    (mine,), (theirs,) = setup.messenger.said_to("UTOM"), setup.messenger.said_to("UMIRA")
    assert isinstance(mine, cards.ExperimentCard)
    assert isinstance(theirs, cards.ExperimentCard)
    assert (mine.mine, theirs.mine, theirs.may_hint, mine.may_hint) == (True, False, True, False)
    nudges = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    assert [nudge.member_id for nudge in nudges] == [setup.mentee.id]
    assert (await the(setup, experiment)).until == FRIDAY


async def test_the_pair_finds_it_by_its_words_and_nobody_else_does(setup: Setup) -> None:
    await commit(setup, showing(ASK_FIRST, sign="others speak first"))

    for member in (setup.mentee, setup.mentor):
        (entry,) = await setup.read(lambda r: r.entries.find(kind=EntryKind.EXPERIMENT), member)
        assert entry.title == "ask one open question – somebody brings me a decision"
        assert entry.body == "others speak first"
    assert await setup.read(lambda r: r.entries.find(kind=EntryKind.EXPERIMENT), setup.admin) == []


async def test_a_second_delivery_of_the_form_promises_nothing_twice(setup: Setup) -> None:
    first = await commit(setup, key="view:1")

    assert await commit(setup, key="view:1") == first
    assert await setup.read(lambda r: r.experiments.count()) == 1


async def test_a_third_is_refused_and_fits_once_one_is_let_go(setup: Setup) -> None:
    first = await commit(setup)
    await commit(setup, showing(ASK_FIRST, behaviour="count to three"))
    third = showing(ASK_FIRST, behaviour="write it down")

    with pytest.raises(TooManyOpen):
        await commit(setup, third)
    await drop(setup, first)

    assert await commit(setup, third)


async def test_two_forms_sent_at_once_never_make_three(setup: Setup) -> None:
    await commit(setup)
    commands = [showing(ASK_FIRST, behaviour=f"try {number}") for number in range(5)]

    made = await asyncio.gather(*(commit(setup, one) for one in commands), return_exceptions=True)

    assert sum(isinstance(one, TooManyOpen) for one in made) == 4
    assert await setup.read(lambda r: r.experiments.count(state=ExperimentState.OPEN)) == 2


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"behaviour": " "}, TextMissing, "behaviour"),
        ({"behaviour": "I will "}, TextMissing, "behaviour"),
        ({"situation": ""}, TextMissing, "situation"),
        ({"behaviour": "x" * 301}, TextTooLong, "behaviour"),
        ({"sign": "x" * 301}, TextTooLong, "sign"),
        ({"until": None}, ChoiceMissing, "until"),
        ({"until": date(2026, 11, 22)}, DateInPast, "until"),
        ({"steps": "x" * 2001}, TextTooLong, "steps"),
        ({"goal_id": GoalId(99)}, ChoiceMissing, "goal_1"),
        ({"measures": (Measure("", "min", row=2),)}, TextMissing, "name_2"),
    ],
)
async def test_what_does_not_fit_into_an_experiment_is_told_at_its_field(
    setup: Setup, wrong: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as caught:
        await commit(setup, showing(ASK_FIRST, **wrong))

    assert caught.value.field == field  # type: ignore[attr-defined]  # all of these carry a field
    assert await setup.read(lambda r: r.experiments.count()) == 0


async def test_today_is_today_on_the_mentees_own_calendar(setup: Setup) -> None:
    setup.clock.move(hours=-5)  # 3:00 UTC on Monday, Sunday evening in New York

    assert await commit(setup, showing(ASK_FIRST, until=date(2026, 11, 22)))


async def test_the_preset_day_is_the_first_check_in_that_leaves_time_to_try(setup: Setup) -> None:
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_experiment_form)

    assert form.until == date(2026, 12, 1)  # not tomorrow's
    assert form.mentors == ("Mira",)
    assert not form.full


async def test_words_that_the_form_says_already_are_not_said_twice(setup: Setup) -> None:
    experiment = await commit(setup, showing(ASK_FIRST, behaviour="I will ask", situation="When I lead"))

    kept = await the(setup, experiment)
    assert (kept.behaviour, kept.situation) == ("ask", "I lead")


async def test_without_a_look_at_more_it_serves_the_open_goal(setup: Setup) -> None:
    goal = await a_goal(setup)

    assert (await the(setup, await commit(setup))).goal_id == goal


async def test_a_change_keeps_what_the_form_did_not_show(setup: Setup) -> None:
    goal = await a_goal(setup)
    more = {"goal_id": goal, "steps": "One, then two", "ask_when": AskWhen.MIDWAY}
    measures = (Measure("Questions", "", Decimal(1), Decimal(3)),)
    experiment = await commit(setup, showing(ASK_FIRST, **more, measures=measures))
    other = await a_goal(setup, "Something newer")

    await commit(setup, showing(ASK_FIRST, behaviour="ask two", experiment_id=experiment))

    kept = await the(setup, experiment)
    assert (kept.behaviour, kept.goal_id, kept.steps) == ("ask two", goal, "One, then two")
    assert kept.goal_id != other
    assert kept.ask_when is AskWhen.MIDWAY
    (number,) = await setup.read(lambda r: r.indicators.find(experiment_id=experiment))
    assert (number.baseline, number.target) == (Decimal(1), Decimal(3))


async def test_numbers_keep_their_ids_when_others_are_added_and_taken_away(setup: Setup) -> None:
    async def numbers(*names: str) -> list[tuple[int, str]]:
        measures = tuple(Measure(name) for name in names)
        await commit(setup, showing(ASK_FIRST, measures=measures, experiment_id=experiment), key=str(names))
        found = await setup.read(lambda r: r.indicators.find(experiment_id=experiment))
        return [(one.id, one.name) for one in found]

    experiment = await commit(setup)
    (first,) = await numbers("a")
    assert await numbers("a", "b") == [first, (first[0] + 1, "b")]
    assert await numbers("c") == [(first[0], "c")]


async def test_a_change_of_the_day_moves_the_question(setup: Setup) -> None:
    experiment = await commit(setup)
    (before,) = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    later = FRIDAY + timedelta(days=7)

    await write_as(setup.deps, setup.viewer(setup.mentee), move_experiment, experiment, later, key="move")

    (after,) = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    assert after.due_at - before.due_at == timedelta(days=7)


async def test_what_was_let_go_is_not_asked_about_and_can_be_taken_up_again(setup: Setup) -> None:
    experiment = await commit(setup)
    await drop(setup, experiment)
    assert await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED)) == []

    await commit(setup, replace(ASK_FIRST, experiment_id=experiment))

    again = await the(setup, experiment)
    assert (again.state, again.closed_at) == (ExperimentState.OPEN, None)
    assert len(await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))) == 1


async def test_taking_it_up_again_needs_room_too(setup: Setup) -> None:
    experiment = await commit(setup)
    await drop(setup, experiment)
    for behaviour in ("one", "two"):
        await commit(setup, showing(ASK_FIRST, behaviour=behaviour))

    with pytest.raises(TooManyOpen):
        await commit(setup, replace(ASK_FIRST, experiment_id=experiment))


async def test_letting_go_twice_is_letting_go_once(setup: Setup) -> None:
    experiment = await commit(setup)
    await drop(setup, experiment, key="one")
    dropped = await the(setup, experiment)

    await drop(setup, experiment, key="two")

    assert await the(setup, experiment) == dropped


async def test_each_change_brings_both_cards_up_to_date_once(setup: Setup) -> None:
    experiment = await commit(setup)
    await dispatch(setup.deps)
    await drop(setup, experiment)
    await dispatch(setup.deps)

    assert sorted(update.to for update in setup.messenger.updates) == ["UMIRA", "UTOM"]
    assert len(setup.messenger.posts) == 2


async def test_nobody_changes_or_drops_what_somebody_else_tries(setup: Setup) -> None:
    experiment = await commit(setup)
    viewer = setup.viewer(setup.mentor)

    with pytest.raises(NotAllowed):
        await read_as(setup.deps, viewer, open_experiment_form, experiment=experiment)
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, viewer, drop_experiment, experiment, key="x")
    with pytest.raises(NotFound):
        await write_as(setup.deps, setup.viewer(setup.admin), drop_experiment, experiment, key="y")


async def test_what_is_done_stays_as_it_was(setup: Setup) -> None:
    experiment = await commit(setup)
    await setup.write(
        lambda r: r.experiments.update(replace(r.experiments.get(experiment), state=ExperimentState.DONE))
    )

    with pytest.raises(AlreadySettled):
        await drop(setup, experiment)
    with pytest.raises(AlreadySettled):
        await commit(setup, replace(ASK_FIRST, experiment_id=experiment))
    viewer = setup.viewer(setup.mentee)
    with pytest.raises(AlreadySettled):
        await read_as(setup.deps, viewer, open_experiment_form, experiment=experiment)
    with pytest.raises(AlreadySettled):
        await write_as(
            setup.deps, viewer, move_experiment, experiment, FRIDAY + timedelta(days=7), key="move"
        )


async def test_another_way_keeps_the_thread_with_goal_and_numbers(setup: Setup) -> None:
    goal = await a_goal(setup)
    parent = await commit(setup, showing(ASK_FIRST, goal_id=goal, measures=(Measure("Questions"),)))
    await drop(setup, parent)
    viewer = setup.viewer(setup.mentee)

    form = await read_as(setup.deps, viewer, open_experiment_form, parent=parent)
    child = await commit(setup, showing(ASK_FIRST, behaviour="listen", parent_id=parent))

    assert form.experiment is not None
    assert form.experiment.behaviour == "ask one open question"
    assert not form.changes
    kept = await the(setup, child)
    assert (kept.parent_id, kept.goal_id) == (parent, goal)
    assert [one.name for one in await setup.read(lambda r: r.indicators.find(experiment_id=child))] == [
        "Questions"
    ]
    card = await setup.read(lambda r: cards.load_experiment_card(r, child), setup.mentee)
    assert card.parent == "ask one open question"


async def test_in_several_pairs_the_mentee_chooses_and_each_pair_has_room_of_its_own(setup: Setup) -> None:
    other = await another_pair(setup, setup.admin.id)
    for behaviour in ("one", "two"):
        await commit(setup, showing(ASK_FIRST, behaviour=behaviour, pair_id=setup.pair.id))

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_experiment_form)
    third = await commit(setup, showing(ASK_FIRST, behaviour="three", pair_id=other))

    assert [pair.names for pair in form.pairs] == [("Ada",), ("Mira",)]
    assert form.pair_id == other
    assert (await the(setup, third)).pair_id == other
    with pytest.raises(NotFound):
        await setup.read(lambda r: r.experiments.get(third), setup.mentor)


async def test_a_goal_of_another_pair_is_no_goal_here(setup: Setup) -> None:
    goal = await a_goal(setup)
    other = await another_pair(setup, setup.admin.id)

    with pytest.raises(ChoiceMissing):
        await commit(setup, showing(ASK_FIRST, pair_id=other, goal_id=goal))


async def test_peers_try_things_and_see_each_others_cards(setup: Setup) -> None:
    peers = await another_pair(setup, setup.admin.id, Role.BOTH)

    await commit(setup, replace(ASK_FIRST, pair_id=peers))

    assert cards.CARD in await setup.told(setup.mentee)
    assert cards.CARD in await setup.told(setup.admin)
    assert cards.CARD not in await setup.told(setup.mentor)


async def test_a_change_keeps_the_thread_and_the_day_it_began(setup: Setup) -> None:
    parent = await commit(setup)
    child = await commit(setup, showing(ASK_FIRST, behaviour="listen", parent_id=parent))
    before = await the(setup, child)
    setup.clock.move(hours=1)

    await commit(setup, showing(ASK_FIRST, behaviour="listen longer", experiment_id=child))
    viewer = setup.viewer(setup.mentee)
    await write_as(setup.deps, viewer, move_experiment, child, FRIDAY + timedelta(days=1), key="move")

    kept = await the(setup, child)
    assert (kept.parent_id, kept.created_at) == (parent, before.created_at)
    assert (kept.behaviour, kept.until) == ("listen longer", FRIDAY + timedelta(days=1))


async def test_a_thread_stays_in_its_pair_and_with_its_author(setup: Setup) -> None:
    other = await another_pair(setup, setup.admin.id)
    more = {"steps": "as Mira told me", "measures": (Measure("Questions"),)}
    ours = await commit(setup, showing(ASK_FIRST, pair_id=setup.pair.id, **more))
    peers = await another_pair(setup, setup.mentor.id, Role.BOTH)
    viewer = setup.viewer(setup.mentor)

    with pytest.raises(NotFound):
        await commit(setup, showing(ASK_FIRST, behaviour="on", pair_id=other, parent_id=ours))
    theirs = showing(ASK_FIRST, behaviour="on", pair_id=peers, parent_id=ours)
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, viewer, commit_to_experiment, theirs, key="theirs")
    assert await setup.read(lambda r: r.experiments.count()) == 1
