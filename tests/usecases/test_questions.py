"""A ritual that nobody finished describing does not start."""

import pytest

from bot.domain import rituals
from bot.domain.nudges import Ritual
from bot.usecases import questions
from bot.usecases.messages import MESSAGES
from bot.usecases.questions import require_whole


def test_every_ritual_says_what_holds_for_it_and_how_it_asks() -> None:
    require_whole(MESSAGES)


@pytest.mark.parametrize("ritual", Ritual)
def test_a_ritual_without_rules_does_not_start(ritual: Ritual, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(rituals.RULES, ritual)

    with pytest.raises(RuntimeError, match=rf"bot/domain/rituals\.py .* {ritual}"):
        require_whole(MESSAGES)


@pytest.mark.parametrize("ritual", Ritual)
def test_a_ritual_that_does_not_say_how_it_asks_does_not_start(
    ritual: Ritual, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(questions.QUESTIONS, ritual)

    with pytest.raises(RuntimeError, match=rf"bot/usecases/questions\.py .* {ritual}"):
        require_whole(MESSAGES)


@pytest.mark.parametrize("name", ["checkin.ask", "checkin.remind", "result.ask"])
def test_a_ritual_that_asks_by_a_message_that_nobody_listed_does_not_start(name: str) -> None:
    with pytest.raises(RuntimeError, match=rf"bot/usecases/messages\.py does not list {name}"):
        require_whole(set(MESSAGES) - {name})
