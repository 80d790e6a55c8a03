"""The short pieces: which one comes when, for whom, and in which language; what a file of them must hold."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pairs import Role
from bot.domain.pieces import Reader, piece_with, readers_of
from bot.packs.pieces import parse_pieces, piece_of, pieces_for

MENTOR = pieces_for(Reader.MENTOR)
TEXT = {
    "title": "Ask",
    "text": "Ask first.",
    "scene": "It rains.",
    "ways": [{"said": "I tell", "then": "Wet"}, {"said": "I ask", "then": "Dry"}],
}


def test_mentors_read_five_and_mentees_three() -> None:
    assert (len(MENTOR), len(pieces_for(Reader.MENTEE))) == (5, 3)


@given(st.integers())
def test_the_first_comes_with_the_first_check_in_and_after_the_last_none_comes(count: int) -> None:
    piece = piece_with(MENTOR, count)

    assert piece == (MENTOR[count - 1] if 1 <= count <= len(MENTOR) else None)


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.MENTOR, [Reader.MENTOR]),
        (Role.MENTEE, [Reader.MENTEE]),
        (Role.BOTH, [Reader.MENTOR, Reader.MENTEE]),
    ],
)
def test_peers_read_those_of_both(role: Role, reads: list[Reader]) -> None:
    assert readers_of(role) == reads


def test_a_reader_of_another_language_reads_english() -> None:
    german, english = (MENTOR[0].in_language(locale) for locale in ("de-DE", "en-US"))

    assert german.title != english.title
    assert MENTOR[0].in_language("fi-FI") == english


def test_a_button_finds_its_piece_and_an_unknown_one_nothing() -> None:
    assert piece_of(MENTOR[0].id) == MENTOR[0]
    assert piece_of("mentor.forged") is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 76}, "title"),
        ({"text": "x" * 801}, "text"),
        ({"scene": None}, "scene"),
        ({"ways": TEXT["ways"][:1]}, "ways"),
        ({"ways": [*TEXT["ways"], TEXT["ways"][0]]}, "ways"),
        ({"moral": "Always ask"}, "moral"),
    ],
)
def test_a_file_that_lacks_something_names_the_place(change: dict[str, object], named: str) -> None:
    broken = {"ask": {"en": {**TEXT, **change}, "de": TEXT}}

    with pytest.raises(ValueError, match=rf"(?s)ask\.en\.{named}"):
        parse_pieces(Reader.MENTOR, yaml.safe_dump(broken))


def test_a_piece_in_one_language_only_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ask\.de"):
        parse_pieces(Reader.MENTOR, yaml.safe_dump({"ask": {"en": TEXT}}))
