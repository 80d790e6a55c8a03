"""What hangs together is one find, counted once; and a way to narrow a search says what then remains."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import Filters, Scope, Since
from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.results import Grade
from bot.domain.search import Marks, Ranked
from bot.domain.search_stories import (
    best_grade,
    count_marks,
    in_stories,
    narrowings,
    widenings,
)
from bot.domain.stored import EntryKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOM, MIRA, PAIR = MemberId(1), MemberId(2), PairId(1)
RESULT = Marks("experiment:1", EntryKind.RESULT, Grade.REPEATED, ("time",), NOW, TOM, PAIR)
INSIGHT = RESULT._replace(kind=EntryKind.INSIGHT, grade=Grade.TESTED, tags=("time", "talk"), member_id=MIRA)
GOAL = RESULT._replace(story="goal:1", kind=EntryKind.GOAL, grade=None, tags=())
OF_OTHERS = INSIGHT._replace(story="shared:1", pair_id=PairId(9), created_at=NOW - timedelta(days=60))


def ranked(*ids: int) -> list[Ranked]:
    return [Ranked(EntryId(id_), 10.0 - place, 1) for place, id_ in enumerate(ids)]


def test_a_story_stands_where_its_best_entry_does() -> None:
    marks = {EntryId(1): GOAL, EntryId(2): RESULT, EntryId(3): OF_OTHERS, EntryId(4): INSIGHT}

    stories = in_stories(ranked(2, 3, 4, 1), marks)

    assert [[found.id for found in story] for story in stories] == [[2, 4], [3], [1]]


@given(st.lists(st.integers(1, 30), unique=True), st.lists(st.integers(0, 5), min_size=31, max_size=31))
def test_nothing_is_lost_or_found_twice_and_the_order_stays(ids: Sequence[int], of: Sequence[int]) -> None:
    marks = {EntryId(id_): GOAL._replace(story=str(of[id_])) for id_ in ids}

    stories = in_stories(ranked(*ids), marks)

    assert sorted(found.id for story in stories for found in story) == sorted(ids)
    assert len({of[story[0].id] for story in stories}) == len(stories)
    for story in stories:
        assert {of[found.id] for found in story} == {of[story[0].id]}
        assert [found.score for found in story] == sorted((found.score for found in story), reverse=True)
    assert [story[0].score for story in stories] == sorted((s[0].score for s in stories), reverse=True)


def test_stories_are_counted_not_entries() -> None:
    counts = count_marks([RESULT, INSIGHT, GOAL, OF_OTHERS], TOM, [PAIR], NOW)

    assert counts.kinds == {EntryKind.RESULT: 1, EntryKind.INSIGHT: 2, EntryKind.GOAL: 1}
    assert counts.grades == {Grade.REPEATED: 1, Grade.TESTED: 2}
    assert counts.since == {Since.MONTH: 2, Since.QUARTER: 3, Since.YEAR: 3}
    assert counts.scopes == {Scope.MINE: 2, Scope.PAIR: 2}
    assert counts.tags == {"time": 2, "talk": 2}


def test_a_way_to_narrow_leaves_something_out_and_not_everything() -> None:
    counts = count_marks([RESULT, INSIGHT, GOAL, OF_OTHERS], TOM, [PAIR], NOW)

    assert [(way.filters, way.count) for way in narrowings(Filters(), counts, 3)] == [
        (Filters(kind=EntryKind.INSIGHT), 2),
        (Filters(grade=Grade.TESTED), 2),
        (Filters(since=Since.MONTH), 2),
        (Filters(Scope.MINE), 2),
        (Filters(tag="talk"), 2),
    ]
    narrowed = Filters(Scope.MINE, "", EntryKind.GOAL, Grade.TESTED, Since.MONTH)
    assert [way.filters.tag for way in narrowings(narrowed, counts, 3)] == ["talk"]


def test_each_filter_that_is_set_can_be_let_go_by_itself() -> None:
    assert widenings(Filters()) == []
    assert widenings(Filters(tag="time", since=Since.YEAR)) == [
        (Filters(since=Since.YEAR), Filters(tag="time")),
        (Filters(tag="time"), Filters(since=Since.YEAR)),
    ]


def test_the_grade_of_a_story_is_the_one_that_carries_farthest() -> None:
    assert best_grade([Grade.REPEATED, Grade.TESTED, Grade.HUNCH]) is Grade.TESTED
    assert best_grade([]) is None
