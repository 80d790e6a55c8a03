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
from bot.usecases.cards import ExperimentCard
from bot.usecases.dispatch import dispatch
from bot.usecases.evidence import (
    SaveEvidence,
    Target,
    list_evidence,
    open_evidence_form,
    remove_evidence,
    save_evidence,
    what_was_saved,
)
from bot.usecases.experiments import Commit, commit_to_experiment
from tests.usecases.conftest import Stage
from tests.usecases.test_experiments import another_pair


@pytest.fixture
async def experiment(stage: Stage) -> ExperimentId:
    command = Commit("ask first", "I lead", date(2026, 11, 27))
    viewer = stage.viewer(stage.mentee)
    return await commit_to_experiment(stage.deps, viewer, stage.mentee.id, command, key="commit")


async def save(stage: Stage, command: SaveEvidence, by: Member, *, key: str = "") -> EvidenceId:
    key = key or f"{by.id}:{command.text}"
    return await save_evidence(stage.deps, stage.viewer(by), by.id, command, key=key)


async def remove(stage: Stage, evidence: EvidenceId, by: Member) -> ExperimentId | None:
    return await remove_evidence(stage.deps, stage.viewer(by), by.id, evidence, key=f"remove:{by.id}")


def quote(stage: Stage, experiment: ExperimentId | None = None) -> SaveEvidence:
    return SaveEvidence(
        "You asked, and I thought again.",
        stage.pair.id,
        experiment,
        "After the review",
        "https://acme.slack.com/archives/C1/p1",
        "UYUKI",
    )


async def test_it_is_kept_as_it_was_said_and_counted_on_both_cards(
    stage: Stage, experiment: ExperimentId
) -> None:
    await dispatch(stage.deps)
    kept = await save(stage, quote(stage, experiment), stage.mentee)
    await dispatch(stage.deps)

    evidence = await stage.read(lambda r: r.evidence.get(kept), stage.mentor)
    assert (evidence.text, evidence.note, evidence.said_by) == (
        "You asked, and I thought again.",
        "After the review",
        "UYUKI",
    )
    assert len(stage.messenger.updates) == 2
    for update in stage.messenger.updates:
        assert isinstance(update.content, ExperimentCard)
        assert update.content.evidence == 1


async def test_the_pair_finds_it_and_nobody_else_does(stage: Stage) -> None:
    kept = await save(stage, quote(stage), stage.mentee)

    for member in (stage.mentee, stage.mentor):
        (entry,) = await stage.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE), member)
        assert (entry.title, entry.body) == ("You asked, and I thought again.", "After the review")
        assert entry.access == f"p{stage.pair.id}"
    assert await stage.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE), stage.admin) == []
    with pytest.raises(NotFound):
        await stage.read(lambda r: r.evidence.get(kept), stage.admin)


async def test_long_words_are_found_whole_under_a_short_title(stage: Stage) -> None:
    await save(stage, replace(quote(stage), text="better " * 100, note=""), stage.mentee)

    (entry,) = await stage.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE))
    assert len(entry.title) < 130
    assert entry.body.count("better") == 100


async def test_a_second_delivery_keeps_it_once(stage: Stage, experiment: ExperimentId) -> None:
    first = await save(stage, quote(stage, experiment), stage.mentee, key="view:1")

    assert await save(stage, quote(stage, experiment), stage.mentee, key="view:1") == first
    assert await stage.read(lambda r: r.evidence.count()) == 1


async def test_the_mentor_keeps_evidence_too_and_is_told_who_sees_it(
    stage: Stage, experiment: ExperimentId
) -> None:
    kept = await save(stage, quote(stage, experiment), stage.mentor)

    saved = await what_was_saved(stage.deps, stage.viewer(stage.mentor), stage.mentor.id, kept)
    assert saved.partners == ("Tom",)
    assert saved.experiment is not None


async def test_it_may_belong_to_what_is_open_or_to_the_goal_alone(
    stage: Stage, experiment: ExperimentId
) -> None:
    mine = await open_evidence_form(stage.deps, stage.viewer(stage.mentee), stage.mentee.id)
    theirs = await open_evidence_form(stage.deps, stage.viewer(stage.mentor), stage.mentor.id)

    tried = await stage.read(lambda r: r.experiments.get(experiment))
    pair = stage.pair.id
    assert mine.targets == (Target(pair, ("Mira",), (), tried), Target(pair, ("Mira",)))
    assert theirs.targets == (Target(pair, ("Tom",), ("Tom",), tried), Target(pair, ("Tom",), ("Tom",)))


async def test_people_who_are_mentioned_are_known_by_name(stage: Stage) -> None:
    form = await open_evidence_form(
        stage.deps, stage.viewer(stage.mentee), stage.mentee.id, mentioned=["UMIRA", "UNKNOWN"]
    )

    assert form.names == {"UMIRA": "Mira"}


async def test_who_is_in_no_pair_has_nobody_to_share_it_with(stage: Stage) -> None:
    with pytest.raises(NoPair):
        await open_evidence_form(stage.deps, stage.viewer(stage.admin), stage.admin.id)


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
async def test_what_does_not_fit_is_told_at_its_field(
    stage: Stage, wrong: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as caught:
        await save(stage, replace(quote(stage), **wrong), stage.mentee)

    assert caught.value.field == field  # type: ignore[attr-defined]  # all of these carry a field


async def test_nothing_is_kept_in_a_pair_of_others(stage: Stage, experiment: ExperimentId) -> None:
    with pytest.raises(NotFound):
        await save(stage, quote(stage, experiment), stage.admin)
    with pytest.raises(NotFound):
        await save(stage, replace(quote(stage), pair_id=PairId(99)), stage.mentee)
    assert await stage.read(lambda r: r.evidence.count()) == 0


async def test_what_is_removed_is_gone_from_card_list_and_search(
    stage: Stage, experiment: ExperimentId
) -> None:
    kept = await save(stage, quote(stage, experiment), stage.mentee)

    assert await remove(stage, kept, stage.mentee) == experiment

    left = await list_evidence(stage.deps, stage.viewer(stage.mentor), stage.mentor.id, experiment)
    assert left.pieces == ()
    assert await stage.read(lambda r: r.entries.count(kind=EntryKind.EVIDENCE)) == 0


async def test_only_the_keeper_removes_it_and_both_see_whose_it_is(
    stage: Stage, experiment: ExperimentId
) -> None:
    kept = await save(stage, quote(stage, experiment), stage.mentor)

    with pytest.raises(NotAllowed):
        await remove(stage, kept, stage.mentee)
    with pytest.raises(NotFound):
        await remove(stage, kept, stage.admin)
    seen = await list_evidence(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, experiment)
    assert [(piece.keeper, piece.mine) for piece in seen.pieces] == [("Mira", False)]


async def test_words_of_one_pair_are_not_kept_with_what_another_pair_tries(
    stage: Stage, experiment: ExperimentId
) -> None:
    other = await another_pair(stage, stage.admin.id)

    with pytest.raises(ChoiceMissing) as refused:
        await save(stage, replace(quote(stage, experiment), pair_id=other), stage.mentee)

    assert refused.value.field == "target"
    assert await stage.read(lambda r: r.evidence.count()) == 0
    assert await stage.read(lambda r: r.entries.count(kind=EntryKind.EVIDENCE)) == 0


async def test_a_removal_takes_away_its_own_words_and_no_others(
    stage: Stage, experiment: ExperimentId
) -> None:
    await dispatch(stage.deps)
    kept = await save(stage, quote(stage, experiment), stage.mentee)
    left = await save(stage, replace(quote(stage), text="Something else"), stage.mentee)
    await remove(stage, kept, stage.mentee)
    await dispatch(stage.deps)

    entries = await stage.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE))
    assert [entry.subject_id for entry in entries] == [left]
    cards = [update.content for update in stage.messenger.updates]
    assert {card.evidence for card in cards if isinstance(card, ExperimentCard)} == {0}
