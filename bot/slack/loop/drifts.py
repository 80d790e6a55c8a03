"""The question whether a goal is still the goal, as it stands below a check-in."""

from slack_sdk.models.blocks import Block

from bot.domain.drifts import ABOUT_THE_DAY, Cause
from bot.domain.goals import Goal
from bot.slack.blocks import actions, button, clip, section
from bot.slack.loop.goals import DROP, NEW_DAY, OPEN, REACHED
from bot.usecases.rhythm.checkin_cards import Doubt
from bot.words import Words

STAYS = "drift.stays"
GOAL_SHOWN = 150


def doubt_blocks(doubt: Doubt | None, words: Words) -> list[Block]:
    """What it is about, and at most three answers, each one tap."""
    if doubt is None:
        return []
    goal, drift = doubt.goal, doubt.drift
    asked = section(_doubt_text(doubt, words))
    if drift.cause in ABOUT_THE_DAY:
        return [asked, day_passed(goal, words)]
    stays = button(words.t("Still my goal"), STAYS, drift.id)
    change = button(words.t("Change it"), OPEN, goal.id)
    return [asked, actions(stays, change, button(words.t("Let it go"), DROP, goal.id))]


def day_passed(goal: Goal, words: Words) -> Block:
    """What can be said of a goal whose day has passed."""
    return actions(
        button(words.t("Reached"), REACHED, goal.id),
        button(words.t("New day"), NEW_DAY, goal.id),
        button(words.t("Let it go"), DROP, goal.id),
    )


def _doubt_text(doubt: Doubt, words: Words) -> str:
    goal = clip(doubt.goal.text, GOAL_SHOWN)
    match doubt.drift.cause:
        case Cause.DAY_PASSED | Cause.DAY_PASSED_AGAIN:
            day = words.full_day(doubt.goal.horizon) if doubt.goal.horizon else ""
            return words.t("“{goal}” was meant for {day}. How does it stand?", goal=goal, day=day)
        case Cause.UNTRIED:
            return words.t("Nothing was tried for “{goal}” in four weeks. Is it still your goal?", goal=goal)
        case Cause.WRONG_WAY:
            return words.t(
                "The number of “{goal}” went the other way three times in a row. Is it still your goal?",
                goal=goal,
            )
        case Cause.ELSEWHERE:
            return words.t("Your last three tries were for another goal. Is “{goal}” still one?", goal=goal)
