"""Ready-made lists of competencies: one YAML file for each kind of work, beside this module.

A file gives the list's name and its competencies, each with a name and levels in one line, in every language. What a
cohort takes over is its own from then on; the id says where it began.
"""

from functools import cache
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from bot.domain.competencies import FEWEST_LEVELS, LEVEL_LIMIT, MOST_LEVELS, NAME_LIMIT, ReadyMade, Template
from bot.domain.languages import LANGUAGES
from bot.packs.reading import Spoken, Strict, read_beside, read_text

DEFAULT = "default"

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LIMIT)]
_Level = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LEVEL_LIMIT)]


class _Competency(Strict):
    name: Spoken[_Name]
    levels: Annotated[list[Spoken[_Level]], Field(min_length=FEWEST_LEVELS, max_length=MOST_LEVELS)]


class _File(Strict):
    name: Spoken[_Name]
    competencies: Annotated[dict[str, _Competency], Field(min_length=1)]


_SHAPE = TypeAdapter(_File)


@cache
def templates() -> dict[str, Template]:
    """Every list by its id, the default first. Raises WrongFile."""
    found = read_beside(__package__, _SHAPE)
    return {
        name: _template(name, found[name]) for name in sorted(found, key=lambda one: (one != DEFAULT, one))
    }


def parse_template(template_id: str, text: str) -> Template:
    """A list from the text of its file. Raises WrongFile."""
    return _template(template_id, read_text(template_id, text, _SHAPE))


def _template(template_id: str, file: _File) -> Template:
    made = (_ready_made(f"{template_id}.{name}", one) for name, one in file.competencies.items())
    return Template(template_id, file.name.each(), tuple(made))


def _ready_made(id_: str, one: _Competency) -> ReadyMade:
    levels = {language: tuple(level.each()[language] for level in one.levels) for language in LANGUAGES}
    return ReadyMade(id_, one.name.each(), levels)
