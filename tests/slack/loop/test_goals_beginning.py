"""Three ways to begin, in words."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.errors import NotOurs
from bot.domain.ids import MembershipId
from bot.domain.packs import starters_for
from bot.domain.pairs import Role
from bot.packs import all_packs
from bot.slack.loop.goals_beginning import TALK, USE, parse_way, ways_message
from bot.usecases.loop.goals_beginning import ThreeWays
from bot.words import Words
from tests.forms import action_ids, carried
from tests.messages import shown

ENGLISH = Words("en-US", now=datetime(2026, 12, 3, 15, tzinfo=UTC))
STARTERS = starters_for(all_packs()["classic"], Role.MENTEE, "en")
WAYS = ThreeWays(MembershipId(5), ("Mira",), STARTERS, has_goal=False, on_agenda=False)


def test_each_way_has_a_button_and_so_has_the_talk() -> None:
    message = shown(ways_message(WAYS, ENGLISH))

    assert action_ids(message) == [USE, USE, USE, TALK]
    values = [value for value in carried(message).values() if ":" in value]
    assert parse_way(values[-1]) == (MembershipId(5), STARTERS[-1].id)


def test_once_there_is_a_goal_or_a_talk_nothing_is_left_to_press() -> None:
    for ways in (replace(WAYS, has_goal=True), replace(WAYS, on_agenda=True)):
        assert action_ids(shown(ways_message(ways, ENGLISH))) == []


@pytest.mark.parametrize("value", ["", "5", "5:", "x:one"])
def test_what_no_button_carries_is_refused(value: str) -> None:
    with pytest.raises(NotOurs):
        parse_way(value)
