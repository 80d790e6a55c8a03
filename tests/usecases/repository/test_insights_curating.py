"""Insights that grow old, on a real database: what they said before, merged, outdated, and their tags."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.entries import Filters
from bot.domain.errors import AlreadySettled, NotAllowed, NotFound
from bot.domain.experiments import Experiment
from bot.domain.ids import InsightId, InsightImportId
from bot.domain.insights import Visibility
from bot.domain.insights_import import InsightImport
from bot.domain.members import Member
from bot.domain.results import Adherence, Grade, Result
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.repository import insight_cards
from bot.usecases.repository.insights import open_insight_form
from bot.usecases.repository.insights_curating import (
    MergeInsights,
    load_history,
    mark_outdated,
    merge_insights,
    open_merge_form,
    open_other_form,
    take_apart,
)
from bot.usecases.repository.insights_import import undo_rows
from bot.usecases.repository.insights_sharing import answer_wish
from bot.usecases.repository.search import find
from bot.usecases.repository.search_things import open_thing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.repository.test_insights import (
    COHORT,
    EVERYONE,
    PAIR,
    a_stranger,
    answer,
    choose,
    keep,
    the,
)

SECOND: dict[str, Any] = {"behaviour": "listen longer", "outcome": "they stay", "tags": "patience"}
BOTH = {
    "situation": "I lead",
    "behaviour": "ask, then listen",
    "outcome": "they speak and stay",
    "tags": "listening",
}


async def do(setup: Setup, member: Member, use_case: Any, *args: Any, **named: Any) -> Any:
    key = f"{use_case.__name__}:{member.id}:{args}:{named}"
    return await write_as(setup.deps, setup.viewer(member), use_case, *args, **named, key=key)


async def two(setup: Setup, visibility: Visibility = PAIR) -> tuple[InsightId, InsightId]:
    """Two of the same pair; the circle has both agreed to."""
    first = await keep(setup, visibility, key="first")
    second = await keep(setup, visibility, key="second", **SECOND)
    if visibility is not PAIR:
        for number in (first, second):
            read = setup.viewer(setup.mentor)
            await write_as(
                setup.deps, read, answer_wish, number, visibility, 1, agree=True, key=f"yes {number}"
            )
    return first, second


async def merged(setup: Setup, first: InsightId, second: InsightId, member: Member | None = None) -> None:
    await do(setup, member or setup.mentee, merge_insights, MergeInsights(first, second, BOTH))


async def found(setup: Setup, member: Member, words: str) -> list[int]:
    answered = await read_as(setup.deps, setup.viewer(member), find, words, Filters(kind=EntryKind.INSIGHT))
    return [hit.subject_id for hit in answered.hits]


async def test_what_it_said_before_stays_with_the_two(setup: Setup) -> None:
    insight = await keep(setup, COHORT)
    await answer(setup, setup.mentor, insight, COHORT)
    written = setup.clock.now()
    setup.clock.move(days=1)

    await keep(setup, COHORT, key="again", insight_id=insight, outcome="they speak up")

    for member in (setup.mentor, setup.mentee):
        history = await read_as(setup.deps, setup.viewer(member), load_history, insight)
        assert [(one.edition, one.outcome, one.created_at) for one in history.earlier] == [
            (1, "they speak", written)
        ]
        assert history.author == "Tom"
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.admin), load_history, insight)
    assert not await setup.read(lambda r: r.insight_editions.find(), setup.admin)


async def test_a_change_that_changes_nothing_is_no_edition(setup: Setup) -> None:
    insight = await keep(setup)

    await keep(setup, key="again", insight_id=insight)

    assert await setup.read(lambda r: r.insight_editions.count()) == 0
    assert (await the(setup, insight)).edition == 1


async def test_what_holds_no_more_is_found_all_the_same_and_said_to_be_so(setup: Setup) -> None:
    stranger = await a_stranger(setup)
    insight = await keep(setup, EVERYONE)
    await answer(setup, setup.mentor, insight, EVERYONE)

    await do(setup, setup.mentor, mark_outdated, insight, outdated=True)

    for member in (setup.mentee, setup.mentor, stranger):
        answered = await read_as(setup.deps, setup.viewer(member), find, "ask first")
        assert [(hit.subject_id, hit.outdated) for hit in answered.hits] == [(insight, True)]
        thing = await read_as(setup.deps, setup.viewer(member), open_thing, EntryKind.INSIGHT, insight)
        assert getattr(thing.subject, "outdated_at", None) == setup.clock.now()
    assert (await setup.told(setup.mentee)).count(insight_cards.CONSENT) == 0


async def test_what_holds_still_comes_before_what_does_not(setup: Setup) -> None:
    old, held = await keep(setup, key="old"), await keep(setup, key="held")
    assert await found(setup, setup.mentee, "ask first") == [held, old]

    await do(setup, setup.mentee, mark_outdated, held, outdated=True)

    assert await found(setup, setup.mentee, "ask first") == [old, held]
    await do(setup, setup.mentor, mark_outdated, held, outdated=False)
    assert await found(setup, setup.mentee, "ask first") == [held, old]


async def test_two_that_say_the_same_are_found_as_one_with_both_stories(setup: Setup) -> None:
    first, second = await two(setup)

    await merged(setup, first, second)

    assert await found(setup, setup.mentor, "ask listen stay") == [first]
    thing = await read_as(setup.deps, setup.viewer(setup.mentor), open_thing, EntryKind.INSIGHT, first)
    assert [link.subject_id for link in thing.links] == [second]
    history = await read_as(setup.deps, setup.viewer(setup.mentor), load_history, first)
    assert [one.id for one in history.merged] == [second]
    assert [one.behaviour for one in history.earlier] == ["ask first"]


async def test_others_read_neither_the_new_words_nor_the_one_that_went_before_the_partners_yes(
    setup: Setup,
) -> None:
    stranger = await a_stranger(setup)
    first, second = await two(setup, EVERYONE)
    assert set(await found(setup, stranger, "ask listen")) == {first, second}

    await merged(setup, first, second)

    assert await found(setup, stranger, '"stay"') == []
    answered = await read_as(setup.deps, setup.viewer(stranger), find, "ask first")
    assert ["".join(text for text, _ in hit.title) for hit in answered.hits] == ["ask first – I lead"]


async def test_either_takes_them_apart_again_for_the_two_alone(setup: Setup) -> None:
    stranger = await a_stranger(setup)
    first, second = await two(setup, EVERYONE)
    await merged(setup, first, second)

    await do(setup, setup.mentor, take_apart, second)

    assert await found(setup, setup.mentee, "listen longer") == [second, first]
    assert second not in await found(setup, stranger, "listen longer")
    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, setup.viewer(setup.mentee), take_apart, second, key="once more")


async def test_two_stories_count_as_seen_again_until_they_are_taken_apart(setup: Setup) -> None:
    first, second = await two(setup)
    await of_results(setup, first, second)

    await merged(setup, first, second)
    assert (await the(setup, first)).grade is Grade.REPEATED
    await keep(setup, key="later", insight_id=first, result_id=(await the(setup, first)).result_id)
    assert (await the(setup, first)).grade is Grade.REPEATED

    await do(setup, setup.mentee, take_apart, second)
    assert (await the(setup, first)).grade is Grade.HUNCH


async def of_results(setup: Setup, *insights: InsightId) -> None:
    """Each of these came from a try of its own."""

    def write(tx: Tx) -> None:
        for insight in insights:
            whose = (setup.workspace.id, setup.pair.id)
            tried = tx.experiments.insert(
                Experiment(*whose, setup.mentee.id, "ask", "I lead", date(2026, 12, 1), tx.now)
            )
            result = tx.results.insert(
                Result(*whose, tried.id, setup.mentee.id, Adherence.DID, tx.now, told_at=tx.now)
            )
            known = tx.insights.get(insight)
            tx.insights.update(replace(known, result_id=result.id, experiment_id=tried.id))

    await setup.write(write)


async def test_what_another_stands_for_is_neither_changed_nor_shared(setup: Setup) -> None:
    first, second = await two(setup)
    await merged(setup, first, second)

    for act in (
        lambda: keep(setup, key="change", insight_id=second, outcome="other"),
        lambda: choose(setup, setup.mentor, second, EVERYONE),
        lambda: do(setup, setup.mentor, mark_outdated, second, outdated=True),
        lambda: merged(setup, second, first),
    ):
        with pytest.raises(AlreadySettled):
            await act()
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_insight_form, insight_id=second)
    assert form.insight_id == first


async def test_only_what_i_wrote_stands_for_another(setup: Setup) -> None:
    first, second = await two(setup)

    with pytest.raises(NotAllowed):
        await merged(setup, first, second, setup.mentor)
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.mentor), open_other_form, first)
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.admin), open_merge_form, first, second)


async def test_what_stands_for_others_stays_when_its_import_is_undone(setup: Setup) -> None:
    first, second = await two(setup)

    def imported(tx: Tx) -> InsightImportId:
        begun = tx.insight_imports.insert(InsightImport(setup.workspace.id, setup.mentee.id, "f", tx.now))
        tx.insights.update(replace(tx.insights.get(first), import_id=begun.id))
        tx.insights.update(replace(tx.insights.get(second), merged_into=first))
        return begun.id

    begun = await setup.write(imported)
    undone = await setup.write(lambda tx: undo_rows(tx, begun, 0, 10))

    assert (undone.taken, undone.stayed) == (0, 1)


async def test_tags_of_earlier_insights_are_offered_to_the_pair_and_to_nobody_else(setup: Setup) -> None:
    await keep(setup)
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_insight_form)
    assert form.suggested == ("listening",)

    second = await keep(setup, key="second", tags="")
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_insight_form, insight_id=second)
    assert form.suggested == ("listening",)
