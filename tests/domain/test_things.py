"""Everything that people write says what becomes of it."""

import dataclasses
import typing

import pytest

from bot.domain.stored import Entity, Erased, Stored
from bot.domain.texts import Text
from bot.domain.things import THINGS, described


def holds_words(stored: Stored[Entity]) -> bool:
    """Whether people type something that stands in its rows."""
    hints = typing.get_type_hints(stored.entity, include_extras=True)
    return any(
        isinstance(mark, Text) for hint in hints.values() for mark in getattr(hint, "__metadata__", ())
    )


@pytest.mark.parametrize("name", [name for name, stored in THINGS.items() if holds_words(stored)])
def test_what_people_write_does_not_stay_when_they_have_it_erased(name: str) -> None:
    assert THINGS[name].erased is not Erased.STAYS


@pytest.mark.parametrize("name", [name for name, s in THINGS.items() if s.erased is Erased.WITH_MEMBER])
def test_what_goes_with_a_member_names_the_member(name: str) -> None:
    assert "member_id" in {field.name for field in dataclasses.fields(THINGS[name].entity)}  # type: ignore[arg-type]  # every entity is a dataclass


def test_what_is_not_kept_has_no_description() -> None:
    with pytest.raises(LookupError, match="does not list Text"):
        described(Text)
