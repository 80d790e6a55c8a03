"""What becomes of insights that grow old: merged, outdated, and called by the same tags."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AlreadySettled, NotAllowed
from bot.domain.ids import InsightId, MemberId, PairId, ResultId
from bot.domain.insights import TAG_LIMIT, Insight, Visibility, shared_copy
from bot.domain.insights_curating import (
    SUGGESTED_TAGS,
    edition_of,
    merged_away,
    merged_grade,
    merged_wording,
    suggested_tags,
    taken_apart,
    with_outdated,
)
from bot.domain.results import Grade
from bot.domain.texts import STORY_LIMIT
from tests.domain.test_insights import COHORT, NOW, an_insight

FIRST = replace(an_insight(COHORT, agreed=1), id=InsightId(1))
SECOND = replace(an_insight(COHORT, Visibility.WORKSPACE, MemberId(2), agreed=1), id=InsightId(2))


def test_what_another_one_stands_for_is_for_its_pair_alone_and_waits_for_no_yes() -> None:
    away = merged_away(SECOND, FIRST)

    assert (away.merged_into, away.visibility, away.wished) == (FIRST.id, Visibility.PAIR, None)
    assert shared_copy(away, None) is None
    assert taken_apart(away).visibility is Visibility.PAIR  # what was shared before is asked about anew


@pytest.mark.parametrize(
    ("other", "into", "error"),
    [
        (FIRST, FIRST, NotAllowed),
        (replace(SECOND, pair_id=PairId(99)), FIRST, NotAllowed),
        (replace(SECOND, merged_into=FIRST.id), FIRST, AlreadySettled),
        (SECOND, replace(FIRST, merged_into=SECOND.id), AlreadySettled),
    ],
)
def test_what_cannot_be_one_stays_two(other: Insight, into: Insight, error: type[Exception]) -> None:
    with pytest.raises(error):
        merged_away(other, into)


def test_the_words_for_both_begin_with_what_both_say() -> None:
    kept = replace(FIRST, situation="", outcome="they speak", tags=("listening",))
    other = replace(SECOND, situation="I lead", outcome="they stay", tags=("listening", "meetings"))

    words = merged_wording(kept, other)

    assert (words.situation, words.outcome) == ("I lead", "they speak\nthey stay")
    assert words.tags == ("listening", "meetings")


@given(
    st.text(max_size=STORY_LIMIT), st.text(max_size=STORY_LIMIT), st.lists(st.text(), max_size=2 * TAG_LIMIT)
)
def test_the_words_for_both_can_be_kept_as_they_are(one: str, two: str, tags: list[str]) -> None:
    words = merged_wording(replace(FIRST, outcome=one), replace(SECOND, outcome=two, tags=tuple(tags)))

    assert len(words.outcome) <= STORY_LIMIT
    assert words.outcome.startswith(one)
    assert len(words.tags) <= TAG_LIMIT


@pytest.mark.parametrize(
    ("grades", "results", "together"),
    [
        ((Grade.HUNCH, Grade.HUNCH), (1, 2), Grade.REPEATED),
        ((Grade.HUNCH, Grade.HUNCH), (1, None), Grade.HUNCH),
        ((Grade.HUNCH, Grade.TESTED), (1, 2), Grade.TESTED),
        ((Grade.HUNCH, Grade.REPEATED), (None, None), Grade.REPEATED),
    ],
)
def test_two_stories_of_the_same_were_seen_again(
    grades: tuple[Grade, Grade], results: tuple[int | None, int | None], together: Grade
) -> None:
    both = [
        replace(FIRST, grade=grade, result_id=ResultId(result) if result else None)
        for grade, result in zip(grades, results, strict=True)
    ]

    assert merged_grade(both) is together


def test_what_holds_no_more_says_so_to_everybody_who_finds_it_and_in_the_same_words() -> None:
    old = with_outdated(FIRST, NOW, outdated=True)
    known = shared_copy(FIRST, None)
    assert known is not None

    assert shared_copy(old, known) == replace(known, outdated_at=NOW)
    ahead = replace(old, outcome="newer", edition=2)
    assert shared_copy(ahead, known) == replace(known, outdated_at=NOW)
    with pytest.raises(AlreadySettled):
        with_outdated(old, NOW, outdated=True)
    assert with_outdated(old, NOW, outdated=False) == FIRST


def test_an_edition_keeps_the_words_and_when_they_were_written() -> None:
    edition = edition_of(FIRST)

    assert (edition.outcome, edition.edition, edition.created_at) == (FIRST.outcome, 1, FIRST.updated_at)


def test_tags_that_the_words_speak_of_come_first_then_the_goals_aim_then_the_usual_ones() -> None:
    earlier = [("teams", "meetings"), ("teams",), ("delegating",)]

    found = suggested_tags(earlier, ["Giving feedback"], "in a meeting I wait")

    assert found == ["meetings", "giving feedback", "teams", "delegating"]
    assert "teams" not in suggested_tags(earlier, [], "", but=("teams",))


def test_an_aim_that_is_too_long_for_a_tag_is_none() -> None:
    assert suggested_tags([], ["x" * 31, "short"], "") == ["short"]


@given(st.lists(st.lists(st.text(max_size=30))), st.lists(st.text()), st.text())
def test_no_more_than_five_are_suggested_and_each_once(
    earlier: list[list[str]], aims: list[str], words: str
) -> None:
    found = suggested_tags(earlier, aims, words)

    assert len(found) == len(set(found)) <= SUGGESTED_TAGS
