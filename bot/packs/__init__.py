"""The packs of questions that come with Pairloop: one YAML file each, beside this module.

A file gives the pack's name and its questions by language; a question's id is what check-ins remember, so it stays
when the wording changes.
"""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from bot.domain.packs import Pack, Question

DEFAULT = "classic"


@cache
def all_packs() -> dict[str, Pack]:
    """Every pack by its id, the default first. Raises ValueError for a file that is no pack."""
    found = [_read(file) for file in files(__package__).iterdir() if file.name.endswith(".yml")]
    return {pack.id: pack for pack in sorted(found, key=lambda pack: (pack.id != DEFAULT, pack.id))}


def pack_of(pack_id: str) -> Pack:
    """The pack with this id; the default where a cohort names one that is not there any more."""
    packs = all_packs()
    return packs.get(pack_id, packs[DEFAULT])


def _read(file: Traversable) -> Pack:
    try:
        return parse_pack(file.name.removesuffix(".yml"), yaml.safe_load(file.read_text("utf-8")))
    except (KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise ValueError(f"{file.name} is not a pack of questions: {error!r}") from error


def parse_pack(pack_id: str, content: Any) -> Pack:
    """A pack from what its file says: `name` and `questions`, each a mapping by language."""
    languages = content["name"]
    return Pack(
        id=pack_id,
        names={str(language): str(name) for language, name in languages.items()},
        questions={
            str(language): tuple(
                Question(str(question_id), str(texts[language]))
                for question_id, texts in content["questions"].items()
                if language in texts
            )
            for language in languages
        },
    )
