"""A small win stands in one line on the card of whose it is, and on nobody else's."""

from dataclasses import replace

from bot.domain.goals import GoalState
from bot.domain.milestones import MilestoneState
from bot.domain.wins import Win
from bot.slack.loop.goals import goal_card
from bot.slack.loop.milestones import milestone_card
from bot.slack.loop.next_steps import said_so_far
from bot.slack.loop.result_cards import result_card
from bot.slack.loop.wins import win_lines
from bot.usecases.loop.thanks import Thanked
from bot.words import Words
from tests.messages import read
from tests.slack.loop import test_goals, test_milestones, test_results

ENGLISH = Words("en-US")


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
