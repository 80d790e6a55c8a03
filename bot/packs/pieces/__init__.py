"""The short pieces that come with Pairloop: a YAML file for mentors and one for mentees, beside this module.

They come in the order of the file, one with each check-in; a new one goes to the end, or people read one twice.
"""

from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from bot.domain.pieces import Piece, PieceText, Reader, Way
from bot.domain.shelf import LANGUAGES
from bot.domain.texts import TEXT_LIMIT

BUTTON_LIMIT = 75  # characters on a button in Slack
LONGEST = 800

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=BUTTON_LIMIT)]
Story = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Way(_Strict):
    said: Said
    then: Line


class _Text(_Strict):
    title: Said
    text: Story
    scene: Line
    ways: Annotated[list[_Way], Field(min_length=2, max_length=2)]


_FILE = TypeAdapter(dict[str, dict[str, _Text]])


@cache
def pieces_for(reader: Reader) -> tuple[Piece, ...]:
    """In their order. Raises ValueError that names the piece and what it lacks."""
    return parse_pieces(reader, (files(__package__) / f"{reader}.yml").read_text("utf-8"))


def piece_of(piece_id: str) -> Piece | None:
    """The piece with this id; None where there is none any more."""
    return next((one for reader in Reader for one in pieces_for(reader) if one.id == piece_id), None)


def parse_pieces(reader: Reader, content: str) -> tuple[Piece, ...]:
    """The pieces of a file. Raises ValueError (pydantic's names the place) for what is missing, too long or unknown."""
    found = _FILE.validate_python(yaml.safe_load(content))
    return tuple(
        Piece(
            f"{reader}.{name}",
            reader,
            {language: _piece_text(texts, language, name) for language in LANGUAGES},
        )
        for name, texts in found.items()
    )


def _piece_text(texts: dict[str, _Text], language: str, name: str) -> PieceText:
    if language not in texts:
        raise ValueError(f"{name} says nothing in {language}")
    text = texts[language]
    first, second = (Way(way.said, way.then) for way in text.ways)
    return PieceText(text.title, text.text, text.scene, (first, second))
