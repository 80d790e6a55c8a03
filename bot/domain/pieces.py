"""Short pieces for the beginning: one with each of the first check-ins, a minute to read, with a scene to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.languages import spoken
from bot.domain.pairs import Role

PIECE_SUBJECT = 0  # of the offer: they are ended all at once


class Reader(StrEnum):
    """For whom a piece is written."""

    MENTOR = "mentor"
    MENTEE = "mentee"


@dataclass(frozen=True)
class Way:
    """One way to act in the scene, and what tends to come of it."""

    said: str
    then: str


@dataclass(frozen=True)
class PieceText:
    """A piece in one language."""

    title: str
    text: str
    scene: str
    ways: tuple[Way, Way]


@dataclass(frozen=True)
class Piece:
    """A piece by language; `id` ("mentor.asking_first") is what buttons carry, so it stays when the words change."""

    id: str
    reader: Reader
    texts: Mapping[str, PieceText]

    def in_language(self, locale: str) -> PieceText:
        """In the language of a locale; in English where it is not written in it."""
        return self.texts[spoken(locale)]


def piece_with(pieces: Sequence[Piece], count: int) -> Piece | None:
    """The piece that comes with somebody's check-in of this number, from 1; None once all have come."""
    return pieces[count - 1] if 0 < count <= len(pieces) else None


def readers_of(role: Role) -> list[Reader]:
    """What somebody in this role reads: peers both."""
    mentor = [Reader.MENTOR] if role.mentors else []
    return [*mentor, Reader.MENTEE] if role.learns else mentor
