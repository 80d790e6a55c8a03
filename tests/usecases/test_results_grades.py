"""How far a result carries in its thread, and that nothing stale or foreign changes it."""

from decimal import Decimal

import pytest

from bot.domain.entries import EntryKind
from bot.domain.errors import AlreadySettled, NotAllowed, NotFound
from bot.domain.experiments import ExperimentState, Indicator
from bot.domain.results import Adherence, Grade, HowOften, NextStep, Without
from bot.usecases.experiments import drop_experiment
from bot.usecases.results import TellResult, let_go, load_question, open_result_form, question_of, tell_result
from bot.usecases.search_things import open_thing
from tests.usecases.conftest import Stage
from tests.usecases.test_results import a_try, result, tapped, tell, the, told


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
    stage: Stage, tries: list[Adherence | None], kept: Grade
) -> None:
    parent = None
    for number, how in enumerate(tries):
        parent = await a_try(stage, parent, f"way {number}")
        if how is None:
            me = stage.mentee
            await drop_experiment(stage.deps, stage.viewer(me), me.id, parent, key=f"drop:{number}")
        else:
            await tapped(stage, parent, how)
            await tell(stage, parent)
    last = await a_try(stage, parent, "the last way")
    await tapped(stage, last, Adherence.PARTLY)

    assert (await result(stage, await tell(stage, last))).grade is kept


async def test_what_was_done_in_another_thread_makes_nothing_seen_again(stage: Stage) -> None:
    await told(stage)
    alone = await a_try(stage, text="something else")
    await tapped(stage, alone)

    assert (await result(stage, await tell(stage, alone))).grade is Grade.HUNCH


async def test_a_change_of_a_result_grades_it_anew(stage: Stage) -> None:
    kept = await told(stage)
    experiment = (await result(stage, kept)).experiment_id
    more = {"how_often": HowOften.MANY, "without": Without.WENT_WORSE}

    await tell(stage, experiment, key="1", other_changes=("nothing",), **more)
    assert (await result(stage, kept)).grade is Grade.TESTED
    await tell(stage, experiment, key="2", other_changes=("nothing", "people"), **more)

    changed = await result(stage, kept)
    assert (changed.grade, changed.other_changes) == (Grade.REPEATED, ("people",))


async def test_a_stale_button_changes_nothing_of_what_was_told(stage: Stage) -> None:
    kept = await told(stage)
    before = await result(stage, kept)
    me = stage.mentee

    with pytest.raises(AlreadySettled):
        await let_go(stage.deps, stage.viewer(me), me.id, before.experiment_id, key="go")
    for how in (Adherence.PARTLY, Adherence.DIDNT):
        with pytest.raises(AlreadySettled):
            await tapped(stage, before.experiment_id, how)

    assert await result(stage, kept) == before


async def test_without_a_tap_there_is_nothing_to_tell_or_to_let_go(stage: Stage) -> None:
    experiment = await a_try(stage)
    me = stage.mentee

    with pytest.raises(AlreadySettled):
        await tell(stage, experiment)
    with pytest.raises(AlreadySettled):
        await let_go(stage.deps, stage.viewer(me), me.id, experiment, key="go")
    with pytest.raises(AlreadySettled):
        await open_result_form(stage.deps, stage.viewer(me), me.id, experiment)


async def test_only_the_one_who_tried_tells_it_lets_it_go_or_opens_its_form(stage: Stage) -> None:
    experiment = await a_try(stage)
    await tapped(stage, experiment, Adherence.DIDNT)
    mentor, viewer = stage.mentor, stage.viewer(stage.mentor)

    with pytest.raises(NotAllowed):
        await tell_result(
            stage.deps, viewer, mentor.id, TellResult(experiment, "no", NextStep.DROP, {}), key="1"
        )
    with pytest.raises(NotAllowed):
        await let_go(stage.deps, viewer, mentor.id, experiment, key="2")
    with pytest.raises(NotAllowed):
        await open_result_form(stage.deps, viewer, mentor.id, experiment)
    assert (await the(stage, experiment)).state is ExperimentState.OPEN


async def test_a_number_is_kept_with_a_sign_of_this_experiment_alone(stage: Stage) -> None:
    mine, other = await a_try(stage), await a_try(stage, text="something else")
    sign = await stage.write(
        lambda r: r.indicators.insert(Indicator(stage.workspace.id, stage.pair.id, other, "Pause", "s"))
    )
    await tapped(stage, mine)

    await tell(stage, mine, readings={sign.id: Decimal(2)})

    assert await stage.read(lambda r: r.readings.count()) == 0
    assert (await the(stage, mine)).state is ExperimentState.DONE


async def test_a_tap_is_the_mentees_own_until_it_is_told(stage: Stage) -> None:
    experiment = await a_try(stage)
    kept = await tapped(stage, experiment, Adherence.DIDNT)
    me, mira = stage.mentee, stage.mentor

    with pytest.raises(NotFound):
        await open_thing(stage.deps, stage.viewer(mira), mira.id, EntryKind.RESULT, kept)
    with pytest.raises(NotAllowed):
        await question_of(stage.deps, stage.viewer(mira), mira.id, experiment)
    with pytest.raises(NotFound):
        await stage.read(lambda r: load_question(r, experiment, mira.id), mira)
    around = await open_thing(stage.deps, stage.viewer(mira), mira.id, EntryKind.EXPERIMENT, experiment)
    assert around.links == ()
    asked = await question_of(stage.deps, stage.viewer(me), me.id, experiment)
    assert asked.result is not None
    assert asked.result.adherence is Adherence.DIDNT

    await tell(stage, experiment)
    told = await open_thing(stage.deps, stage.viewer(mira), mira.id, EntryKind.RESULT, kept)
    assert told.name == "Tom"
