"""Looking back, in words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import NotOurs
from bot.domain.goals import Goal
from bot.domain.ids import GoalId, MemberId, OccurrenceId, PairId, RetroItemId, ReviewId, WorkspaceId
from bot.domain.reviews import Column, RetroItem, Review, ReviewKind, ReviewState, Still
from bot.domain.stored import EntryKind
from bot.slack.loop import goals, ladders
from bot.slack.repository import search
from bot.slack.rhythm import reviews as ids
from bot.usecases.rhythm.reviews_messages import Draft, DraftColumn, Looked, ReviewCard
from bot.words import Words
from tests.forms import action_ids, required, sent
from tests.messages import read, shown

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
REVIEW = Review(
    WorkspaceId(1), PairId(2), MemberId(3), ReviewKind.MONTHLY, OccurrenceId(4), NOW, NOW, id=ReviewId(5)
)
GOAL = Goal(WorkspaceId(1), PairId(2), MemberId(3), "lead reviews", NOW, NOW, id=GoalId(6))
DRAFT = Draft(kept=(Looked(EntryKind.RESULT, 7, "ask first"),), goal=GOAL, has_ladder=True)
CARD = ReviewCard(REVIEW, "Tom", True, ("Mira",), DRAFT, ())
ADDED = RetroItem(
    WorkspaceId(1), PairId(2), MemberId(8), ReviewId(5), Column.PLUS, "you ask more", NOW, id=RetroItemId(9)
)
COLUMNS = (
    DraftColumn(Column.PLUS, DRAFT.kept, (("Mira", ADDED),)), DraftColumn(Column.MINUS), DraftColumn(Column.NEXT)
)  # fmt: skip
QUARTER = replace(
    CARD, review=replace(REVIEW, kind=ReviewKind.QUARTERLY, state=ReviewState.TOGETHER), columns=COLUMNS
)


def test_a_month_asks_for_two_things_and_needs_none() -> None:
    view = ids.review_form(CARD, ENGLISH)

    assert required(view) == []
    command = ids.parse_review(sent(view, differently="less", still="replace"))
    assert (command.review_id, dict(command.shown)) == (
        ReviewId(5),
        {"differently": "less", "still": Still.REPLACE},
    )


def test_without_a_goal_nobody_is_asked_whether_it_is_still_the_goal() -> None:
    view = ids.review_form(replace(CARD, draft=Draft()), ENGLISH)

    assert set(ids.parse_review(sent(view)).shown) == {"differently"}


def test_a_quarter_takes_a_line_for_each_column_and_leaves_out_what_is_empty() -> None:
    view = ids.review_form(QUARTER, ENGLISH)

    assert required(view) == []
    command = ids.parse_review(sent(view, line_minus=" meetings ", next_try="stand up"))
    assert command.lines == ((Column.MINUS, "meetings"),)
    assert command.shown["next_try"] == "stand up"


def test_each_entry_has_a_way_to_it_and_the_goal_one_to_its_ladder() -> None:
    told = ids.review_card(replace(CARD, review=replace(REVIEW, state=ReviewState.DONE)), ENGLISH)

    assert action_ids(shown(told)) == [search.OPEN, ladders.RATE, ids.OPEN]
    assert "Kept: 1" in read(told)


def test_a_month_without_a_result_shows_what_was_written_and_no_zeros() -> None:
    said = Draft(hard=(Looked(EntryKind.CHECK_IN, 8, "too many meetings"),))

    told = ids.review_card(replace(CARD, draft=said), ENGLISH)

    assert "too many meetings" in read(told)
    assert "0" not in read(told)


def test_who_wants_another_goal_is_led_to_it() -> None:
    for still, action in ((Still.CHANGE, goals.OPEN), (Still.REPLACE, goals.NEW)):
        done = replace(REVIEW, state=ReviewState.DONE, still=still)
        assert action in action_ids(shown(ids.review_card(replace(CARD, review=done), ENGLISH)))
        theirs = replace(CARD, review=done, mine=False)
        assert action not in action_ids(shown(ids.review_card(theirs, ENGLISH)))


def test_the_three_columns_stand_with_who_added_what() -> None:
    text = read(ids.review_card(QUARTER, ENGLISH))

    for said in ("Plus", "Minus", "Next", "Mira: you ask more", "ask first"):
        assert said in text


@pytest.mark.parametrize("value", ["5", "5:2", "x:0", ""])
def test_a_button_that_is_none_of_ours_leads_nowhere(value: str) -> None:
    with pytest.raises(NotOurs):
        ids.parse_next_try(value)
