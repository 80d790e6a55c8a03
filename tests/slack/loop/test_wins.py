"""A small win stands in one line on the card of whose it is, and on nobody else's."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotOurs
from bot.domain.goals import GoalState
from bot.domain.milestones import MilestoneState
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.domain.wins import Win
from bot.domain.wins_sharing import SharedWin, WinOf
from bot.slack.loop.goals import goal_card
from bot.slack.loop.milestones import milestone_card
from bot.slack.loop.next_steps import said_so_far
from bot.slack.loop.result_cards import result_card
from bot.slack.loop.wins import SHARE, win_lines
from bot.slack.loop.wins_sharing import UNSHARE, first_words, parse_win, win_form
from bot.usecases.loop.thanks import Thanked
from bot.usecases.loop.wins_sharing import WinForm, WinStands
from bot.words import Words
from tests.forms import action_ids
from tests.messages import read, shown
from tests.slack.loop import test_goals, test_milestones, test_results
from tests.slack.rhythm import test_asks

ENGLISH = Words("en-US")
STANDS = WinStands(test_asks.P, Win.FIRST_LOOP, "ask first")
FORM = WinForm(WinOf.RESULT, 3, STANDS, ("Mira",), None)
SHARED = SharedWin(test_asks.W, test_asks.P, test_asks.TOM, WinOf.RESULT, 3, test_asks.NOW, "We all asked")


def test_each_of_them_has_words_and_none_has_none() -> None:
    said = [win_lines(win, ENGLISH) for win in Win]
    assert all(len(lines) == 1 for lines in said)
    assert len({line for lines in said for line in lines}) == len(Win)
    assert win_lines(None, ENGLISH) == []


def test_a_line_of_thanks_stands_with_the_name_and_nobody_is_named_twice() -> None:
    said = list(said_so_far(Thanked(names=("Tom", "Yuki"), lines=(("Tom", "It stayed"),)), ENGLISH))
    assert said == ["Tom says thanks: It stayed", "Yuki says thanks."]


def test_a_reached_goal_and_a_milestone_are_wins_of_whose_they_are() -> None:
    reached = replace(test_goals.MINE, goal=replace(test_goals.GOAL, state=GoalState.REACHED))
    seen_by_both = replace(test_milestones.CARD.milestone, state=MilestoneState.CONFIRMED)
    step = replace(test_milestones.CARD, milestone=seen_by_both, votes=False)
    [goal], [both] = win_lines(Win.GOAL, ENGLISH), win_lines(Win.MILESTONE, ENGLISH)
    assert goal in read(goal_card(reached, ENGLISH))
    assert goal not in read(goal_card(replace(reached, mine=False), ENGLISH))
    assert both in read(milestone_card(step, ENGLISH))
    assert both not in read(milestone_card(replace(step, mine=False), ENGLISH))
    assert goal not in read(goal_card(test_goals.MINE, ENGLISH))


def test_the_card_of_a_result_says_its_win() -> None:
    [line] = win_lines(Win.FIRST_LOOP, ENGLISH)
    assert line in read(result_card(replace(test_results.MINE, win=Win.FIRST_LOOP), ENGLISH))
    assert line not in read(result_card(test_results.MINE, ENGLISH))


def test_it_is_shared_from_ones_own_card_and_read_on_the_mentors() -> None:
    mine = replace(test_results.MINE, win=Win.FIRST_LOOP)
    assert SHARE in action_ids(shown(result_card(mine, ENGLISH)))
    assert SHARE not in action_ids(shown(result_card(test_results.MINE, ENGLISH)))
    assert SHARE not in action_ids(shown(result_card(replace(mine, mentors=()), ENGLISH)))
    told = replace(mine, shared=SHARED)
    assert "We all asked" in read(result_card(told, ENGLISH))
    theirs = replace(told, mine=False, win=None)
    assert "We all asked" in read(result_card(theirs, ENGLISH))
    assert SHARE not in action_ids(shown(result_card(theirs, ENGLISH)))


def test_the_form_begins_with_words_that_fit_whatever_the_win_is() -> None:
    for win in Win:
        words = first_words(replace(STANDS, win=win, about="x" * STORY_LIMIT), ENGLISH)
        assert 0 < len(words) <= TEXT_LIMIT
    assert len({first_words(replace(STANDS, win=win), ENGLISH) for win in Win}) == len(Win)
    assert UNSHARE not in action_ids(win_form(FORM, ENGLISH).to_dict())
    again = win_form(replace(FORM, shared=SHARED), ENGLISH).to_dict()
    assert UNSHARE in action_ids(again)
    assert "We all asked" in str(again)


@pytest.mark.parametrize(
    "forged", ["", "result", "pair:3", "result:x", "result:-1", "result:" + "9" * 30, None]
)
def test_what_none_of_our_buttons_carries_is_not_taken(forged: object) -> None:
    with pytest.raises(NotOurs):
        parse_win(forged)
