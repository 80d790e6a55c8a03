"""A ritual that nobody finished describing does not start."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain import nudges
from bot.domain.nudges import OnPause, Ritual
from bot.usecases import messages
from bot.usecases.messages import MESSAGES, require_whole


def test_every_ritual_says_what_holds_for_it_and_how_it_asks() -> None:
    require_whole(Ritual)


@pytest.mark.parametrize("ritual", Ritual)
def test_a_ritual_without_rules_does_not_start(ritual: Ritual, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(nudges.RULES, ritual)

    with pytest.raises(RuntimeError, match=rf"bot/domain/nudges\.py .* {ritual}"):
        require_whole(Ritual)


@pytest.mark.parametrize("ritual", Ritual)
def test_a_ritual_that_does_not_say_how_it_asks_does_not_start(
    ritual: Ritual, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(messages.QUESTIONS, ritual)

    with pytest.raises(RuntimeError, match=rf"bot/usecases/messages\.py .* {ritual}"):
        require_whole(Ritual)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"passes_aloud": True}, "passes aloud"),
        ({"on_pause": OnPause.FORGET}, "nothing would plan it anew"),
    ],
)
def test_a_ritual_whose_rules_do_not_fit_its_messages_does_not_start(
    wrong: dict[str, Any], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = replace(nudges.RULES[Ritual.FOLLOW_UP], **wrong)
    monkeypatch.setitem(nudges.RULES, Ritual.FOLLOW_UP, rules)

    with pytest.raises(RuntimeError, match=f"follow_up .*{why}"):
        require_whole(Ritual)


def test_the_messages_by_which_rituals_ask_are_messages_like_others() -> None:
    asked = {message.name for question in messages.QUESTIONS.values() for message in question.messages}

    assert asked < MESSAGES.keys()
