"""Hints and the agenda, on a real database."""

from datetime import date

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, TextMissing
from bot.domain.ids import ExperimentId
from bot.domain.members import Member
from bot.usecases import hints
from bot.usecases.agenda import agenda_of, discuss_experiment
from bot.usecases.cards import ExperimentCard
from bot.usecases.dispatch import dispatch
from bot.usecases.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.hints import HintAdded, add_hint, open_hint_form
from tests.usecases.conftest import Stage


@pytest.fixture
async def experiment(stage: Stage) -> ExperimentId:
    command = Commit("ask first", "I lead", date(2026, 11, 27))
    viewer = stage.viewer(stage.mentee)
    return await commit_to_experiment(stage.deps, viewer, stage.mentee.id, command, key="commit")


async def hint(stage: Stage, experiment: ExperimentId, text: str, *, by: Member | None = None) -> int:
    member = by or stage.mentor
    return await add_hint(
        stage.deps, stage.viewer(member), member.id, experiment, text, key=f"{member.id}:{text}"
    )


async def discuss(stage: Stage, experiment: ExperimentId, member: Member, key: str, *, wanted: bool) -> None:
    viewer = stage.viewer(member)
    await discuss_experiment(stage.deps, viewer, member.id, experiment, wanted=wanted, key=key)


async def test_a_hint_stands_on_both_cards_and_the_mentee_is_told(
    stage: Stage, experiment: ExperimentId
) -> None:
    await dispatch(stage.deps)
    await hint(stage, experiment, "breathe")
    await dispatch(stage.deps)

    for update in stage.messenger.updates:
        assert isinstance(update.content, ExperimentCard)
        assert [(note.name, note.text) for note in update.content.hints] == [("Mira", "breathe")]
    assert sorted(update.to for update in stage.messenger.updates) == ["UMIRA", "UTOM"]
    told = stage.messenger.said_to("UTOM")[-1]
    assert isinstance(told, HintAdded)
    assert (told.mentor, told.text) == ("Mira", "breathe")
    assert hints.ADDED not in await stage.told(stage.mentor)


async def test_several_hints_keep_their_order(stage: Stage, experiment: ExperimentId) -> None:
    for text in ("one", "two", "three"):
        await hint(stage, experiment, text)
    await dispatch(stage.deps)

    card = stage.messenger.said_to("UTOM")[0]
    assert isinstance(card, ExperimentCard)
    assert [note.text for note in card.hints] == ["one", "two", "three"]


async def test_only_the_mentor_of_the_pair_adds_a_hint(stage: Stage, experiment: ExperimentId) -> None:
    with pytest.raises(NotAllowed):
        await hint(stage, experiment, "mine", by=stage.mentee)
    with pytest.raises(NotFound):
        await hint(stage, experiment, "from outside", by=stage.admin)
    with pytest.raises(NotAllowed):
        await open_hint_form(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, experiment)


async def test_an_empty_hint_is_no_hint(stage: Stage, experiment: ExperimentId) -> None:
    with pytest.raises(TextMissing):
        await hint(stage, experiment, "  ")
    assert await stage.read(lambda r: r.hints.count()) == 0


async def test_what_was_let_go_needs_no_hint(stage: Stage, experiment: ExperimentId) -> None:
    await drop_experiment(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, experiment, key="drop")

    with pytest.raises(AlreadySettled):
        await hint(stage, experiment, "late")


async def test_either_puts_a_card_on_the_agenda_and_takes_it_off(
    stage: Stage, experiment: ExperimentId
) -> None:
    await discuss(stage, experiment, stage.mentor, "1", wanted=True)
    await discuss(stage, experiment, stage.mentee, "2", wanted=True)
    (item,) = await stage.read(lambda r: agenda_of(r, stage.pair.id))
    assert (item.source_id, item.member_id) == (experiment, stage.mentor.id)

    await discuss(stage, experiment, stage.mentee, "3", wanted=False)
    await discuss(stage, experiment, stage.mentee, "4", wanted=False)
    assert await stage.read(lambda r: agenda_of(r, stage.pair.id)) == []


async def test_both_cards_say_that_it_is_on_the_agenda(stage: Stage, experiment: ExperimentId) -> None:
    await dispatch(stage.deps)
    await discuss(stage, experiment, stage.mentee, "1", wanted=True)
    await discuss(stage, experiment, stage.mentee, "2", wanted=True)
    await dispatch(stage.deps)

    assert len(stage.messenger.updates) == 2
    assert all(isinstance(u.content, ExperimentCard) and u.content.on_agenda for u in stage.messenger.updates)


async def test_nobody_outside_the_pair_changes_its_agenda(stage: Stage, experiment: ExperimentId) -> None:
    with pytest.raises(NotFound):
        await discuss(stage, experiment, stage.admin, "1", wanted=True)
