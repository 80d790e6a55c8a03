"""The packs of questions that come with Pairloop: one YAML file each, beside this module.

A file gives the pack's name, its questions by language, and three ways to begin for each part. A question's id is what
check-ins remember, so it stays when the wording changes.
"""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from bot.domain.packs import STARTERS, Learner, Pack, Question
from bot.domain.texts import TEXT_LIMIT

DEFAULT = "classic"
MENTORS = "mentors.yml"
FOR_MENTORS = "mentor"  # whoever mentors needs no starters


@cache
def all_packs() -> dict[str, Pack]:
    """Every pack for those who learn by its id, the default first. Raises ValueError for a file that is no pack."""
    found = [
        _read(file)
        for file in files(__package__).iterdir()
        if file.name.endswith(".yml") and file.name != MENTORS
    ]
    return {pack.id: pack for pack in sorted(found, key=lambda pack: (pack.id != DEFAULT, pack.id))}


def pack_of(pack_id: str) -> Pack:
    """The pack with this id; the default where a cohort names one that is not there any more."""
    packs = all_packs()
    return packs.get(pack_id, packs[DEFAULT])


@cache
def mentors_pack() -> Pack:
    """The questions for whoever mentors; nobody has to answer one. Raises ValueError for a file that is no pack."""
    return _read(files(__package__) / MENTORS)


def _read(file: Traversable) -> Pack:
    try:
        return parse_pack(file.name.removesuffix(".yml"), yaml.safe_load(file.read_text("utf-8")))
    except (KeyError, ValueError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise ValueError(f"{file.name} is not a pack of questions: {error!r}") from error


def parse_pack(pack_id: str, content: Any) -> Pack:
    """A pack from what its file says: `name` and `questions`, each a mapping by language, and `starters` by part.

    Raises KeyError for what is missing, ValueError for starters that are too many, too few or too long.
    """
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
        starters={
            (str(language), learner): _starters(content["starters"][learner], str(language))
            for language in languages
            for learner in Learner
            if content.get("for") != FOR_MENTORS
        },
    )


def _starters(content: Any, language: str) -> tuple[Question, ...]:
    found = tuple(Question(str(name), str(texts[language]).strip()) for name, texts in content.items())
    if len(found) != STARTERS:
        raise ValueError(f"{len(found)} starters in {language} where {STARTERS} belong")
    if wrong := [one.id for one in found if not 0 < len(one.text) <= TEXT_LIMIT]:
        raise ValueError(f"starters that are empty or too long in {language}: {', '.join(wrong)}")
    return found
