"""Who sees what is said in one way: in the invitation, in help, in the forms and in the guides."""

import re
from pathlib import Path

import pytest

from bot.domain.languages import LANGUAGES
from bot.domain.pairs import PairStanding
from bot.slack.home.help import privacy_message
from bot.slack.privacy import between_us, limits, programme_in_short, programme_sees, rows, seen_by_you_and
from bot.slack.programme.pairs import standing_in_words
from bot.words import Words
from tests.messages import shown
from tests.running_app import texts_in

ENGLISH = Words()
DOCS = Path(__file__).parents[2] / "docs"
MENTOR_GUIDE, ADMIN_GUIDE = "mentor-guide.md", "admin-guide.md"


def guide(name: str) -> str:
    """A guide as running text: lines and quotation signs are only how it is laid out."""
    return re.sub(r"[\s>]+", " ", (DOCS / name).read_text("utf-8"))


@pytest.mark.parametrize("row", rows(ENGLISH), ids=lambda row: row[0])
def test_the_guide_has_each_line_of_the_page_in_slack(row: tuple[str, str]) -> None:
    assert f"| {row[0]} | {row[1]} |" in guide(MENTOR_GUIDE)


@pytest.mark.parametrize("name", [MENTOR_GUIDE, ADMIN_GUIDE])
def test_both_guides_say_what_the_programme_sees_as_the_invitation_does(name: str) -> None:
    assert all(said(ENGLISH) in guide(name) for said in (between_us, programme_sees, limits))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_in_slack_says_all_of_it(language: str) -> None:
    words = Words(language)
    text = "\n".join(texts_in(shown(privacy_message(words))["blocks"]))

    assert all(value in text for row in rows(words) for value in row)
    assert programme_sees(words) in text
    assert limits(words) in text


def test_a_form_ends_with_its_readers_and_with_what_the_programme_sees() -> None:
    assert seen_by_you_and(("Mira", "Yuki"), ENGLISH) == (
        f"Seen by: you and Mira and Yuki. {programme_in_short(ENGLISH)}"
    )


def test_what_a_lead_reads_of_a_pair_is_named_to_the_pair() -> None:
    """A standing that is new here has to be told in `programme_sees`, too."""
    told = {
        "Asked": "asked",
        "Not now": "“not now”",
        "Active": "active",
        "Paused": "paused",
        "Needs a partner": "paused",
        "Could use a hand": "quiet for long",
        "Ended": "ended",
    }

    assert {standing_in_words(standing, ENGLISH) for standing in PairStanding} == set(told)
    assert all(word in programme_sees(ENGLISH) for word in told.values())
