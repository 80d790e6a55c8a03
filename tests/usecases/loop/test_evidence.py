"""Evidence, on a real database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.errors import (
    ChoiceMissing,
    DayToCome,
    DayTooEarly,
    LinkNotUnderstood,
    NoPair,
    NotAllowed,
    NotFound,
    TextMissing,
    TextTooLong,
)
from bot.domain.evidence import EvidenceKind, NoSuchNumber
from bot.domain.ids import EvidenceId, ExperimentId, PairId
from bot.domain.members import Member
from bot.domain.readings import Source
from bot.domain.stored import EntryKind
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
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.loop.indicators import Measure
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_experiments import another_pair


@pytest.fixture
async def experiment(setup: Setup) -> ExperimentId:
    command = Commit({"behaviour": "ask first", "situation": "I lead", "until": date(2026, 11, 27)})
    viewer = setup.viewer(setup.mentee)
    return await write_as(setup.deps, viewer, commit_to_experiment, command, key="commit")


async def save(setup: Setup, command: SaveEvidence, by: Member, *, key: str = "") -> EvidenceId:
    key = key or f"{by.id}:{command.shown['text']}"
    kept, _ = await write_as(setup.deps, setup.viewer(by), save_evidence, command, key=key)
    return kept


async def remove(setup: Setup, evidence: EvidenceId, by: Member) -> ExperimentId | None:
    return await write_as(setup.deps, setup.viewer(by), remove_evidence, evidence, key=f"remove:{by.id}")


def quote(setup: Setup, experiment: ExperimentId | None = None) -> SaveEvidence:
    return SaveEvidence(
        {
            "text": "You asked, and I thought again.",
            "note": "After the review",
            "link": "https://acme.slack.com/archives/C1/p1",
            "said_by": "UYUKI",
        },
        pair_id=setup.pair.id,
        experiment_id=experiment,
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
    await save(setup, showing(quote(setup), text="better " * 100, note=""), setup.mentee)

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
        await save(setup, showing(quote(setup), **wrong), setup.mentee)

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
    left = await save(setup, showing(quote(setup), text="Something else"), setup.mentee)
    await remove(setup, kept, setup.mentee)
    await dispatch(setup.deps)

    entries = await setup.read(lambda r: r.entries.find(kind=EntryKind.EVIDENCE))
    assert [entry.subject_id for entry in entries] == [left]
    cards = [update.content for update in setup.messenger.updates]
    assert {card.evidence for card in cards if isinstance(card, ExperimentCard)} == {0}


@pytest.fixture
async def counted(setup: Setup) -> ExperimentId:
    """A try with two numbers."""
    shown = {"behaviour": "wait", "situation": "I lead", "until": date(2026, 11, 27)}
    numbers = (Measure("talk time", baseline=Decimal(5)), Measure("questions"))
    command = Commit(shown, numbers)
    return await write_as(
        setup.deps, setup.viewer(setup.mentee), commit_to_experiment, command, key="counted"
    )


def with_number(setup: Setup, experiment: ExperimentId | None, **number: object) -> SaveEvidence:
    shown = {"number_name": "", "number_value": None, "number_day": None, **number}
    return SaveEvidence({"text": "Less of me", "kind": EvidenceKind.NUMBER}, setup.pair.id, experiment, shown)


async def readings(setup: Setup) -> list[tuple[Decimal, date]]:
    found = await setup.read(lambda r: r.readings.find(source=Source.NOTE))
    return [(one.value, one.day) for one in found]


async def test_a_number_that_is_named_becomes_a_reading_of_its_series(
    setup: Setup, counted: ExperimentId
) -> None:
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_evidence_form, experiment=counted)
    assert form.numbers == ("talk time", "questions")
    day = date(2026, 11, 22)

    kept = await save(
        setup,
        with_number(setup, counted, number_name="Talk Time", number_value=Decimal(3), number_day=day),
        setup.mentee,
    )

    assert await readings(setup) == [(Decimal(3), day)]
    assert (await setup.read(lambda r: r.evidence.get(kept))).kind is EvidenceKind.NUMBER


async def test_a_number_of_the_goal_is_noted_with_evidence_for_the_goal_alone(setup: Setup) -> None:
    shown = {"text": "talk less", "number_name": "minutes", "number_now": Decimal(9)}
    await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, SetGoal(shown), key="goal")
    setup.clock.move(days=1)

    await save(
        setup, with_number(setup, None, number_value=Decimal(4)), setup.mentee
    )  # the only one there is

    assert await readings(setup) == [(Decimal(4), date(2026, 11, 24))]


@pytest.mark.parametrize(
    ("number", "field", "error"),
    [
        ({"number_value": Decimal(3)}, "number_name", NoSuchNumber),  # which of the two?
        ({"number_name": "loudness", "number_value": Decimal(3)}, "number_name", NoSuchNumber),
        ({"number_name": "talk time"}, "number_value", TextMissing),
        (
            {"number_name": "talk time", "number_value": Decimal(3), "number_day": date(2026, 11, 24)},
            "number_day",
            DayToCome,
        ),
        (
            {"number_name": "talk time", "number_value": Decimal(3), "number_day": date(2026, 9, 1)},
            "number_day",
            DayTooEarly,
        ),
    ],
)
async def test_a_number_that_cannot_be_noted_is_told_at_its_field_and_nothing_is_kept(
    setup: Setup, counted: ExperimentId, number: dict[str, object], field: str, error: type[Exception]
) -> None:
    with pytest.raises(error) as refused:
        await save(setup, with_number(setup, counted, **number), setup.mentee)

    assert getattr(refused.value, "field", "") == field
    assert (await readings(setup), await setup.read(lambda r: r.evidence.count())) == ([], 0)


async def test_only_whoever_tries_it_notes_its_numbers(setup: Setup, counted: ExperimentId) -> None:
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_evidence_form, experiment=counted)
    assert form.numbers == ()

    with pytest.raises(NoSuchNumber):
        await save(
            setup,
            with_number(setup, counted, number_name="talk time", number_value=Decimal(3)),
            setup.mentor,
        )
    assert await readings(setup) == []


async def test_where_there_is_no_number_none_is_noted(setup: Setup, experiment: ExperimentId) -> None:
    with pytest.raises(NoSuchNumber) as refused:
        await save(setup, with_number(setup, experiment, number_value=Decimal(3)), setup.mentee)

    assert refused.value.names == ()


async def goal_with(setup: Setup, text: str, number: str) -> None:
    shown = {"text": text, "number_name": number, "number_now": Decimal(9)}
    await write_as(setup.deps, setup.viewer(setup.mentee), set_goal, SetGoal(shown), key=text)


async def test_of_two_numbers_of_one_name_each_has_a_name_to_choose_it_by(setup: Setup) -> None:
    await goal_with(setup, "talk less", "Minutes")
    await goal_with(setup, "read more", "minutes")
    setup.clock.move(days=1)
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_evidence_form)
    assert form.numbers == ("Minutes 1 (talk less)", "minutes 2 (read more)")

    with pytest.raises(NoSuchNumber) as error:
        await save(
            setup, with_number(setup, None, number_name="minutes", number_value=Decimal(4)), setup.mentee
        )
    assert error.value.names == form.numbers
    await save(
        setup, with_number(setup, None, number_name="MINUTES 2", number_value=Decimal(4)), setup.mentee
    )
    await save(
        setup,
        with_number(setup, None, number_name=form.numbers[1], number_value=Decimal(5)),
        setup.mentee,
        key="shown",
    )

    [noted] = await setup.read(lambda r: r.readings.find(source=Source.NOTE))
    meant = await setup.read(lambda r: r.indicators.get(noted.indicator_id))
    assert meant.name == "minutes"


async def test_the_number_of_which_a_new_one_takes_the_place_is_told(
    setup: Setup, counted: ExperimentId
) -> None:
    told = []
    for number, value in enumerate((4, 5)):
        command = with_number(setup, counted, number_name="questions", number_value=Decimal(value))
        _, before = await write_as(
            setup.deps, setup.viewer(setup.mentee), save_evidence, command, key=str(number)
        )
        told.append(before)

    assert told == [None, "4"]
