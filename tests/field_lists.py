"""All lists of fields that forms are made of, and things in which each of those fields says something."""

import importlib
import pkgutil
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import bot.slack
from bot.domain.shown import Asked, asked_by
from bot.slack.fields import FieldList, SomeOf, Tags
from tests.planting import NOW

DAY = date(2026, 12, 24)
MADE_UP: dict[object, object] = {date: DAY, time: time(9, 30), Decimal: Decimal("2.5"), int: 3, bool: True}
MADE_UP[tuple[str, ...]] = ("first", "second", "third")


def _lists() -> dict[str, FieldList]:
    """By the name of the thing that they ask for."""
    walked = pkgutil.walk_packages(bot.slack.__path__, "bot.slack.")
    modules = [importlib.import_module(found.name) for found in walked]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, FieldList)]
    return {one.thing.__name__: one for one in found}


LISTS = _lists()


def filled(asks: FieldList, text: str = "old") -> dict[str, Any]:
    """A value for every field of the list, other than its preset."""
    asked = asked_by(asks.thing)
    made: dict[str, Any] = {}
    for one in asks.fields:
        if isinstance(one, SomeOf):
            made[one.name] = (next(iter(one.of)),)
        elif isinstance(one, Tags):
            made[one.name] = (text, "tag")
        else:
            made[one.name] = made_up(one.name, asked[one.name], text)
    return made


def made_up(name: str, asked: Asked, text: str) -> object:
    if asked.text is not None or str in asked.kinds:
        return f"{text} {name}"
    kind = next(kind for kind in asked.kinds if kind is not type(None))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(one for one in reversed(kind) if one != asked.preset)
    return MADE_UP[kind]


def a_thing(asks: FieldList, **more: Any) -> Any:
    """A thing in which every field of the list says something."""
    needed = {name: _needed(asked) for name, asked in asked_by(asks.thing).items() if asked.needed}
    return asks.thing(**(needed | filled(asks) | more))


def _needed(asked: Asked) -> object:
    (kind, *_) = asked.kinds
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return list(kind)[-1]
    known: dict[object, object] = {str: "", date: DAY, type(NOW): NOW, time: time(9, 30)}
    return known.get(kind, 1)
