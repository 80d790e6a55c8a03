"""What a form showed of a thing, made fit to be kept. Whatever it did not show stays as it is, by construction."""

import dataclasses
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Annotated, TypeVar, get_args, get_origin, get_type_hints

from bot.domain.errors import ChoiceMissing
from bot.domain.texts import Text, clean, required, sane

# What stood in each field that was shown, read; the names are those of the thing.
Shown = Mapping[str, object]
Kept = TypeVar("Kept")


@dataclasses.dataclass(frozen=True)
class Asked:
    """What a thing says of one of its fields: what it may hold, and what it holds where nothing is said.

    Args:
        kinds: the types of what it may hold, None's among them where it may be empty.
        text: the rule for a text that people type.
        preset: None for a field that has to be given, where `needed` is true.
    """

    kinds: tuple[object, ...]
    text: Text | None
    preset: object
    needed: bool

    @property
    def may_be_empty(self) -> bool:
        return NoneType in self.kinds


@cache
def asked_by(kind: Callable[..., object]) -> Mapping[str, Asked]:
    """What a frozen dataclass says of its fields, by name and in its order."""
    hints = get_type_hints(kind, include_extras=True)
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]  # whoever asks has a dataclass
    return {field.name: _asked(hints[field.name], field.default) for field in fields}


def begun(kind: Callable[..., Kept], shown: Shown, /, **own: object) -> Kept:
    """A new thing: `own` is what its maker knows, the rest is what was shown, or else as the thing presets it.

    Raises InvalidInput for the field at fault, also where it was needed and not shown.
    """
    needed = {name: None for name, asked in asked_by(kind).items() if asked.needed and name not in own}
    return kind(**own, **_cleaned(kind, {**needed, **shown}))


def changed(old: Kept, shown: Shown) -> Kept:
    """The thing with what was shown; everything else keeps its value. Raises InvalidInput for the field at fault."""
    return dataclasses.replace(old, **_cleaned(type(old), shown))  # type: ignore[type-var]  # a dataclass, as above


def _asked(hint: object, preset: object) -> Asked:
    bare, *rules = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    needed = preset is dataclasses.MISSING
    return Asked(
        kinds=get_args(bare) if NoneType in get_args(bare) else (bare,),
        text=next((rule for rule in rules if isinstance(rule, Text)), None),
        preset=None if needed else preset,
        needed=needed,
    )


def _cleaned(kind: Callable[..., object], shown: Shown) -> dict[str, object]:
    return {name: _clean(asked_by(kind)[name], value, name) for name, value in shown.items()}


def _clean(asked: Asked, value: object, name: str) -> object:
    if asked.text is not None:
        return _text(asked.text, str(value or ""), name)
    if isinstance(value, Decimal):
        return sane(value, name)
    if value is None and not asked.may_be_empty:
        if asked.needed:
            raise ChoiceMissing(field=name)
        return asked.preset
    return value


def _text(rule: Text, typed: str, name: str) -> str:
    text = clean(typed, rule.limit, name)
    if rule.opening is not None and (found := rule.opening.match(text)):
        text = text[found.end() :].lstrip()
    return required(text, rule.limit, name) if rule.required else text
