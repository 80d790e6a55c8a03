"""What is opened, whose it is, what it is linked with, and where it could be tried, on a real database."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId, PairId
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.domain.results import Adherence, Result
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.repository.search_hits import Whose
from bot.usecases.repository.search_things import Thing, open_thing
from tests.running import read_as
from tests.usecases.conftest import Setup
from tests.usecases.repository.test_search import NOW, a_stranger, an_insight
from tests.usecases.rhythm.test_sessions import a_member, a_pair


async def opened(setup: Setup, who: Member, kind: EntryKind, id_: int) -> Thing:
    return await read_as(setup.deps, setup.viewer(who), open_thing, kind, id_)


@pytest.mark.parametrize(
    ("visibility", "whose"), [(Visibility.COHORT, Whose.COHORT), (Visibility.WORKSPACE, Whose.COLLEAGUE)]
)
async def test_what_is_shared_is_opened_without_a_name(
    setup: Setup, visibility: Visibility, whose: Whose
) -> None:
    insight = await an_insight(setup, "ask first", visibility)
    yuki = await a_stranger(setup, in_cohort=True)

    thing = await opened(setup, yuki, EntryKind.INSIGHT, insight.id)
    assert (thing.whose, thing.name, thing.shared) == (whose, "", visibility)
    thing = await opened(setup, setup.mentor, EntryKind.INSIGHT, insight.id)
    assert (thing.whose, thing.name) == (Whose.PARTNER, "Tom")
    thing = await opened(setup, setup.mentee, EntryKind.INSIGHT, insight.id)
    assert (thing.whose, thing.name) == (Whose.MINE, "")


async def test_whoever_left_the_pair_reads_no_name_any_more(setup: Setup) -> None:
    insight = await an_insight(setup, "ask first", Visibility.WORKSPACE)
    (membership,) = await setup.read(lambda r: r.memberships.find(member_id=setup.mentor.id))
    await setup.write(lambda r: r.memberships.update(replace(membership, left_at=NOW)))

    thing = await opened(setup, setup.mentor, EntryKind.INSIGHT, insight.id)

    assert (thing.whose, thing.name) == (Whose.COLLEAGUE, "")


async def test_a_thing_is_linked_with_all_ways_in_which_it_was_tried_and_with_no_mere_tap(
    setup: Setup,
) -> None:
    def tries(tx: Tx) -> tuple[int, int]:
        here = setup.workspace.id, setup.pair.id
        first = Experiment(*here, setup.mentee.id, "ask first", "I lead", date(2026, 11, 30), NOW)
        old = tx.experiments.insert(first)
        again = replace(first, behaviour="wait a breath", parent_id=ExperimentId(old.id))
        new = tx.experiments.insert(again)
        tx.results.insert(Result(*here, ExperimentId(new.id), setup.mentee.id, Adherence.DID, NOW))
        return old.id, new.id

    old, new = await setup.write(tries)

    links = (await opened(setup, setup.mentee, EntryKind.EXPERIMENT, new)).links
    assert [(link.kind, link.subject_id) for link in links] == [(EntryKind.EXPERIMENT, old)]
    links = (await opened(setup, setup.mentee, EntryKind.EXPERIMENT, old)).links
    assert [(link.kind, link.subject_id) for link in links] == [(EntryKind.EXPERIMENT, new)]


async def test_an_insight_can_be_tried_in_its_own_pair_else_in_the_newest_in_which_one_learns(
    setup: Setup,
) -> None:
    insight = await an_insight(setup, "ask first")

    async def try_in(who: Member) -> PairId | None:
        return (await opened(setup, who, EntryKind.INSIGHT, insight.id)).try_in

    assert await try_in(setup.mentor) is None
    await a_pair(setup, await a_member(setup, "Zoe"), setup.mentee)
    assert await try_in(setup.mentee) == setup.pair.id
    await a_pair(setup, setup.admin, setup.mentor)
    newest = await a_pair(setup, await a_member(setup, "Yuki"), setup.mentor)
    assert await try_in(setup.mentor) == newest
