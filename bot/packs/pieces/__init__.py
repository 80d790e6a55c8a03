"""The short pieces that come with Pairloop: a YAML file for mentors and one for mentees, beside this module.

They come in the order of the file, one with each check-in; a new one goes to the end, or people read one twice.
"""

from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from bot.domain.pieces import Piece, PieceText, Reader, Way
from bot.packs.reading import Line, Short, Spoken, Strict, read_beside, read_text

LONGEST = 800

Story = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class _Way(Strict):
    said: Short
    then: Line


class _Text(Strict):
    title: Short
    text: Story
    scene: Line
    ways: Annotated[list[_Way], Field(min_length=2, max_length=2)]


_File = dict[str, Spoken[_Text]]
_SHAPE: TypeAdapter[_File] = TypeAdapter(_File)


@cache
def pieces_for(reader: Reader) -> tuple[Piece, ...]:
    """In their order. Raises WrongFile."""
    return _pieces_in(reader, read_beside(__package__, _SHAPE)[reader])


def piece_of(piece_id: str) -> Piece | None:
    """The piece with this id; None where there is none any more."""
    return next((one for reader in Reader for one in pieces_for(reader) if one.id == piece_id), None)


def parse_pieces(reader: Reader, text: str) -> tuple[Piece, ...]:
    """The pieces in the text of a file. Raises WrongFile."""
    return _pieces_in(reader, read_text(reader, text, _SHAPE))


def _pieces_in(reader: Reader, file: _File) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            f"{reader}.{name}",
            reader,
            {language: _piece_text(text) for language, text in texts.each().items()},
        )
        for name, texts in file.items()
    )


def _piece_text(text: _Text) -> PieceText:
    first, second = (Way(way.said, way.then) for way in text.ways)
    return PieceText(text.title, text.text, text.scene, (first, second))
