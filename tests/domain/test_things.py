"""Everything that people write says what becomes of it."""

import dataclasses
import typing
from dataclasses import replace
from unittest.mock import Mock

import pytest

from bot.domain import things
from bot.domain.shown import asked_by
from bot.domain.stored import Entity, Erased, Stored, Under, found_fields
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


NOT_FOUND_BY = {"link", "missing"}  # where a message stands; what somebody else says of it


@pytest.mark.parametrize("name", [name for name, stored in THINGS.items() if stored.found])
def test_what_is_found_is_found_by_all_that_people_typed_into_it(name: str) -> None:
    stored = THINGS[name]
    typed = {field for field, asked in asked_by(stored.entity).items() if asked.text} - NOT_FOUND_BY
    values = {field: f"typed {field}" for field in typed}
    thing = Mock(spec=[field.name for field in dataclasses.fields(stored.entity)], **values)  # type: ignore[arg-type]  # as above
    found = stored.found
    assert found is not None
    title = "" if isinstance(found.title, Under) else found.title(thing)
    by_title = {field for field in typed if values[field] in title}

    assert typed - by_title == set(found_fields(stored.entity)) - by_title


def test_what_hides_itself_has_to_say_when_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = THINGS["answers"].found
    assert found is not None
    careless = replace(THINGS["answers"], found=replace(found, when=None))
    monkeypatch.setattr(things, "THINGS", {**THINGS, "answers": careless})

    assert "answers would be found whatever stands in taken_back_at" in list(things.faults())
