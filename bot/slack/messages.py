"""Which builder puts which thing into words: the table of contents of everything that Pairloop posts."""

from collections.abc import Callable
from typing import Any

from bot.slack.blocks import Message
from bot.slack.goals import goal_card
from bot.usecases.goals import GoalCard
from bot.words import Words

BUILDERS: dict[type[Any], Callable[[Any, Words], Message]] = {
    GoalCard: goal_card,
}


def render(content: object, words: Words) -> Message:
    """The message for one of the view dataclasses of the use cases."""
    return BUILDERS[type(content)](content, words)
