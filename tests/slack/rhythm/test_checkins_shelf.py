"""Two written tries below an answered check-in, and what can be said to them."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import NotOurs
from bot.domain.goals import Goal
from bot.domain.ids import CheckInId, GoalId, MemberId, PairId, WorkspaceId
from bot.packs.shelf import shelf_for
from bot.slack.blocks import Message
from bot.slack.rhythm import checkins_shelf as ids
from bot.slack.rhythm.checkins_shelf import parse_shelf, shelf_blocks
from bot.usecases.rhythm.checkins_shelf import ShelfOffer
from bot.words import Words
from tests.forms import action_ids
from tests.messages import lines, shown

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENGLISH = Words("en-US", now=NOW)
GOAL = Goal(WorkspaceId(1), PairId(1), MemberId(3), "Listen before I answer", NOW, NOW, id=GoalId(7))
CHECK_IN = CheckInId(4)


def below(offer: ShelfOffer | None) -> Message:
    return Message("", shelf_blocks(offer, CHECK_IN, ENGLISH))


def test_each_try_is_one_tap_away_and_so_is_not_now() -> None:
    message = shown(below(ShelfOffer(GOAL, shelf_for(GOAL.text, "en-US", 2))))

    assert action_ids(message) == [ids.NOT_NOW, ids.TAKE, ids.TAKE]
    values = [block["accessory"]["value"] for block in message["blocks"]]
    assert values[0] == "4"
    tries = shelf_for(GOAL.text, "en-US", 2)
    assert [parse_shelf(value) for value in values[1:]] == [(GoalId(7), one.id) for one in tries]


def test_what_was_put_off_says_when_it_comes_again_and_can_be_ended() -> None:
    message = below(ShelfOffer(GOAL, ()))

    assert action_ids(shown(message)) == [ids.NEVER]
    assert "three months" in lines(message)


def test_without_an_offer_there_is_nothing() -> None:
    assert shelf_blocks(None, CHECK_IN, ENGLISH) == []


@pytest.mark.parametrize("value", ["", "7", "7:", "x:listening.two_breaths"])
def test_a_button_that_names_no_goal_or_no_try_is_none_of_ours(value: str) -> None:
    with pytest.raises(NotOurs):
        parse_shelf(value)
