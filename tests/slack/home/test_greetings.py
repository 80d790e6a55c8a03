"""Which of the many messages in a conversation with us somebody says to us."""

from typing import Any

import pytest

from bot.slack.home.greetings import is_said_to_us

SAID = {"type": "message", "channel_type": "im", "user": "U1", "text": "hello", "ts": "1.1"}


@pytest.mark.parametrize(
    "more", [{}, {"subtype": "file_share"}, {"thread_ts": "1.0"}, {"subtype": "me_message"}, {"text": ""}]
)
def test_what_a_person_says_is_said_to_us(more: dict[str, Any]) -> None:
    assert is_said_to_us({"event": {**SAID, **more}})


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B1"},
        {"subtype": "message_changed", "hidden": True},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"hidden": True},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"user": "USLACKBOT"},
        {"user": None},
    ],
)
def test_what_an_app_says_and_what_becomes_of_a_message_is_not(more: dict[str, Any]) -> None:
    assert not is_said_to_us({"event": {**SAID, **more}})


@pytest.mark.parametrize("body", [{}, {"event": None}, {"event": "message"}])
def test_what_has_no_event_is_not(body: dict[str, Any]) -> None:
    assert not is_said_to_us(body)
