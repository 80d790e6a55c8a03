"""A try, what came of it and what was said to it are one find, of what its reader may see; filters count the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.entries import Filters, Scope, Since
from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId, ResultId
from bot.domain.insights import FIRST_EDITION, Insight, Visibility
from bot.domain.results import Adherence, Grade, Response, Result
from bot.domain.search_stories import Counts, narrowings
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.repository.insights_sharing import share
from bot.usecases.repository.search import EVERYTHING, Found
from bot.usecases.repository.search_hits import Whose
from bot.usecases.repository.search_records import find_records
from tests.running import read_as
from tests.usecases.conftest import Setup
from tests.usecases.repository.test_search import NOW, a_goal, a_stranger, looked, plain, titles

UNTIL = date(2026, 11, 30)


async def a_story(setup: Setup, visibility: Visibility = Visibility.PAIR) -> dict[str, int]:
    """Tom asked openly in the standup, told of it, tried it another way, and kept what he saw; Mira answered."""

    def write(tx: Tx) -> dict[str, int]:
        here = setup.workspace.id, setup.pair.id
        mine = (*here, setup.mentee.id)
        first = tx.experiments.insert(Experiment(*mine, "ask openly", "the standup begins", UNTIL, NOW))
        again = Experiment(
            *mine, "wait a breath", "the standup begins", UNTIL, NOW, parent_id=ExperimentId(first.id)
        )
        second = tx.experiments.insert(again)
        tried = ExperimentId(first.id)
        told = Result(
            *here,
            tried,
            setup.mentee.id,
            Adherence.DID,
            NOW,
            NOW,
            "Everybody spoke in turn",
            grade=Grade.REPEATED,
        )
        result = tx.results.insert(told)
        line = "The silence carried it"
        response = tx.responses.insert(Response(*here, ResultId(result.id), setup.mentor.id, line, NOW))
        insight = tx.insights.insert(
            Insight(
                *here,
                setup.cohort.id,
                setup.mentee.id,
                "the standup begins",
                "asking openly",
                "people speak up",
                NOW,
                NOW,
                ("standup",),
                visibility,
                experiment_id=tried,
                grade=Grade.TESTED,
                agreed=0 if visibility is Visibility.PAIR else FIRST_EDITION,
            )
        )
        for thing in (first, second, result, response):
            make_findable(tx, thing)
        share(tx, insight)
        return {
            "first": first.id, "second": second.id, "result": result.id, "response": response.id,
            "insight": insight.id,
        }  # fmt: skip

    return await setup.write(write)


async def test_a_thread_is_one_find_with_what_came_of_it_its_grade_and_its_other_ways(setup: Setup) -> None:
    await a_story(setup)

    found = await looked(setup, setup.mentee, "standup ask")

    [hit] = found.hits
    assert (found.total, found.complete) == (1, 1)
    assert plain(hit.title).startswith("ask")
    assert hit.grade is Grade.TESTED
    assert hit.also == ("wait a breath",)


@pytest.mark.parametrize(
    ("text", "kind", "came"),
    [
        ("turn", EntryKind.RESULT, "Everybody spoke in turn"),
        ("silence", EntryKind.RESPONSE, "The silence carried it"),
        ("breath", EntryKind.EXPERIMENT, "Everybody spoke in turn"),
    ],
)
async def test_the_best_passage_is_shown_else_what_happened(
    setup: Setup, text: str, kind: EntryKind, came: str
) -> None:
    ids = await a_story(setup)

    [hit] = (await looked(setup, setup.mentor, text)).hits

    assert (hit.kind, plain(hit.snippet)) == (kind, came)
    assert [piece for piece, wanted in (*hit.title, *hit.snippet) if wanted] == [text]
    opened = {EntryKind.RESULT: "result", EntryKind.RESPONSE: "response", EntryKind.EXPERIMENT: "second"}
    assert hit.subject_id == ids[opened[kind]]
    assert hit.also == (("ask openly",) if kind is EntryKind.EXPERIMENT else ("wait a breath",))


async def test_of_a_story_others_see_what_was_shared_and_it_counts_as_one(setup: Setup) -> None:
    await a_story(setup, Visibility.COHORT)
    stranger = await a_stranger(setup, in_cohort=True)

    found = await looked(setup, stranger, "standup")

    [hit] = found.hits
    assert (hit.kind, hit.whose, hit.name, hit.also) == (EntryKind.INSIGHT, Whose.COHORT, "", ())
    assert plain(hit.snippet) == "people speak up"
    assert found.counts == Counts(
        kinds={EntryKind.INSIGHT: 1},
        grades={Grade.TESTED: 1},
        since=dict.fromkeys(Since, 1),
        scopes={},
        tags={"standup": 1},
    )
    for text in ("breath", "silence", "turn"):
        assert (await looked(setup, stranger, f'"{text}"')).total == 0


async def test_a_program_reads_every_entry_by_itself_in_order_and_which_belong_together(setup: Setup) -> None:
    ids = await a_story(setup)

    records = (await read_as(setup.deps, setup.viewer(setup.mentee), find_records, "standup", 10)).records

    found = {(record.hit.kind, record.hit.subject_id): record.entry.story for record in records}
    assert found == {
        (EntryKind.EXPERIMENT, ids["first"]): f"experiment:{ids['first']}",
        (EntryKind.EXPERIMENT, ids["second"]): f"experiment:{ids['first']}",
        (EntryKind.RESULT, ids["result"]): f"experiment:{ids['first']}",
        (EntryKind.RESPONSE, ids["response"]): f"experiment:{ids['first']}",
        (EntryKind.INSIGHT, ids["insight"]): f"experiment:{ids['first']}",
    }
    best = await read_as(setup.deps, setup.viewer(setup.mentee), find_records, "silence", 1)
    assert [record.hit.kind for record in best.records] == [EntryKind.RESPONSE]
    assert best.found.total == 1


async def test_each_filter_finds_just_as_many_stories_as_were_counted(setup: Setup) -> None:
    await a_story(setup)
    old = await a_goal(setup, "Run the standup", who=setup.mentor)
    await a_goal(setup, "Lead the standup")
    long_ago = NOW - timedelta(days=60)

    def age(tx: Tx) -> None:
        entry = tx.entries.first(kind=EntryKind.GOAL, subject_id=old.id)
        assert entry is not None
        tx.entries.update(replace(entry, created_at=long_ago))

    await setup.write(age)
    setup.clock.moment = NOW

    found = await looked(setup, setup.mentee, "standup")
    assert found.total == 3
    ways = narrowings(EVERYTHING, found.counts, found.total)
    assert {(way.filters, way.count) for way in ways} >= {
        (Filters(kind=EntryKind.GOAL), 2),
        (Filters(grade=Grade.REPEATED), 1),
        (Filters(since=Since.MONTH), 2),
        (Filters(Scope.MINE), 2),
    }
    for way in ways:
        assert (await looked(setup, setup.mentee, "standup", way.filters)).total == way.count, way


async def test_pages_hold_stories_and_no_story_comes_twice(setup: Setup) -> None:
    await a_story(setup)
    for number in range(6):
        await a_goal(setup, f"Standup {number}")

    pages: list[Found] = [await looked(setup, setup.mentee, "standup")]
    pages.append(await looked(setup, setup.mentee, "standup", offset=pages[0].next_offset or 0))

    assert [len(page.hits) for page in pages] == [5, 2]
    assert {page.total for page in pages} == {7}
    shown = [title for page in pages for title in titles(page)]
    assert len(set(shown)) == 7


async def test_without_a_thread_that_one_sees_a_find_stands_for_itself(setup: Setup) -> None:
    """As for a new mentor, who was shown insights and not the tries behind them."""
    ids = await a_story(setup)

    def hide(tx: Tx) -> None:
        elsewhere = tx.pairs.insert(replace(setup.pair, id=0))  # type: ignore[arg-type]  # a new one
        for entry in tx.entries.find():
            if entry.kind is not EntryKind.INSIGHT:
                tx.entries.update(replace(entry, pair_id=elsewhere.id, access=f"p{elsewhere.id}"))
        for id_ in (ids["first"], ids["second"]):
            tx.experiments.update(replace(tx.experiments.get(id_), pair_id=elsewhere.id))
        tx.results.update(replace(tx.results.get(ids["result"]), pair_id=elsewhere.id))

    await setup.write(hide)

    [hit] = (await looked(setup, setup.mentor, "standup")).hits
    assert (hit.kind, hit.also, hit.grade) == (EntryKind.INSIGHT, (), Grade.TESTED)
    assert plain(hit.snippet) == "people speak up"


async def test_what_is_not_told_yet_says_nothing_of_a_story(setup: Setup) -> None:
    ids = await a_story(setup)

    def untell(tx: Tx) -> None:
        told = replace(tx.results.get(ids["result"]), told_at=None, what_happened="half a sentence")
        tx.results.update(told)
        for kept in tx.insights.find():
            tx.entries.delete(tx.entries.find(kind=EntryKind.INSIGHT, subject_id=kept.id)[0])
        make_findable(tx, tx.results.get(ids["result"]))

    await setup.write(untell)

    for who in (setup.mentee, setup.mentor):
        [hit] = (await looked(setup, who, "breath")).hits
        assert (hit.grade, plain(hit.snippet)) == (None, "")
