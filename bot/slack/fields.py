"""A form is a list of fields: from it come its inputs, what stood in them, what *More* shows, and lines of the card.

The list is held against the thing that it asks for as soon as it is made: where it neither asks for a field of the
thing nor leaves it out by name, or asks for it in a way that does not fit, Pairloop does not start and says so.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Self, get_origin

from slack_sdk.models.blocks import Block, InputInteractiveElement

from bot.domain.numbers import number_text
from bot.domain.shown import Asked, asked_by
from bot.domain.texts import DIGITS
from bot.slack import forms
from bot.slack.blocks import clip, titled
from bot.slack.blocks import fields as side_by_side
from bot.slack.forms import Values
from bot.words import Words

Says = Callable[[Words], str]
Options = Callable[[Words], Sequence[tuple[str, StrEnum]]]
Rows = Sequence[tuple[str, str]]  # lines of a card: what each is called, and what it says
Typed = Mapping[str, object]  # what stands in a form, by field, as its inputs take and give it
NOTHING: Typed = MappingProxyType({})
OWN = frozenset({"id", "version", "workspace_id", "pair_id", "member_id", "created_at", "updated_at"})


class ListWrong(TypeError):
    """A list of fields that does not fit the thing that it asks for."""


@dataclass(frozen=True)
class Line:
    """One field, here a text in one line. Its name is that of the thing's own field, and its input's block_id.

    Args:
        required: whether the form insists on it; what the thing cannot be without is required anyhow.
        more: whether it stands under *More*.
        limit: characters; 0 takes the limit that the thing itself names.
        card: what its line on the card is called; without it there is none.
    """

    name: str
    label: Says
    _: KW_ONLY
    required: bool = False
    more: bool = False
    limit: int = 0
    hint: Says | None = None
    placeholder: Says | None = None
    card: Says | None = None

    def holds(self) -> object:
        """The type of what is read."""
        return str

    def element(self, typed: object, words: Words) -> InputInteractiveElement:
        return self._box(typed, words, multiline=False)

    def typed(self, values: Values) -> object:
        """What stands in the input."""
        return values.text(self.name)

    def read(self, values: Values, _locale: str) -> object:
        """What stands in the input, as the thing holds it. Raises InvalidInput."""
        return self.typed(values)

    def as_typed(self, held: object, _words: Words) -> object:
        """What the thing holds, as the input takes it."""
        return held

    def told(self, held: object, _words: Words) -> str:
        """What the thing holds, as people read it."""
        return str(held or "")

    def _box(self, typed: object, words: Words, *, multiline: bool) -> InputInteractiveElement:
        return forms.text_box(
            initial=clip(str(typed or ""), self.limit),
            placeholder=self.placeholder(words) if self.placeholder else "",
            limit=self.limit,
            multiline=multiline,
        )


class Story(Line):
    """A text in several lines, which takes the whole width of a card."""

    def element(self, typed: object, words: Words) -> InputInteractiveElement:
        return self._box(typed, words, multiline=True)


class Tags(Line):
    """Words with commas between them; `parse_tags` takes them apart."""

    def holds(self) -> object:
        return tuple

    def as_typed(self, held: object, words: Words) -> object:
        return self.told(held, words)

    def told(self, held: object, _words: Words) -> str:
        return ", ".join(held) if isinstance(held, tuple) else ""


class Number(Line):
    """A number, typed and read as its reader's language writes it."""

    def holds(self) -> object:
        return Decimal

    def read(self, values: Values, locale: str) -> object:
        return values.number(self.name, locale)

    def as_typed(self, held: object, words: Words) -> object:
        return number_text(held, words.locale) if isinstance(held, Decimal) else ""

    def told(self, held: object, words: Words) -> str:
        return words.number(held) if isinstance(held, Decimal) else ""


class Day(Line):
    """A day of the calendar."""

    def holds(self) -> object:
        return date

    def element(self, typed: object, _words: Words) -> InputInteractiveElement:
        return forms.day_picker(typed if isinstance(typed, date) else None)

    def typed(self, values: Values) -> object:
        return values.day(self.name)

    def told(self, held: object, words: Words) -> str:
        return words.day(held) if isinstance(held, date) else ""


class FarDay(Day):
    """A day that may be far ahead: it is told with its year, always."""

    def told(self, held: object, words: Words) -> str:
        return words.full_day(held) if isinstance(held, date) else ""


class Time(Line):
    """A time of day."""

    def holds(self) -> object:
        return time

    def element(self, typed: object, _words: Words) -> InputInteractiveElement:
        return forms.time_picker(typed if isinstance(typed, time) else None)

    def typed(self, values: Values) -> object:
        return values.time(self.name)

    def told(self, held: object, words: Words) -> str:
        return words.clock(held) if isinstance(held, time) else ""


@dataclass(frozen=True)
class OneOf(Line):
    """One of an enum.

    Args:
        options: each with its label, in the order of the form.
        elsewhere: what this input does not offer, since something else of the form does.
        says: how a card tells each, where that is not the label.
    """

    of: type[StrEnum]
    options: Options
    elsewhere: Collection[StrEnum] = field(default=(), kw_only=True)
    says: Options | None = field(default=None, kw_only=True)

    def holds(self) -> object:
        return self.of

    def element(self, typed: object, words: Words) -> InputInteractiveElement:
        return forms.radio(self.options(words), str(typed or ""))

    def typed(self, values: Values) -> object:
        return values.option(self.name)

    def read(self, values: Values, _locale: str) -> object:
        return values.choice(self.name, self.of)

    def told(self, held: object, words: Words) -> str:
        return self._says(words)[held] if isinstance(held, str) else ""

    def missing(self) -> list[str]:
        """What it has no words for, neither in the form nor on a card."""
        needed = set(self.of) - set(self.elsewhere)
        return sorted({*needed - _offered(self.options), *needed - _offered(self.says or self.options)})

    def _says(self, words: Words) -> Mapping[str, str]:
        return {value: said for said, value in (self.says or self.options)(words)}


class SomeOf(OneOf):
    """Some of an enum."""

    def holds(self) -> object:
        return tuple

    def element(self, typed: object, words: Words) -> InputInteractiveElement:
        return forms.checkboxes(self.options(words), typed if isinstance(typed, tuple) else ())

    def typed(self, values: Values) -> object:
        return values.options(self.name)

    def read(self, values: Values, _locale: str) -> object:
        return values.choices(self.name, self.of)

    def told(self, held: object, words: Words) -> str:
        says = self._says(words)
        return words.names(says[one] for one in held) if isinstance(held, tuple) and held else ""


class SomeInOrder(SomeOf):
    """Some of an enum, in the order in which they were chosen."""

    def element(self, typed: object, words: Words) -> InputInteractiveElement:
        return forms.several(self.options(words), typed if isinstance(typed, tuple) else ())


@dataclass(frozen=True)
class FieldList:
    """What a form asks of a thing, in its order.

    Args:
        thing: the frozen dataclass of `bot.domain` whose fields these are.
        besides: its fields that this form does not ask for, or asks for in a way of its own; OWN goes without saying.

    Raises:
        ListWrong: the list and the thing do not fit; it names the field.
    """

    thing: type
    fields: tuple[Line, ...]
    besides: Collection[str] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        known = asked_by(self.thing)
        listed = [one.name for one in self.fields]
        here = f"the form of {self.thing.__name__}"
        if strange := set(listed) - known.keys():
            raise ListWrong(f"{here} asks for what it does not have: {', '.join(sorted(strange))}")
        if forgotten := known.keys() - OWN - {*listed, *self.besides}:
            raise ListWrong(f"{here} neither asks for nor leaves out: {', '.join(sorted(forgotten))}")
        object.__setattr__(
            self, "fields", tuple(_completed(one, known[one.name], here) for one in self.fields)
        )

    def draft(self, held: object, words: Words) -> dict[str, object]:
        """What a thing holds, as the form takes it."""
        return {one.name: one.as_typed(getattr(held, one.name), words) for one in self.fields}

    def typed(self, values: Values) -> dict[str, object]:
        """What stands in the fields that the form shows, readable or not."""
        return {one.name: one.typed(values) for one in self._shown(values)}

    def read(self, values: Values, locale: str = "") -> dict[str, object]:
        """What stands in the fields that the form shows, and nothing of the others. Raises InvalidInput."""
        return {one.name: one.read(values, locale) for one in self._shown(values)}

    def has_more(self, draft: Typed) -> bool:
        """Whether something stands under *More*, which is then never hidden."""
        return any(
            one.more and draft.get(one.name) not in (*_EMPTY, self._preset(one)) for one in self.fields
        )

    def inputs(
        self,
        draft: Typed,
        words: Words,
        *,
        more: bool = True,
        only: Collection[str] | None = None,
        before: Mapping[str, Sequence[Block]] = MappingProxyType({}),
        focus: str = "",
    ) -> list[Block]:
        """The inputs, filled in; what was not typed yet is as the thing presets it.

        Args:
            more: whether *More* was opened.
            only: the fields that are asked for this time; None for all.
            before: blocks that stand before a field.
            focus: the field to begin at.
        """
        return [
            block
            for one in self.fields
            if (more or not one.more) and (only is None or one.name in only)
            for block in (*before.get(one.name, ()), self._input(one, draft, words, focus=one.name == focus))
        ]

    def saying(self, name: str, **said: Says | None) -> Self:
        """The same with another `label`, `hint` or `card` for one field, where what it says depends on the moment."""
        return replace(
            self,
            fields=tuple(replace(one, **said) if one.name == name else one for one in self.fields),  # type: ignore[arg-type]  # by name
        )

    def beginning(self, *names: str) -> Self:
        """The same in another order: these come first."""
        named = {one.name: one for one in self.fields}
        first = [named[name] for name in names]
        return replace(self, fields=(*first, *(one for one in self.fields if one not in first)))

    def told(
        self, held: object, words: Words, before: Mapping[str, Rows] = MappingProxyType({})
    ) -> list[tuple[str, str]]:
        """What a card tells of the thing, and what each is called; what is empty is left out.

        Args:
            before: lines of something else that stand before a field, told or not.
        """
        return _told(self.fields, held, words, before)

    def stories(self, held: object, words: Words) -> list[Block]:
        """Of these, what is long and takes the whole width of the card."""
        long = [one for one in self.fields if isinstance(one, Story)]
        return [titled(*line) for line in _told(long, held, words)]

    def lines(
        self, held: object, words: Words, before: Mapping[str, Rows] = MappingProxyType({})
    ) -> list[tuple[str, str]]:
        """Of these, what stands side by side."""
        return _told([one for one in self.fields if not isinstance(one, Story)], held, words, before)

    def blocks(self, held: object, words: Words) -> list[Block]:
        """All of these as a card has them: what is short side by side, and then what is long."""
        short = self.lines(held, words)
        return [*([side_by_side(*short)] if short else []), *self.stories(held, words)]

    def texts(self, held: object, words: Words) -> list[str]:
        """What each field says, called nothing; what is empty is left out."""
        return list(filter(None, (one.told(getattr(held, one.name), words) for one in self.fields)))

    def _shown(self, values: Values) -> list[Line]:
        shown = set(values.shown)
        return [one for one in self.fields if one.name in shown]

    def _preset(self, one: Line) -> object:
        return one.as_typed(asked_by(self.thing)[one.name].preset, Words())

    def _input(self, one: Line, draft: Typed, words: Words, *, focus: bool) -> Block:
        element = one.element(draft.get(one.name, self._preset(one)), words)
        element.focus_on_load = focus or None
        hint = one.hint(words) if one.hint else ""
        return forms.field(one.name, one.label(words), element, required=one.required, hint=hint)


_EMPTY: tuple[object, ...] = (None, "", ())


def _told(
    fields: Sequence[Line], held: object, words: Words, before: Mapping[str, Rows] = MappingProxyType({})
) -> list[tuple[str, str]]:
    if astray := before.keys() - {one.name for one in fields}:
        raise ListWrong(f"lines before what is not told here: {', '.join(sorted(astray))}")
    rows = [row for one in fields for row in (*before.get(one.name, ()), *_row(one, held, words))]
    return [(name, text) for name, text in rows if text]


def _row(one: Line, held: object, words: Words) -> Rows:
    return [(one.card(words), one.told(getattr(held, one.name), words))] if one.card else []


def _offered(options: Options) -> set[StrEnum]:
    return {value for _, value in options(Words())}


def _completed(one: Line, asked: Asked, here: str) -> Line:
    """The field with what the thing says of it. Raises ListWrong where it could not hold what is typed."""
    if one.holds() not in {get_origin(kind) or kind for kind in asked.kinds}:
        raise ListWrong(f"{here} asks for what does not fit: {one.name} as {type(one).__name__}")
    if isinstance(one, OneOf) and (missing := one.missing()):
        raise ListWrong(f"{here} has no words for what may be chosen: {one.name} as {', '.join(missing)}")
    needed = asked.text.required if asked.text else asked.needed
    limit = one.limit or (asked.text.limit if asked.text else DIGITS if isinstance(one, Number) else 0)
    if type(one) in (Line, Story) and not limit:
        raise ListWrong(f"{here} asks for a text without a limit: {one.name}")
    return replace(one, required=one.required or needed, limit=limit)
