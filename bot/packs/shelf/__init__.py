"""The shelf of written tries that comes with Pairloop: one YAML file for each aim, beside this module.

A file gives the aim's name and the words of goals for it by language, and its tries. A try's name is what suggestions
remember, so it stays when the wording changes.
"""

from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from bot.domain.experiments import LINE_LIMIT, STEPS_LIMIT
from bot.domain.languages import LANGUAGES
from bot.domain.shelf import FITTING_LIMIT, Aim, Direction, ShelfTry, fitting, fitting_aims
from bot.packs.reading import Short, Spoken, Strict, read_beside, read_text

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LINE_LIMIT)]
_Steps = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=STEPS_LIMIT)]


class _Written(Strict):
    behaviour: Short  # it is chosen from a list
    situation: _Line
    sign: _Line
    steps: _Steps


class _Try(Spoken[_Written]):
    direction: Annotated[Direction, Field(strict=False)]


class _File(Strict):
    name: Spoken[_Line]
    words: Spoken[_Words]
    tries: Annotated[dict[str, _Try], Field(min_length=1)]


_SHAPE = TypeAdapter(_File)


@cache
def aims() -> tuple[Aim, ...]:
    """Every aim in the order of their files. Raises WrongFile."""
    return tuple(_aim(aim_id, file) for aim_id, file in read_beside(__package__, _SHAPE).items())


def shelf_for(goal_text: str, locale: str, limit: int = FITTING_LIMIT) -> tuple[ShelfTry, ...]:
    """The written tries that fit a goal, three at most, in the reader's language; none where nothing fits."""
    return fitting(aims(), goal_text, locale, limit)


def aims_for(goal_text: str) -> list[Aim]:
    """What a goal is for, the best first; none where its words meet no aim."""
    return fitting_aims(aims(), goal_text)


def shelf_try(shelf_id: str, locale: str) -> ShelfTry | None:
    """The try with this id in the reader's language; None where the shelf has it no more."""
    return next((one for aim in aims() for one in aim.tries_in(locale) if one.id == shelf_id), None)


def parse_aim(aim_id: str, text: str) -> Aim:
    """An aim from the text of its file. Raises WrongFile."""
    return _aim(aim_id, read_text(aim_id, text, _SHAPE))


def _aim(aim_id: str, file: _File) -> Aim:
    tries = {
        language: tuple(_shelf_try(f"{aim_id}.{name}", one, language) for name, one in file.tries.items())
        for language in LANGUAGES
    }
    return Aim(aim_id, file.name.each(), " ".join(file.words.each().values()), tries)


def _shelf_try(id_: str, one: _Try, language: str) -> ShelfTry:
    return ShelfTry(id_, direction=one.direction, **one.each()[language].model_dump())
