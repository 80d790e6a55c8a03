"""Hints and the agenda, on a real database."""

from datetime import date

import pytest

from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, TextMissing
from bot.domain.ids import ExperimentId
from bot.domain.members import Member
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop import hints
from bot.usecases.loop.experiment_cards import ExperimentCard
from bot.usecases.loop.experiments import Commit, commit_to_experiment, discuss_experiment, drop_experiment
from bot.usecases.loop.hints import HintAdded, add_hint, open_hint_form
from bot.usecases.rhythm.agenda import agenda_of
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup


@pytest.fixture
async def experiment(setup: Setup) -> ExperimentId:
    command = Commit({"behaviour": "ask first", "situation": "I lead", "until": date(2026, 11, 27)})
    viewer = setup.viewer(setup.mentee)
    return await write_as(setup.deps, viewer, commit_to_experiment, command, key="commit")


async def hint(setup: Setup, experiment: ExperimentId, text: str, *, by: Member | None = None) -> int:
    member = by or setup.mentor
    return await write_as(
        setup.deps, setup.viewer(member), add_hint, experiment, text, key=f"{member.id}:{text}"
    )


async def discuss(setup: Setup, experiment: ExperimentId, member: Member, key: str, *, wanted: bool) -> None:
    viewer = setup.viewer(member)
    await write_as(setup.deps, viewer, discuss_experiment, experiment, wanted=wanted, key=key)


async def test_a_hint_stands_on_both_cards_and_the_mentee_is_told(
    setup: Setup, experiment: ExperimentId
) -> None:
    await dispatch(setup.deps)
    await hint(setup, experiment, "breathe")
    await dispatch(setup.deps)

    for update in setup.messenger.updates:
        assert isinstance(update.content, ExperimentCard)
        assert [(note.name, note.text) for note in update.content.hints] == [("Mira", "breathe")]
    assert sorted(update.to for update in setup.messenger.updates) == ["UMIRA", "UTOM"]
    told = setup.messenger.said_to("UTOM")[-1]
    assert isinstance(told, HintAdded)
    assert (told.mentor, told.text) == ("Mira", "breathe")
    assert hints.ADDED not in await setup.told(setup.mentor)


async def test_several_hints_keep_their_order(setup: Setup, experiment: ExperimentId) -> None:
    for text in ("one", "two", "three"):
        await hint(setup, experiment, text)
    await dispatch(setup.deps)

    card = setup.messenger.said_to("UTOM")[0]
    assert isinstance(card, ExperimentCard)
    assert [note.text for note in card.hints] == ["one", "two", "three"]


async def test_only_the_mentor_of_the_pair_adds_a_hint(setup: Setup, experiment: ExperimentId) -> None:
    with pytest.raises(NotAllowed):
        await hint(setup, experiment, "mine", by=setup.mentee)
    with pytest.raises(NotFound):
        await hint(setup, experiment, "from outside", by=setup.admin)
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.mentee), open_hint_form, experiment)


async def test_an_empty_hint_is_no_hint(setup: Setup, experiment: ExperimentId) -> None:
    with pytest.raises(TextMissing):
        await hint(setup, experiment, "  ")
    assert await setup.read(lambda r: r.hints.count()) == 0


async def test_what_was_let_go_needs_no_hint(setup: Setup, experiment: ExperimentId) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentee), drop_experiment, experiment, key="drop")

    with pytest.raises(AlreadySettled):
        await hint(setup, experiment, "late")


async def test_either_puts_a_card_on_the_agenda_and_takes_it_off(
    setup: Setup, experiment: ExperimentId
) -> None:
    await discuss(setup, experiment, setup.mentor, "1", wanted=True)
    await discuss(setup, experiment, setup.mentee, "2", wanted=True)
    (item,) = await setup.read(lambda r: agenda_of(r, setup.pair.id))
    assert (item.source_id, item.member_id) == (experiment, setup.mentor.id)

    await discuss(setup, experiment, setup.mentee, "3", wanted=False)
    await discuss(setup, experiment, setup.mentee, "4", wanted=False)
    assert await setup.read(lambda r: agenda_of(r, setup.pair.id)) == []


async def test_both_cards_say_that_it_is_on_the_agenda(setup: Setup, experiment: ExperimentId) -> None:
    await dispatch(setup.deps)
    await discuss(setup, experiment, setup.mentee, "1", wanted=True)
    await discuss(setup, experiment, setup.mentee, "2", wanted=True)
    await dispatch(setup.deps)

    assert len(setup.messenger.updates) == 2
    assert all(isinstance(u.content, ExperimentCard) and u.content.on_agenda for u in setup.messenger.updates)


async def test_nobody_outside_the_pair_changes_its_agenda(setup: Setup, experiment: ExperimentId) -> None:
    with pytest.raises(NotFound):
        await discuss(setup, experiment, setup.admin, "1", wanted=True)
