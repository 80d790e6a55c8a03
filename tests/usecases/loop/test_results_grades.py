"""How far a result carries in its thread, and that nothing stale or foreign changes it."""

from decimal import Decimal

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed, NotFound
from bot.domain.experiments import ExperimentState
from bot.domain.indicators import Indicator
from bot.domain.results import Adherence, Grade, HowOften, NextStep, Without
from bot.domain.stored import EntryKind
from bot.usecases.loop.experiments import drop_experiment
from bot.usecases.loop.results import (
    TellResult,
    let_go,
    load_question,
    open_result_form,
    question_of,
    tell_result,
)
from bot.usecases.repository.search_things import open_thing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import a_try, enqueue_post, result, tapped, the, told


@pytest.mark.parametrize(
    ("tries", "kept"),
    [
        ([Adherence.DID], Grade.REPEATED),
        ([Adherence.PARTLY], Grade.REPEATED),
        ([Adherence.DIDNT], Grade.HUNCH),
        ([Adherence.DID, Adherence.DIDNT], Grade.REPEATED),
        ([Adherence.PARTLY, Adherence.DIDNT], Grade.REPEATED),
        ([Adherence.DID, None], Grade.REPEATED),
        ([Adherence.DIDNT, None, Adherence.DIDNT], Grade.HUNCH),
    ],
)
async def test_a_result_is_seen_again_if_anything_before_it_in_its_thread_was_done(
    setup: Setup, tries: list[Adherence | None], kept: Grade
) -> None:
    parent = None
    for number, how in enumerate(tries):
        parent = await a_try(setup, parent, f"way {number}")
        if how is None:
            me = setup.mentee
            await write_as(setup.deps, setup.viewer(me), drop_experiment, parent, key=f"drop:{number}")
        else:
            await tapped(setup, parent, how)
            await enqueue_post(setup, parent)
    last = await a_try(setup, parent, "the last way")
    await tapped(setup, last, Adherence.PARTLY)

    assert (await result(setup, await enqueue_post(setup, last))).grade is kept


async def test_what_was_done_in_another_thread_makes_nothing_seen_again(setup: Setup) -> None:
    await told(setup)
    alone = await a_try(setup, text="something else")
    await tapped(setup, alone)

    assert (await result(setup, await enqueue_post(setup, alone))).grade is Grade.HUNCH


async def test_a_change_of_a_result_grades_it_anew(setup: Setup) -> None:
    kept = await told(setup)
    experiment = (await result(setup, kept)).experiment_id
    more = {"how_often": HowOften.MANY, "without": Without.WENT_WORSE}

    assert (await result(setup, kept)).grade is Grade.HUNCH
    await enqueue_post(setup, experiment, key="1", other_changes=("nothing", "people"), **more)

    changed = await result(setup, kept)
    assert (changed.grade, changed.other_changes) == (Grade.REPEATED, ("people",))


async def test_a_stale_button_changes_nothing_of_what_was_told(setup: Setup) -> None:
    kept = await told(setup)
    before = await result(setup, kept)
    me = setup.mentee

    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, setup.viewer(me), let_go, before.experiment_id, key="go")
    for how in (Adherence.PARTLY, Adherence.DIDNT):
        with pytest.raises(AlreadySettled):
            await tapped(setup, before.experiment_id, how)

    assert await result(setup, kept) == before


async def test_without_a_tap_there_is_nothing_to_tell_or_to_let_go(setup: Setup) -> None:
    experiment = await a_try(setup)
    me = setup.mentee

    with pytest.raises(AlreadySettled):
        await enqueue_post(setup, experiment)
    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, setup.viewer(me), let_go, experiment, key="go")
    with pytest.raises(AlreadySettled):
        await read_as(setup.deps, setup.viewer(me), open_result_form, experiment)


async def test_only_the_one_who_tried_tells_it_lets_it_go_or_opens_its_form(setup: Setup) -> None:
    experiment = await a_try(setup)
    await tapped(setup, experiment, Adherence.DIDNT)
    viewer = setup.viewer(setup.mentor)

    with pytest.raises(NotAllowed):
        await write_as(
            setup.deps,
            viewer,
            tell_result,
            TellResult(experiment, {"what_happened": "no", "next_step": NextStep.DROP}, readings={}),
            key="1",
        )
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, viewer, let_go, experiment, key="2")
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, viewer, open_result_form, experiment)
    assert (await the(setup, experiment)).state is ExperimentState.OPEN


async def test_a_number_is_kept_with_a_sign_of_this_experiment_alone(setup: Setup) -> None:
    mine, other = await a_try(setup), await a_try(setup, text="something else")
    sign = await setup.write(
        lambda r: r.indicators.insert(Indicator(setup.workspace.id, setup.pair.id, other, "Pause", "s"))
    )
    await tapped(setup, mine)

    await enqueue_post(setup, mine, readings={sign.id: Decimal(2)})

    assert await setup.read(lambda r: r.readings.count()) == 0
    assert (await the(setup, mine)).state is ExperimentState.DONE


async def test_a_tap_is_the_mentees_own_until_it_is_told(setup: Setup) -> None:
    experiment = await a_try(setup)
    kept = await tapped(setup, experiment, Adherence.DIDNT)
    me, mira = setup.mentee, setup.mentor

    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(mira), open_thing, EntryKind.RESULT, kept)
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(mira), question_of, experiment)
    with pytest.raises(NotFound):
        await setup.read(lambda r: load_question(r, experiment), mira)
    around = await read_as(setup.deps, setup.viewer(mira), open_thing, EntryKind.EXPERIMENT, experiment)
    assert around.links == ()
    asked = await read_as(setup.deps, setup.viewer(me), question_of, experiment)
    assert asked.result is not None
    assert asked.result.adherence is Adherence.DIDNT

    await enqueue_post(setup, experiment)
    told = await read_as(setup.deps, setup.viewer(mira), open_thing, EntryKind.RESULT, kept)
    assert told.name == "Tom"
