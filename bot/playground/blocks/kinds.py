"""What kinds of values does Block Kit know, and what does Slack say when one is wrong?

A kind checks one value and names the place of each fault with a JSON pointer, in the words that Slack uses in
`response_metadata.messages`. Kinds hold no facts about any block: those stand in `block_tables`.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

JsonObject = Mapping[str, Any]
Rule = Callable[[JsonObject, str], Iterator[str]]


class Kind(Protocol):
    def check(self, value: object, at: str) -> Iterator[str]:
        """Yield one message for each fault of `value`, which stands at the JSON pointer `at`."""


def fault(text: str, at: str) -> str:
    return f"[ERROR] {text} [json-pointer:{at}]"


BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


def kept_length(text: str) -> int:
    """How long a text is as Slack keeps it, with entities for its three signs.

    The pages do not say on which side of that the limits count, so the stricter reading stands.
    """
    return len(text) + 4 * len(BARE_AMPERSAND.findall(text)) + 3 * (text.count("<") + text.count(">"))


@dataclass(frozen=True)
class Str:
    """A string of `least` to `most` characters that fits `pattern` or is one of `choices`, where given.

    `kept` counts them as `kept_length` does, which is for what people read.
    """

    most: int | None = None
    least: int = 1
    choices: tuple[str, ...] = ()
    pattern: str = ""
    kept: bool = False

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must provide a string", at)
        elif len(value) < self.least:
            yield fault(f"must be more than {self.least - 1} characters", at)
        elif self.most is not None and self._length(value) > self.most:
            yield fault(f"must be less than {self.most + 1} characters", at)
        elif self.choices and value not in self.choices:
            yield fault("must be a valid enum value", at)
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield fault("failed to match schema", at)

    def _length(self, value: str) -> int:
        return kept_length(value) if self.kept else len(value)


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int | None = None

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield fault("must provide an integer", at)
        elif value < self.least:
            yield fault(f"must be greater than {self.least - 1}", at)
        elif self.most is not None and value > self.most:
            yield fault(f"must be less than {self.most + 1}", at)


@dataclass(frozen=True)
class Number:
    """Any number that JSON can hold."""

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            yield fault("must provide a number", at)


@dataclass(frozen=True)
class Flag:
    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield fault("must provide a boolean", at)


@dataclass(frozen=True)
class Items:
    """A list of `least` to `most` values of one kind."""

    of: Kind
    most: int | None = None
    least: int = 1

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must provide an array", at)
        elif len(value) < self.least:
            yield fault(f"must provide at least {self.least} items", at)
        elif self.most is not None and len(value) > self.most:
            yield fault(f"no more than {self.most} items allowed", at)
        else:
            for index, item in enumerate(value):
                yield from self.of.check(item, f"{at}/{index}")


@dataclass(frozen=True)
class Shape:
    """An object with these fields and no others; `rules` compare fields once each is well formed."""

    fields: Mapping[str, Kind]
    required: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield fault("must provide an object", at)
            return
        faults = [*self._names(value, at), *self._values(value, at)]
        yield from faults
        if not faults:
            for rule in self.rules:
                yield from rule(value, at)

    def _names(self, value: JsonObject, at: str) -> Iterator[str]:
        yield from (
            fault(f"missing required field: {name}", at) for name in self.required if name not in value
        )
        yield from (
            fault(f"invalid additional property: {name}", at) for name in value if name not in self.fields
        )

    def _values(self, value: JsonObject, at: str) -> Iterator[str]:
        for name, kind in self.fields.items():
            if name in value:
                yield from kind.check(value[name], f"{at}/{name}")


@dataclass(frozen=True)
class Tagged:
    """An object whose `type` says its shape; `left_out` are types of Slack that the playground lacks."""

    shapes: Mapping[str, Shape]
    left_out: frozenset[str] = field(default_factory=frozenset)

    def check(self, value: object, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield fault("must provide an object", at)
        elif "type" not in value:
            yield fault("missing required field: type", at)
        elif isinstance(value["type"], str) and value["type"] in self.shapes:
            yield from self.shapes[value["type"]].check(value, at)
        else:
            yield fault(f"unsupported type: {self._name(str(value['type']))}", f"{at}/type")

    def _name(self, name: str) -> str:
        return f"{name} (Slack has it, the playground does not)" if name in self.left_out else name


def typed(fields: Mapping[str, Kind], *required: str, rules: tuple[Rule, ...] = ()) -> Shape:
    """Return the shape of an object that also says its `type`."""
    return Shape({"type": Str(), **fields}, required, rules)
