"""Forms: the fields they are made of, and the parser that reads the same fields back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self, TypeVar

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.domain.errors import ChoiceMissing, FormGone, NumberNotUnderstood, TimeInvalid
from bot.domain.numbers import parse_number
from bot.slack.blocks import plain
from bot.slack.payloads import chosen_in, id_in, part_of

# Every input of ours has this action_id: a field is known by its block_id.
INPUT = "value"
TITLE_LIMIT = 24
LABEL_LIMIT = 2000
OPTION_LIMIT = 75
OFFERED = 100  # options at most (docs.slack.dev/reference/block-kit)
SLACK_TEXT_LIMIT = 3000

Choice = TypeVar("Choice", bound=StrEnum)


def form(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str,
    close: str,
    metadata: Mapping[str, Any] | None = None,
) -> View:
    """A modal with a submit button. `metadata` is what the parser needs besides the fields: ids, no words."""
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(title, TITLE_LIMIT),
        submit=plain(submit, TITLE_LIMIT),
        close=plain(close, TITLE_LIMIT),
        blocks=list(blocks),
        private_metadata=json.dumps(dict(metadata or {})),
    )


def panel(
    title: str, blocks: Sequence[Block], *, close: str, metadata: Mapping[str, Any] | None = None
) -> View:
    """A modal that only shows something."""
    return View(
        type="modal",
        title=plain(title, TITLE_LIMIT),
        close=plain(close, TITLE_LIMIT),
        blocks=list(blocks),
        private_metadata=json.dumps(dict(metadata or {})),
    )


def field(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    required: bool = False,
    hint: str = "",
    dispatch: bool = False,
) -> Block:
    """One field of a form; optional unless said otherwise."""
    return InputBlock(
        block_id=block_id,
        label=plain(label, LABEL_LIMIT),
        element=element,
        hint=plain(hint, LABEL_LIMIT) if hint else None,
        optional=not required,
        dispatch_action=dispatch or None,
    )


def text_box(
    *, initial: str = "", placeholder: str = "", limit: int = SLACK_TEXT_LIMIT, multiline: bool = False
) -> InputInteractiveElement:
    return PlainTextInputElement(
        action_id=INPUT,
        initial_value=initial or None,
        placeholder=plain(placeholder, 150) if placeholder else None,
        multiline=multiline,
        max_length=min(limit, SLACK_TEXT_LIMIT),
    )


def day_picker(initial: date | None = None) -> InputInteractiveElement:
    return DatePickerElement(action_id=INPUT, initial_date=initial.isoformat() if initial else None)


def time_picker(initial: time | None = None) -> InputInteractiveElement:
    return TimePickerElement(action_id=INPUT, initial_time=initial.strftime("%H:%M") if initial else None)


def person_picker(initial: str | None = None) -> InputInteractiveElement:
    return UserSelectElement(action_id=INPUT, initial_user=initial)


def people_picker(initial: Sequence[str], most: int) -> InputInteractiveElement:
    """Some people, so many at most."""
    return UserMultiSelectElement(
        action_id=INPUT, initial_users=list(initial) or None, max_selected_items=most
    )


def channel_picker(initial: str | None = None) -> InputInteractiveElement:
    """One channel, public or private; Slack offers those that the person sees, and leaves out shared ones."""
    return ConversationSelectElement(
        action_id=INPUT,
        initial_conversation=initial,
        filter=ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True),
    )


def radio(options: Sequence[tuple[str, str]], initial: str | None = None) -> InputInteractiveElement:
    """One of a few; options are (text, value)."""
    made = _options(options)
    return RadioButtonsElement(action_id=INPUT, options=made, initial_option=_chosen(made, initial))


def select(
    options: Sequence[tuple[str, str]], initial: str | None = None, *, action_id: str = INPUT
) -> StaticSelectElement:
    """One of up to a hundred; options are (text, value)."""
    made = _options(options)
    return StaticSelectElement(action_id=action_id, options=made, initial_option=_chosen(made, initial))


def looked_up(action_id: str, initial: tuple[str, str]) -> InputInteractiveElement:
    """One of many, of which Slack asks for those that begin with what is typed; `initial` is (text, value)."""
    [chosen] = _options([initial])
    return ExternalDataSelectElement(action_id=action_id, initial_option=chosen, min_query_length=0)


def offered(options: Sequence[tuple[str, str]]) -> list[Option]:
    """The answer to that: (text, value), of which Slack takes a hundred."""
    return _options(options[:OFFERED])


def checkboxes(options: Sequence[tuple[str, str]], initial: Sequence[str] = ()) -> InputInteractiveElement:
    made = _options(options)
    chosen = [option for option in made if option.value in initial]
    return CheckboxesElement(action_id=INPUT, options=made, initial_options=chosen or None)


def several(options: Sequence[tuple[str, str]], initial: Sequence[str] = ()) -> InputInteractiveElement:
    """Some of up to a hundred, in the order in which they were chosen."""
    made = {option.value: option for option in _options(options)}
    chosen = [made[value] for value in initial if value in made]
    return StaticMultiSelectElement(
        action_id=INPUT, options=list(made.values()), initial_options=chosen or None
    )


def _options(options: Sequence[tuple[str, str]]) -> list[Option]:
    return [Option(text=plain(text, OPTION_LIMIT), value=value) for text, value in options]


def _chosen(options: Sequence[Option], value: str | None) -> Option | None:
    return next((option for option in options if option.value == value), None)


class _Metadata(dict[str, Any]):
    """A form without what it needs was made by an older Pairloop, and is to be opened anew."""

    def __missing__(self, key: str) -> Any:
        raise FormGone(key)

    @classmethod
    def read(cls, written: object) -> Self:
        """What a form carries. Raises FormGone for what `form` never wrote, NotOurs for an id that is none."""
        try:
            found = json.loads(str(written or "{}"))
        except ValueError as error:
            raise FormGone("metadata") from error
        if not isinstance(found, dict):
            raise FormGone("metadata")
        for name, value in found.items():
            if name.endswith("_id") and value is not None:
                id_in(value)
        return cls(found)


@dataclass(frozen=True)
class Values:
    """What stands in a form now: Slack's `view.state.values`, by block_id, and our metadata."""

    view: Mapping[str, Any]

    @property
    def metadata(self) -> dict[str, Any]:
        """What `form` was given; empty where the view carries none. Raises FormGone for what it does not carry."""
        return _Metadata.read(self.view.get("private_metadata"))

    def text(self, block_id: str) -> str:
        return str(self._element(block_id).get("value") or "")

    def day(self, block_id: str) -> date | None:
        found = self._element(block_id).get("selected_date")
        try:
            return date.fromisoformat(str(found)) if found else None
        except ValueError as error:
            raise ChoiceMissing(field=block_id) from error

    def time(self, block_id: str) -> time | None:
        found = self._element(block_id).get("selected_time")
        try:
            return time.fromisoformat(str(found)).replace(tzinfo=None) if found else None
        except ValueError as error:
            raise TimeInvalid(field=block_id) from error

    def person(self, block_id: str) -> str:
        return str(self._element(block_id).get("selected_user") or "")

    def people(self, block_id: str) -> tuple[str, ...]:
        """The Slack user ids of those who were picked, each once."""
        chosen = self._element(block_id).get("selected_users")
        return tuple(dict.fromkeys(map(str, chosen))) if isinstance(chosen, list) else ()

    def conversation(self, block_id: str) -> str:
        """Slack's id of the chosen conversation, "" for none."""
        return str(self._element(block_id).get("selected_conversation") or "")

    def option(self, block_id: str) -> str:
        """The value of the chosen option of a select or of radio buttons; "" for none."""
        return chosen_in(self._element(block_id))

    def options(self, block_id: str) -> tuple[str, ...]:
        chosen = self._element(block_id).get("selected_options")
        if not isinstance(chosen, list):
            return ()
        return tuple(str(option.get("value")) for option in chosen if isinstance(option, Mapping))

    def choice(self, block_id: str, kind: type[Choice]) -> Choice | None:
        """The chosen option as one of `kind`; ChoiceMissing for one that is not."""
        found = self.option(block_id)
        return self._known(block_id, found, kind) if found else None

    def choices(self, block_id: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """The chosen options as some of `kind`; ChoiceMissing for one that is not."""
        return tuple(self._known(block_id, found, kind) for found in self.options(block_id))

    def number(self, block_id: str, locale: str) -> Decimal | None:
        """A number as people type it; NumberNotUnderstood for words."""
        found = self.text(block_id).strip()
        try:
            return parse_number(found, locale) if found else None
        except NumberNotUnderstood as error:
            raise NumberNotUnderstood(found, field=block_id) from error

    def blocks(self, prefix: str) -> list[str]:
        """The ids of all fields that begin with `prefix`, in no order."""
        return [block_id for block_id in self._typed if block_id.startswith(prefix)]

    @property
    def shown(self) -> list[str]:
        """The ids of all blocks that the form shows, in their order."""
        blocks = self.view.get("blocks")
        found = blocks if isinstance(blocks, list) else []
        return [str(block.get("block_id", "")) for block in found if isinstance(block, Mapping)]

    @property
    def _typed(self) -> Mapping[str, Any]:
        return part_of(part_of(self.view, "state"), "values")

    def _element(self, block_id: str) -> Mapping[str, Any]:
        found = next(iter(part_of(self._typed, block_id).values()), None)
        return found if isinstance(found, Mapping) else {}

    @staticmethod
    def _known(block_id: str, found: str, kind: type[Choice]) -> Choice:
        try:
            return kind(found)
        except ValueError as error:
            raise ChoiceMissing(field=block_id) from error
