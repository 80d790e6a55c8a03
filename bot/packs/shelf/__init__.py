"""The shelf of written tries that comes with Pairloop: one YAML file for each aim, beside this module.

A file gives the aim's name and the words of goals for it by language, and its tries. A try's name is what suggestions
remember, so it stays when the wording changes.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import attrgetter
from typing import Any

import yaml

from bot.domain.experiments import LINE_LIMIT, STEPS_LIMIT
from bot.domain.shelf import FITTING_LIMIT, LANGUAGES, Aim, Direction, ShelfTry, fitting, fitting_aims

OPTION_LIMIT = 75  # characters of an option in Slack: a behaviour is chosen from a list
LIMITS = {"behaviour": OPTION_LIMIT, "situation": LINE_LIMIT, "sign": LINE_LIMIT, "steps": STEPS_LIMIT}


@cache
def aims() -> tuple[Aim, ...]:
    """Every aim in the order of their files. Raises ValueError that names the file, the try, and what it lacks."""
    found = sorted(
        (file for file in files(__package__).iterdir() if file.name.endswith(".yml")), key=attrgetter("name")
    )
    return tuple(map(_aim_in, found))


def shelf_for(goal_text: str, locale: str, limit: int = FITTING_LIMIT) -> tuple[ShelfTry, ...]:
    """The written tries that fit a goal, three at most, in the reader's language; none where nothing fits."""
    return fitting(aims(), goal_text, locale, limit)


def aims_for(goal_text: str) -> list[Aim]:
    """What a goal is for, the best first; none where its words meet no aim."""
    return fitting_aims(aims(), goal_text)


def shelf_try(shelf_id: str, locale: str) -> ShelfTry | None:
    """The try with this id in the reader's language; None where the shelf has it no more."""
    return next((one for aim in aims() for one in aim.tries_in(locale) if one.id == shelf_id), None)


def parse_aim(aim_id: str, content: Any) -> Aim:
    """An aim from what its file says. Raises ValueError for whatever is missing, too long or unknown."""
    _require(content, {"name", "words", "tries"}, "it")
    names, words = (_spoken(content[part], part, str) for part in ("name", "words"))
    if not isinstance(content["tries"], Mapping) or not content["tries"]:
        raise ValueError("it has no tries")
    tries = [_tries(f"{aim_id}.{name}", each) for name, each in content["tries"].items()]
    in_language = {language: tuple(each[language] for each in tries) for language in LANGUAGES}
    return Aim(aim_id, names, " ".join(words.values()), in_language)


def _aim_in(file: Traversable) -> Aim:
    try:
        return parse_aim(file.name.removesuffix(".yml"), yaml.safe_load(file.read_text("utf-8")))
    except (ValueError, yaml.YAMLError) as error:
        raise ValueError(f"{file.name} is no part of the shelf: {error}") from error


def _tries(id_: str, content: Any) -> dict[str, ShelfTry]:
    """One try by language."""
    _require(content, {"direction", *LANGUAGES}, id_)
    if content["direction"] not in list(Direction):
        raise ValueError(f"{id_} goes in no direction: {content['direction']!r}")
    texts = _spoken({language: content[language] for language in LANGUAGES}, id_, lambda each: each)
    return {
        language: ShelfTry(
            id_,
            direction=Direction(content["direction"]),
            **_written_in(f"{id_} in {language}", texts[language]),
        )
        for language in LANGUAGES
    }


def _written_in(here: str, content: Any) -> dict[str, str]:
    _require(content, set(LIMITS), here)
    for name, limit in LIMITS.items():
        if not isinstance(content[name], str) or not 0 < len(content[name].strip()) <= limit:
            raise ValueError(f"{here}: its {name} is no text of up to {limit} characters")
    return {name: content[name].strip() for name in LIMITS}


def _spoken(content: Any, part: str, read: Callable[[Any], Any]) -> dict[str, Any]:
    """The part by language, each of which must be there and say something."""
    _require(content, set(LANGUAGES), part)
    if silent := [language for language in LANGUAGES if not content[language]]:
        raise ValueError(f"{part} says nothing in {', '.join(silent)}")
    return {language: read(content[language]) for language in LANGUAGES}


def _require(content: Any, names: set[str], here: str) -> None:
    """Raise ValueError unless exactly these are there."""
    if not isinstance(content, Mapping):
        raise ValueError(f"{here} holds nothing that has a name")  # noqa: TRY004 - like everything else in a file
    if missing := names - content.keys():
        raise ValueError(f"{here} lacks {', '.join(sorted(missing))}")
    if unknown := set(map(str, content.keys())) - names:
        raise ValueError(f"{here} has what the shelf does not know: {', '.join(sorted(unknown))}")
