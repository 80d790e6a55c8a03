"""What use cases say and what Slack has words for are one whole, or nothing starts."""

from dataclasses import replace

import pytest

from bot.slack.delivery.messages import BUILDERS, require_words
from bot.usecases.loop.goals import CARD, GoalCard
from bot.usecases.messages import MESSAGES


def test_every_message_can_be_put_into_words() -> None:
    require_words(MESSAGES.values())


def test_a_message_without_words_does_not_start() -> None:
    unworded = replace(CARD, name="goal.praised", shows=str)  # type: ignore[arg-type]  # that is the mistake

    with pytest.raises(RuntimeError, match=r"no words for: goal\.praised"):
        require_words([*MESSAGES.values(), unworded])


def test_words_for_a_message_that_nobody_listed_do_not_start() -> None:
    assert GoalCard in BUILDERS

    with pytest.raises(RuntimeError, match=r"bot/usecases/messages\.py .*: GoalCard"):
        require_words([message for message in MESSAGES.values() if message is not CARD])
