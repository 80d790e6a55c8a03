"""Is a response about the person, or about what they did?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feedback import is_about_the_person


@pytest.mark.parametrize(
    "text",
    [
        "You are careless",
        "you\u2019re just too slow",
        "You always interrupt people",
        "You never listen",
        "Late, as usual",
        "Du bist einfach zu langsam",
        "Du kommst immer zu spät",
        "Das ist typisch",
    ],
)
def test_labels_and_absolutes_are_noticed(text: str) -> None:
    assert is_about_the_person(text, "en-US")
    assert is_about_the_person(text, "de-DE")


@pytest.mark.parametrize(
    "text",
    [
        "You waited ten seconds, and two people spoke up",
        "You are always well prepared, and it helped",
        "When you asked first, the room went quiet",
        "You were late on Monday, and we began without you",
        "You never gave up, great",
        "You never know who comes, so I asked first",
        "Du hast zehn Sekunden gewartet, und zwei haben gesprochen",
        "",
    ],
)
def test_what_somebody_did_and_praise_are_left_alone(text: str) -> None:
    assert not is_about_the_person(text, "en-US")


@given(st.text(max_size=200))
def test_in_languages_without_rules_it_stays_silent(text: str) -> None:
    assert not is_about_the_person(text, "ja-JP")
