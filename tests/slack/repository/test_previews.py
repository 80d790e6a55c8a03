"""The menu of those who could look, and what is told of each look."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotOurs
from bot.domain.ids import MemberId
from bot.slack.blocks import Message
from bot.slack.repository.previews import (
    OPEN,
    names_of_words,
    onlooker_text,
    parse_onlooker,
    preview_message,
    with_previews,
)
from bot.usecases.repository.previews import Eyes, Onlooker, Sight, stores_of_words
from bot.words import Words

WORDS = Words("en-US", "UTC")
MIRA = Onlooker(Eyes.PARTNER, MemberId(7), "Mira")
NOTHING = Sight((), 0, {})


def test_everything_that_people_keep_has_a_name() -> None:
    assert set(names_of_words(WORDS)) == set(stores_of_words())


def test_the_menu_carries_who_looks_and_is_read_back() -> None:
    message = with_previews(Message("text", []), [replace(MIRA, eyes=eyes) for eyes in Eyes], WORDS)
    (menu,) = (block.to_dict() for block in message.blocks if block.type == "actions")

    (element,) = menu["elements"]
    assert element["action_id"] == OPEN
    read = [parse_onlooker(option["value"]) for option in element["options"]]
    assert read == [(eyes, MemberId(7)) for eyes in Eyes]


def test_without_anybody_who_could_look_nothing_is_added() -> None:
    message = Message("text", [])

    assert with_previews(message, [], WORDS) is message


@pytest.mark.parametrize("value", ["", "partner", "partner:", "god:7", "partner:x", ":7"])
def test_what_no_menu_of_ours_says_is_refused(value: str) -> None:
    with pytest.raises(NotOurs):
        parse_onlooker(value)


def test_only_who_it_matters_for_is_named() -> None:
    named = {eyes for eyes in Eyes if "Mira" in onlooker_text(replace(MIRA, eyes=eyes), WORDS)}

    assert named == {Eyes.PARTNER, Eyes.LEAD}


def test_what_is_closed_to_them_is_said_with_how_many() -> None:
    mine = Sight((), 0, {"goals": 2, "energies": 3})

    told = str(
        [block.to_dict() for block in preview_message(MIRA, mine, Sight((), 0, {"goals": 2}), WORDS).blocks]
    )

    assert "energy (3)" in told
    assert "goals" not in told


def test_a_lead_and_an_admin_are_said_to_see_the_programme() -> None:
    told = {
        eyes: len(preview_message(replace(MIRA, eyes=eyes), NOTHING, NOTHING, WORDS).blocks) for eyes in Eyes
    }

    assert {eyes for eyes, count in told.items() if count == max(told.values())} == {Eyes.LEAD, Eyes.ADMIN}
