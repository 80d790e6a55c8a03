"""Evidence, on a real database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.entries import EntryKind
from bot.domain.errors import (
    ChoiceMissing,
    LinkNotUnderstood,
    NoPair,
    NotAllowed,
    NotFound,
    TextMissing,
    TextTooLong,
)
from bot.domain.ids import EvidenceId, ExperimentId, PairId
from bot.domain.members import Member
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.loop.evidence import (
    SaveEvidence,
    Target,
    list_evidence,
    open_evidence_form,
    remove_evidence,
    save_evidence,
    what_was_saved,
)
from bot.usecases.loop.experiment_cards import ExperimentCard
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_experiments import another_pair


@pytest.fixture
async def experiment(setup: Setup) -> ExperimentId:
    command = Commit("ask first", "I lead", date(2026, 11, 27))
    viewer = setup.viewer(setup.mentee)
    return await write_as(setup.deps, viewer, commit_to_experiment, command, key="commit")


async def save(setup: Setup, command: SaveEvidence, by: Member, *, key: str = "") -> EvidenceId:
    key = key or f"{by.id}:{command.text}"
    return await write_as(setup.deps, setup.viewer(by), save_evidence, command, key=key)


async def remove(setup: Setup, evidence: EvidenceId, by: Member) -> ExperimentId | None:
    return await write_as(setup.deps, setup.viewer(by), remove_evidence, evidence, key=f"remove:{by.id}")


def quote(setup: Setup, experiment: ExperimentId | None = None) -> SaveEvidence:
    return SaveEvidence(
        "You asked, and I thought again.",
        setup.pair.id,
        experiment,
        "After the review",
        "https://acme.slack.com/archives/C1/p1",
        "UYUKI",
    )


async def test_it_is_kept_as_it_was_said_and_counted_on_both_cards(
    setup: Setup, experiment: ExperimentId
) -> None:
    await dispatch(setup.deps)
    kept = await save(setup, quote(setup, experiment), setup.mentee)
    await dispatch(setup.deps)

    evidence = await setup.read(lambda r: r.evidence.get(kept), setup.mentor)
    assert (evidence.text, evidence.note, evidence.said_by) == (
        "You asked, and I thought again.",
        "After the review",
        "UYUKI",
    )
    assert len(setup.messenger.updates) == 2
    for update in setup.messenger.updates:
        assert isinstance(update.content, ExperimentCard)
        assert update.content.evidence == 1


async def test_the_pair_finds_it_and_nobody_else_does(setup: Setup) -> None:
    kept = await save(setup, quote(setup), setup.mentee)

    for member in (setup.mentee, setup.mentor):
        (entry,) = await setup.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE), member)
        assert (entry.title, entry.body) == ("You asked, and I thought again.", "After the review")
        assert entry.access == f"p{setup.pair.id}"
    assert await setup.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE), setup.admin) == []
    with pytest.raises(NotFound):
        await setup.read(lambda r: r.evidence.get(kept), setup.admin)


async def test_long_words_are_found_whole_under_a_short_title(setup: Setup) -> None:
    await save(setup, replace(quote(setup), text="better " * 100, note=""), setup.mentee)

    (entry,) = await setup.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE))
    assert len(entry.title) < 130
    assert entry.body.count("better") == 100


async def test_a_second_delivery_keeps_it_once(setup: Setup, experiment: ExperimentId) -> None:
    first = await save(setup, quote(setup, experiment), setup.mentee, key="view:1")

    assert await save(setup, quote(setup, experiment), setup.mentee, key="view:1") == first
    assert await setup.read(lambda r: r.evidence.count()) == 1


async def test_the_mentor_keeps_evidence_too_and_is_told_who_sees_it(
    setup: Setup, experiment: ExperimentId
) -> None:
    kept = await save(setup, quote(setup, experiment), setup.mentor)

    saved = await read_as(setup.deps, setup.viewer(setup.mentor), what_was_saved, kept)
    assert saved.partners == ("Tom",)
    assert saved.experiment is not None


async def test_it_may_belong_to_what_is_open_or_to_the_goal_alone(
    setup: Setup, experiment: ExperimentId
) -> None:
    mine = await read_as(setup.deps, setup.viewer(setup.mentee), open_evidence_form)
    theirs = await read_as(setup.deps, setup.viewer(setup.mentor), open_evidence_form)

    tried = await setup.read(lambda r: r.experiments.get(experiment))
    pair = setup.pair.id
    assert mine.targets == (Target(pair, ("Mira",), (), tried), Target(pair, ("Mira",)))
    assert theirs.targets == (Target(pair, ("Tom",), ("Tom",), tried), Target(pair, ("Tom",), ("Tom",)))


async def test_people_who_are_mentioned_are_known_by_name(setup: Setup) -> None:
    form = await read_as(
        setup.deps, setup.viewer(setup.mentee), open_evidence_form, mentioned=["UMIRA", "UNKNOWN"]
    )

    assert form.names == {"UMIRA": "Mira"}


async def test_who_is_in_no_pair_has_nobody_to_share_it_with(setup: Setup) -> None:
    with pytest.raises(NoPair):
        await read_as(setup.deps, setup.viewer(setup.admin), open_evidence_form)


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"text": " "}, TextMissing, "text"),
        ({"text": "x" * 3001}, TextTooLong, "text"),
        ({"note": "x" * 601}, TextTooLong, "note"),
        ({"link": "javascript:alert(1)"}, LinkNotUnderstood, "link"),
        ({"pair_id": None}, ChoiceMissing, "target"),
    ],
)
async def test_evidence_that_does_not_fit_is_told_at_its_field(
    setup: Setup, wrong: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as caught:
        await save(setup, replace(quote(setup), **wrong), setup.mentee)

    assert caught.value.field == field  # type: ignore[attr-defined]  # all of these carry a field


async def test_nothing_is_kept_in_a_pair_of_others(setup: Setup, experiment: ExperimentId) -> None:
    with pytest.raises(NotFound):
        await save(setup, quote(setup, experiment), setup.admin)
    with pytest.raises(NotFound):
        await save(setup, replace(quote(setup), pair_id=PairId(99)), setup.mentee)
    assert await setup.read(lambda r: r.evidence.count()) == 0


async def test_what_is_removed_is_gone_from_card_list_and_search(
    setup: Setup, experiment: ExperimentId
) -> None:
    kept = await save(setup, quote(setup, experiment), setup.mentee)

    assert await remove(setup, kept, setup.mentee) == experiment

    left = await read_as(setup.deps, setup.viewer(setup.mentor), list_evidence, experiment)
    assert left.pieces == ()
    assert await setup.read(lambda r: r.entries.count(kind=EntryKind.EVIDENCE)) == 0


async def test_only_the_keeper_removes_it_and_both_see_whose_it_is(
    setup: Setup, experiment: ExperimentId
) -> None:
    kept = await save(setup, quote(setup, experiment), setup.mentor)

    with pytest.raises(NotAllowed):
        await remove(setup, kept, setup.mentee)
    with pytest.raises(NotFound):
        await remove(setup, kept, setup.admin)
    seen = await read_as(setup.deps, setup.viewer(setup.mentee), list_evidence, experiment)
    assert [(piece.keeper, piece.mine) for piece in seen.pieces] == [("Mira", False)]


async def test_words_of_one_pair_are_not_kept_with_what_another_pair_tries(
    setup: Setup, experiment: ExperimentId
) -> None:
    other = await another_pair(setup, setup.admin.id)

    with pytest.raises(ChoiceMissing) as refused:
        await save(setup, replace(quote(setup, experiment), pair_id=other), setup.mentee)

    assert refused.value.field == "target"
    assert await setup.read(lambda r: r.evidence.count()) == 0
    assert await setup.read(lambda r: r.entries.count(kind=EntryKind.EVIDENCE)) == 0


async def test_a_removal_takes_away_its_own_words_and_no_others(
    setup: Setup, experiment: ExperimentId
) -> None:
    await dispatch(setup.deps)
    kept = await save(setup, quote(setup, experiment), setup.mentee)
    left = await save(setup, replace(quote(setup), text="Something else"), setup.mentee)
    await remove(setup, kept, setup.mentee)
    await dispatch(setup.deps)

    entries = await setup.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE))
    assert [entry.subject_id for entry in entries] == [left]
    cards = [update.content for update in setup.messenger.updates]
    assert {card.evidence for card in cards if isinstance(card, ExperimentCard)} == {0}
