"""Searching: the best first, honest figures, and words of nobody who did not share them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.entries import Filters, Scope
from bot.domain.errors import NotFound
from bot.domain.evidence import Evidence
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, GoalId, PairId, ResultId
from bot.domain.indicators import Indicator
from bot.domain.insights import FIRST_EDITION, Insight, Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.results import Adherence, Response, Result
from bot.domain.search import CANDIDATES, QUERY_LIMIT
from bot.domain.sessions import Session
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.repository.insights_sharing import share
from bot.usecases.repository.search import EVERYTHING, Found, find, tags_to_choose
from bot.usecases.repository.search_hits import Segments, Whose
from bot.usecases.repository.search_things import Thing, open_thing
from storage import search_meaning
from tests.running import read_as
from tests.usecases.conftest import Setup

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def a_goal(setup: Setup, text: str, body: str = "", *, who: Member | None = None) -> Goal:
    """A goal of the mentee that the pair can find."""
    writer = who or setup.mentee

    def write(tx: Tx) -> Goal:
        goal = tx.goals.insert(
            Goal(setup.workspace.id, setup.pair.id, writer.id, text, NOW, NOW, baseline=body)
        )
        make_findable(tx, goal)
        return goal

    return await setup.write(write)


async def an_insight(
    setup: Setup, behaviour: str, visibility: Visibility = Visibility.PAIR, tags: tuple[str, ...] = ()
) -> Insight:
    def write(tx: Tx) -> Insight:
        insight = tx.insights.insert(
            Insight(
                setup.workspace.id,
                setup.pair.id,
                setup.cohort.id,
                setup.mentee.id,
                "",
                behaviour,
                "people speak up",
                NOW,
                NOW,
                tags,
                visibility,
                agreed=0 if visibility is Visibility.PAIR else FIRST_EDITION,
            )
        )
        share(tx, insight)
        return insight

    return await setup.write(write)


async def a_stranger(setup: Setup, *, in_cohort: bool) -> Member:
    """A mentor of another pair, in the same cohort or in no pair at all."""

    def write(tx: Tx) -> Member:
        yuki = tx.members.insert(Member(setup.workspace.id, "UYUKI", "Yuki", "Asia/Tokyo", "en-US", NOW))
        if in_cohort:
            pair = tx.pairs.insert(Pair(setup.workspace.id, setup.cohort.id, NOW, state=PairState.ACTIVE))
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, yuki.id, Role.MENTOR, Consent.YES))
        return yuki

    return await setup.write(write)


async def looked(
    setup: Setup, who: Member, text: str, filters: Filters = EVERYTHING, offset: int = 0
) -> Found:
    return await read_as(setup.deps, setup.viewer(who), find, text, filters, offset)


def plain(segments: Segments) -> str:
    return "".join(text for text, _ in segments)


def titles(found: Found) -> list[str]:
    return [plain(hit.title) for hit in found.hits]


async def test_both_of_the_pair_find_it_with_the_words_standing_out(setup: Setup) -> None:
    await a_goal(setup, "Run quiet meetings", "Nobody interrupts in a meeting")

    mine = await looked(setup, setup.mentee, "meeting")
    theirs = await looked(setup, setup.mentor, "meeting")

    (hit,) = mine.hits
    assert hit.title == (("Run quiet ", False), ("meetings", True))
    assert hit.snippet == (("Nobody interrupts in a ", False), ("meeting", True))
    assert (hit.whose, hit.name) == (Whose.MINE, "")
    assert (theirs.hits[0].whose, theirs.hits[0].name) == (Whose.PARTNER, "Tom")
    assert mine.total == theirs.total == 1


async def test_the_better_match_comes_first(setup: Setup) -> None:
    await a_goal(setup, "Give feedback early", "feedback, feedback")
    await a_goal(setup, "Speak slowly", "and sometimes give feedback in the long run of a very long project")

    found = await looked(setup, setup.mentee, "feedback")

    assert titles(found) == ["Give feedback early", "Speak slowly"]


async def test_few_full_matches_are_followed_by_those_of_some_words(setup: Setup) -> None:
    await a_goal(setup, "Prepare questions")
    await a_goal(setup, "Prepare the budget")

    assert titles(await looked(setup, setup.mentee, "prepare questions"))[0] == "Prepare questions"
    found = await looked(setup, setup.mentee, "prepare questions")
    assert (found.total, found.complete) == (2, 1)


async def test_the_fields_of_a_form_do_not_run_into_each_other(setup: Setup) -> None:
    await a_goal(setup, "Lead", "Three speak\n\nSix speak")

    assert plain((await looked(setup, setup.mentee, "lead")).hits[0].snippet) == "Three speak · Six speak"


async def test_no_words_show_the_newest(setup: Setup) -> None:
    for text in ("One", "Two"):
        await a_goal(setup, text)

    found = await looked(setup, setup.mentee, "  ")

    assert titles(found) == ["Two", "One"]
    assert found.words == 0


async def test_pages_follow_each_other_without_a_gap(setup: Setup) -> None:
    for number in range(7):
        await a_goal(setup, f"Goal {number}")

    first = await looked(setup, setup.mentee, "goal")
    second = await looked(setup, setup.mentee, "goal", offset=first.next_offset or 0)

    assert len(first.hits) == 5
    assert first.total == second.total == 7
    assert second.next_offset is None
    assert len({*titles(first), *titles(second)}) == 7


async def test_a_page_beyond_the_end_is_the_last_one(setup: Setup) -> None:
    await a_goal(setup, "Goal")

    found = await looked(setup, setup.mentee, "goal", offset=25)

    assert titles(found) == ["Goal"]
    assert found.offset == 0


async def test_a_slip_of_the_keyboard_is_put_right_with_words_that_occur(setup: Setup) -> None:
    await a_goal(setup, "Delegate more")

    assert (await looked(setup, setup.mentee, "delgate")).suggestion == "delegate"
    assert (await looked(setup, setup.mentee, "delegate")).suggestion is None


async def test_a_slip_beside_a_word_that_hits_is_put_right_and_said(setup: Setup) -> None:
    await a_goal(setup, "Delegation to people")
    await a_goal(setup, "Listen to people")

    found = await looked(setup, setup.mentee, "delagation to people")

    assert titles(found)[0] == "Delegation to people"
    assert found.corrected is not None
    assert found.corrected.text == "delegation to people"
    literal = await looked(setup, setup.mentee, found.corrected.literal)
    assert (literal.corrected, literal.hits) == (None, ())


async def test_a_beginning_and_a_part_of_a_compound_are_found(setup: Setup) -> None:
    await a_goal(setup, "Teambesprechungen verkürzen", "The stakeholders agree")

    for typed in ("Besprechung", "stakeh", "besprechung verkürzen"):
        assert titles(await looked(setup, setup.mentee, typed)) == ["Teambesprechungen verkürzen"]


@pytest.mark.skipif(not search_meaning.installed(), reason="needs pairloop[meaning]")
async def test_where_no_word_is_found_the_nearest_by_meaning_come_and_are_said_to_be_that(
    setup: Setup,
) -> None:
    await a_goal(setup, "Interrupting my manager less in meetings")
    await a_goal(setup, "Bread and butter")

    found = await looked(setup, setup.mentee, "the boss cuts in all the while")

    assert found.by_meaning
    assert titles(found)[0] == "Interrupting my manager less in meetings"
    assert all(hit.whose is Whose.MINE for hit in found.hits)
    stranger = await a_stranger(setup, in_cohort=True)
    assert (await looked(setup, stranger, "the boss cuts in all the while")).hits == ()
    assert not (await looked(setup, setup.mentee, '"boss"')).hits, "what is in quotes has to be there"


async def test_quotes_and_a_minus_narrow_what_is_found(setup: Setup) -> None:
    await a_goal(setup, "Run quiet meetings")
    await a_goal(setup, "Hold meetings that stay quiet")

    assert titles(await looked(setup, setup.mentee, '"quiet meetings"')) == ["Run quiet meetings"]
    assert titles(await looked(setup, setup.mentee, "meetings -run")) == ["Hold meetings that stay quiet"]


async def test_a_word_that_only_others_wrote_is_put_right_like_any_other(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the words of the whole workspace were counted ahead: else one could ask what stands in it."""
    monkeypatch.setattr("storage.search.SMALL", 0)
    await an_insight(setup, "Delegation to people", Visibility.WORKSPACE)
    for _ in range(3):
        await a_goal(setup, "delagation")
    await setup.write(lambda tx: tx.search.refresh_statistics())

    found = await looked(setup, await a_stranger(setup, in_cohort=False), "delagation people")

    assert found.corrected is not None
    assert found.corrected.text == "delegation people"


async def test_a_suggestion_holds_no_word_of_others(setup: Setup) -> None:
    await a_goal(setup, "Delegate more")
    stranger = await a_stranger(setup, in_cohort=True)

    found = await looked(setup, stranger, "delgate")

    assert (found.total, found.hits, found.suggestion) == (0, (), None)


@pytest.mark.parametrize("who", ["admin", "of the cohort", "stranger"])
async def test_nobody_else_learns_that_it_exists(setup: Setup, who: str) -> None:
    await a_goal(setup, "Ask for xylophone lessons")
    reader = setup.admin if who == "admin" else await a_stranger(setup, in_cohort=who == "of the cohort")

    for text in ("xylophone", "", "lessons xylophone"):
        found = await looked(setup, reader, text)
        assert (found.total, found.hits) == (0, ())


@pytest.mark.parametrize(
    ("visibility", "in_cohort", "whose"),
    [
        (Visibility.COHORT, True, Whose.COHORT),
        (Visibility.WORKSPACE, True, Whose.COLLEAGUE),
        (Visibility.WORKSPACE, False, Whose.COLLEAGUE),
    ],
)
async def test_a_shared_insight_is_found_without_a_name(
    setup: Setup, visibility: Visibility, *, in_cohort: bool, whose: Whose
) -> None:
    await an_insight(setup, "Close the laptop", visibility)
    reader = await a_stranger(setup, in_cohort=in_cohort)

    (hit,) = (await looked(setup, reader, "laptop")).hits

    assert (hit.whose, hit.name) == (whose, "")


async def test_an_insight_of_the_cohort_is_for_no_other_cohort(setup: Setup) -> None:
    await an_insight(setup, "Close the laptop", Visibility.COHORT)

    assert (await looked(setup, await a_stranger(setup, in_cohort=False), "laptop")).total == 0
    assert (await looked(setup, setup.admin, "laptop")).total == 1


async def test_filters_narrow_what_is_found(setup: Setup) -> None:
    await a_goal(setup, "Run meetings")
    await a_goal(setup, "Lead meetings", who=setup.mentor)
    await an_insight(setup, "Close meetings early", tags=("meetings", "time"))

    async def found(**filters: object) -> set[str]:
        return set(titles(await looked(setup, setup.mentee, "meetings", replace(EVERYTHING, **filters))))  # type: ignore[arg-type]  # the test names the field

    assert await found(scope=Scope.MINE) == {"Run meetings", "Close meetings early"}
    assert len(await found(scope=Scope.PAIR)) == 3
    assert await found(kind=EntryKind.INSIGHT) == {"Close meetings early"}
    assert await found(tag="time") == {"Close meetings early"}
    assert await found(tag="tim") == set()


async def test_only_tags_that_one_may_see_can_be_chosen(setup: Setup) -> None:
    await an_insight(setup, "Secret", tags=("secret",))
    await an_insight(setup, "Shared", Visibility.WORKSPACE, tags=("shared", "again"))
    stranger = await a_stranger(setup, in_cohort=False)

    assert await read_as(setup.deps, setup.viewer(stranger), tags_to_choose) == ["again", "shared"]
    assert await read_as(setup.deps, setup.viewer(setup.mentee), tags_to_choose) == [
        "again",
        "secret",
        "shared",
    ]


async def test_a_cut_is_told(setup: Setup) -> None:
    def write(tx: Tx) -> None:
        for number in range(1, CANDIDATES + 2):
            mine = (setup.workspace.id, setup.pair.id, setup.mentee.id)
            make_findable(tx, Goal(*mine, f"Goal {number}", NOW, NOW, id=GoalId(number)))

    await setup.write(write)
    found = await looked(setup, setup.mentee, "goal")

    assert (found.newest_only, found.total) == (True, CANDIDATES)
    assert not (await looked(setup, setup.mentee, "7")).newest_only


async def test_a_very_long_text_is_looked_for_in_part_and_says_so(setup: Setup) -> None:
    await a_goal(setup, "Goal")

    found = await looked(setup, setup.mentee, "goal " * 101)

    assert found.shortened
    assert len(found.text) <= QUERY_LIMIT
    assert found.total == 1


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "*",
        "NEAR(",
        "-",
        "a AND",
        "\x00",
        "(((",
        "tokens:",
        "🎉",
        "'; --",
        "@p1",
        "p1",
        "access:p1",
        "\ud800",
        "a\udfff b",
        "\x1b[2J",
        "goal " * 2_000,
        "-" * 10_000,
        '"' * 9_999,
    ],
)
async def test_no_text_is_an_error(setup: Setup, text: str) -> None:
    await a_goal(setup, "Goal")

    assert (await looked(setup, setup.mentee, text)).text is not None


@pytest.fixture
async def story(setup: Setup) -> dict[str, int]:
    """A goal, an experiment for it with a number, its result with a response, evidence, and what came of it."""

    def write(tx: Tx) -> dict[str, int]:
        here = setup.workspace.id, setup.pair.id
        goal = tx.goals.insert(Goal(*here, setup.mentee.id, "Lead calmly", NOW, NOW))
        until = date(2026, 11, 30)
        experiment = tx.experiments.insert(
            Experiment(*here, setup.mentee.id, "pause", "I am asked", until, NOW, goal_id=GoalId(goal.id))
        )
        tried = ExperimentId(experiment.id)
        tx.indicators.insert(Indicator(*here, tried, "Pause", "s"))
        result = tx.results.insert(
            Result(*here, tried, setup.mentee.id, Adherence.DID, NOW, NOW + timedelta(days=1), "it worked")
        )
        response = tx.responses.insert(
            Response(*here, ResultId(result.id), setup.mentor.id, "Well done", NOW)
        )
        evidence = tx.evidence.insert(
            Evidence(*here, setup.mentee.id, "Thanks for waiting", NOW, experiment_id=tried)
        )
        insight = tx.insights.insert(
            Insight(
                *here,
                setup.cohort.id,
                setup.mentee.id,
                "asked",
                "pausing",
                "calm",
                NOW,
                NOW,
                visibility=Visibility.WORKSPACE,
                agreed=FIRST_EDITION,
                experiment_id=tried,
                result_id=ResultId(result.id),
            )
        )
        share(tx, insight)
        session = tx.sessions.insert(Session(*here, setup.mentee.id, "Wait three seconds", NOW))
        return {
            "goal": goal.id, "experiment": experiment.id, "result": result.id,
            "evidence": evidence.id, "insight": insight.id, "session": session.id, "response": response.id,
        }  # fmt: skip

    return await setup.write(write)


async def opened(setup: Setup, who: Member, kind: str, story: dict[str, int]) -> Thing:
    return await read_as(setup.deps, setup.viewer(who), open_thing, EntryKind(kind), story[kind])


@pytest.mark.parametrize(
    ("kind", "linked"),
    [
        ("goal", {"experiment"}),
        ("experiment", {"response", "goal", "result", "evidence", "insight"}),
        ("result", {"response", "goal", "experiment", "evidence", "insight"}),
        ("evidence", {"response", "goal", "experiment", "result", "insight"}),
        ("insight", {"response", "goal", "experiment", "result", "evidence"}),
        ("session", set()),
    ],
)
async def test_the_partner_opens_a_thing_and_what_belongs_to_it(
    setup: Setup, story: dict[str, int], kind: str, linked: set[str]
) -> None:
    thing = await opened(setup, setup.mentor, kind, story)

    assert {link.kind for link in thing.links} == linked
    assert all(link.subject_id == story[link.kind] for link in thing.links)
    assert (thing.whose, thing.name) == (Whose.PARTNER, "Tom")


async def test_a_result_comes_with_its_numbers_and_answers(setup: Setup, story: dict[str, int]) -> None:
    thing = await opened(setup, setup.mentee, "result", story)

    assert thing.experiment is not None
    assert [change.indicator.name for change in thing.changes] == ["Pause"]
    assert [(name, response.line) for name, response in thing.responses] == [("Mira", "Well done")]


async def test_a_stranger_opens_a_shared_insight_and_nothing_behind_it(
    setup: Setup, story: dict[str, int]
) -> None:
    for reader in (await a_stranger(setup, in_cohort=True), setup.admin):
        thing = await opened(setup, reader, "insight", story)

        assert (thing.links, thing.experiment, thing.changes, thing.name) == ((), None, (), "")
        for kind in story.keys() - {"insight"}:
            with pytest.raises(NotFound):
                await opened(setup, reader, kind, story)


async def test_an_insight_that_was_narrowed_cannot_be_opened_any_more(
    setup: Setup, story: dict[str, int]
) -> None:
    def narrow(tx: Tx) -> None:
        insight = tx.insights.get(story["insight"])
        narrowed = replace(insight, visibility=Visibility.PAIR, agreed=0)
        share(tx, tx.insights.update(narrowed))

    await setup.write(narrow)

    assert (await opened(setup, setup.mentor, "insight", story)).name == "Tom"
    with pytest.raises(NotFound):
        await opened(setup, setup.admin, "insight", story)


async def test_a_former_partner_is_found_by_no_name(setup: Setup) -> None:
    await an_insight(setup, "Close the laptop", Visibility.COHORT)

    def leave(tx: Tx) -> None:
        membership = tx.memberships.first(member_id=setup.mentor.id, pair_id=PairId(setup.pair.id))
        assert membership is not None
        tx.memberships.update(replace(membership, left_at=NOW))

    await setup.write(leave)

    assert (await looked(setup, setup.mentor, "laptop")).hits == ()


async def test_the_last_word_finds_what_it_begins_after_what_holds_it(setup: Setup) -> None:
    """While somebody types, "form" may become "format"."""
    await a_goal(setup, "A format for retrospectives")
    await a_goal(setup, "Fill in the form")
    await a_goal(setup, "On another platform")

    found = await setup.read(lambda tx: find(tx, "form"), setup.mentee)

    titles = ["".join(text for text, _ in hit.title) for hit in found.hits]
    assert titles == ["Fill in the form", "A format for retrospectives"]
    assert not (await looked(setup, await a_stranger(setup, in_cohort=True), "form")).hits
