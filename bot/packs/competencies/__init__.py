"""Ready-made lists of competencies: one YAML file for each kind of work, beside this module.

A file gives the list's name and its competencies, each with a name and levels in one line, in every language of the
shelf. What a cohort takes over is its own from then on; the id says where it began.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from bot.domain.competencies import NAME_LIMIT, ReadyMade, Template, require_levels
from bot.domain.errors import InvalidInput
from bot.domain.shelf import LANGUAGES

DEFAULT = "default"


@cache
def templates() -> dict[str, Template]:
    """Every list by its id, the default first. Raises ValueError that names the file and what it lacks."""
    found = [_template_in(file) for file in files(__package__).iterdir() if file.name.endswith(".yml")]
    return {one.id: one for one in sorted(found, key=lambda one: (one.id != DEFAULT, one.id))}


def parse_template(template_id: str, content: Any) -> Template:
    """A list from what its file says. Raises KeyError, ValueError."""
    made = tuple(_ready_made(f"{template_id}.{name}", each) for name, each in content["competencies"].items())
    if not made:
        raise ValueError("it has no competencies")
    return Template(template_id, _in_each(content["name"]), made)


def _template_in(file: Traversable) -> Template:
    try:
        return parse_template(file.name.removesuffix(".yml"), yaml.safe_load(file.read_text("utf-8")))
    except (KeyError, ValueError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise ValueError(f"{file.name} is no list of competencies: {error!r}") from error


def _ready_made(id_: str, content: Any) -> ReadyMade:
    names = _in_each(content["name"])
    if long := [name for name in names.values() if len(name) > NAME_LIMIT]:
        raise ValueError(f"{id_}: too long: {', '.join(long)}")
    levels = [_in_each(each) for each in content["levels"]]
    by_language = {language: tuple(each[language] for each in levels) for language in LANGUAGES}
    for lines in by_language.values():
        try:
            require_levels(lines)
        except InvalidInput as error:
            raise ValueError(f"{id_}: {error!r}") from error
    return ReadyMade(id_, names, by_language)


def _in_each(texts: Mapping[str, Any]) -> dict[str, str]:
    """Raises KeyError for a language that is missing, ValueError for one that is empty."""
    found = {language: str(texts[language]).strip() for language in LANGUAGES}
    if not all(found.values()):
        raise ValueError(f"a text is empty: {found}")
    return found
