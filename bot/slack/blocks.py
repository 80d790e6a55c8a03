"""Small builders over Slack's own block models, which keep to Slack's limits (docs.slack.dev/reference/block-kit)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import RichTextElement

from bot.slack.sizes import escape, fit, fits, make_room
from bot.words import Words

SECTION_LIMIT = 3000
FIELD_LIMIT = 2000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
CONTEXT_LIMIT = 2000
FALLBACK_LIMIT = 3000

# An emoji as people type it, :wave: or :wave::skin-tone-3:. Rich text shows it as one only if it is told so.
EMOJI = re.compile(
    r"(?<!\w):(?P<name>[+-]1|100|[a-z0-9_]*[a-z][a-z0-9_+'-]*):(?::skin-tone-(?P<tone>[2-6]):)?(?!\w)"
)


class ChartBlock(Block):
    """Lines over days, which slack_sdk has no class for. It stands in messages only, and not every Slack takes it.

    https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
    """

    type = "data_visualization"

    def __init__(self, title: str, chart: dict[str, Any]) -> None:
        super().__init__(type=self.type)
        self.title = title
        self.chart = chart

    @property
    def attributes(self) -> set[str]:  # type: ignore[override]  # a plain attribute in Block, a property in its blocks
        return {"block_id", "type", "title", "chart"}


@dataclass(frozen=True)
class File:
    """A file that is handed over with a message.

    Args:
        name: what it is called, without its ending.
        title: what people read above it.
        write: what stands in it; it takes its time, so it is called beside everything else.
        otherwise: the message in its place where Slack does not take it, by Slack's error code.
    """

    name: str
    ending: str
    title: str
    write: Callable[[], bytes]
    otherwise: "Callable[[str], Message]"


@dataclass(frozen=True)
class Message:
    """Blocks, and the same in plain words for notifications and screen readers.

    Together the blocks are no larger than Slack takes: where they are, charts go, and then the longest texts are cut.
    What a chart shows stands in words beside it.
    """

    text: str
    blocks: list[Block] = field(default_factory=list)
    file: File | None = None

    def __post_init__(self) -> None:
        if self.has_charts and not fits(self.blocks):
            self.blocks[:] = self._words
        make_room(self.blocks)

    @property
    def has_charts(self) -> bool:
        return len(self._words) < len(self.blocks)

    @property
    def in_words(self) -> "Message":
        """The same without charts, for where Slack takes none."""
        return replace(self, blocks=self._words) if self.has_charts else self

    @property
    def _words(self) -> list[Block]:
        return [block for block in self.blocks if not isinstance(block, ChartBlock)]

    @property
    def fallback(self) -> str:
        """The text as Slack takes it at the top level, where it reads mentions and links."""
        return escape(fit(self.text, FALLBACK_LIMIT))


def clip(text: str, limit: int) -> str:
    """At most `limit` characters as people count them, with a sign that something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int) -> PlainTextObject:
    return PlainTextObject(text=fit(text, limit), emoji=True)


def section(text: str, accessory: InteractiveElement | None = None, block_id: str | None = None) -> Block:
    return SectionBlock(text=plain(text, SECTION_LIMIT), accessory=accessory, block_id=block_id)


def fields(*pairs: tuple[str, str]) -> Block:
    """Short things, one to a line: its name in bold, and beside it what it says."""
    parts: list[RichTextElement] = []
    for name, value in pairs:
        parts += [say("\n")] if parts else []
        parts += [strong(fit(_named(name), FIELD_LIMIT)), say(" "), *_typed(fit(value, FIELD_LIMIT))]
    return rich(*parts)


def titled(name: str, text: str) -> Block:
    """A text that may be long, under its name in bold."""
    return rich(strong(fit(name, FIELD_LIMIT)), say("\n"), *_typed(fit(text, SECTION_LIMIT)))


def _named(name: str) -> str:
    """A name before what it says; a question needs no colon."""
    return name if name.endswith(("?", "…", ":")) else f"{name}:"


def _typed(text: str) -> Iterator[RichTextElement]:
    """What somebody typed: text and nothing else, so that it pings nobody; emoji stay what they are."""
    rest = 0
    for found in EMOJI.finditer(text):
        if rest < found.start():
            yield say(text[rest : found.start()])
        yield _emoji(found)
        rest = found.end()
    if rest < len(text):
        yield say(text[rest:])


def _emoji(found: re.Match[str]) -> RichTextElement:
    tone = found["tone"]
    return RichTextElementParts.Emoji(name=found["name"], skin_tone=int(tone) if tone else None)


def header(text: str) -> Block:
    return HeaderBlock(text=plain(text, HEADER_LIMIT))


def note(text: str) -> Block:
    """The small line at the end: why it came, what silence means, who will see it."""
    return ContextBlock(elements=[plain(text, CONTEXT_LIMIT)])


def and_more(rest: int, words: Words) -> list[str]:
    """The line under a list that leaves out so many; none where it leaves out nothing."""
    return [words.n("and {count} more", "and {count} more", rest)] if rest > 0 else []


def newest_answers(answers: Sequence[tuple[str, str]], shown: int, words: Words) -> list[Block]:
    """Who answered what, so many of the newest; each also came as a message of its own."""
    told = [titled(words.t("{name} answered", name=name), text) for name, text in answers[-shown:]]
    if (earlier := len(answers) - shown) <= 0:
        return told
    above = words.n(
        "{count} earlier answer is in the messages above.",
        "{count} earlier answers are in the messages above.",
        earlier,
    )
    return [note(above), *told]


def divider() -> Block:
    return DividerBlock()


def actions(*elements: InteractiveElement, block_id: str | None = None) -> Block:
    return ActionsBlock(elements=list(elements), block_id=block_id)


def button(
    text: str,
    action_id: str,
    value: object = "",
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    """A button; `value` is the id of what it acts on, `style` "primary" or "danger"."""
    return ButtonElement(
        text=plain(text, BUTTON_LIMIT),
        action_id=action_id,
        value=str(value) or None,
        style=style,
        confirm=confirm,
    )


def overflow(action_id: str, options: Sequence[tuple[str, str]]) -> OverflowMenuElement:
    """A menu of (text, value); only for what can also be reached elsewhere."""
    return OverflowMenuElement(
        action_id=action_id,
        options=[Option(text=plain(text, BUTTON_LIMIT), value=value) for text, value in options],
    )


def confirm(words: Words, question: str, yes: str) -> ConfirmObject:
    """A question before something that cannot be taken back."""
    return ConfirmObject(
        title=plain(words.t("Are you sure?"), 100),
        text=plain(question, 300),
        confirm=plain(yes, 30),
        deny=plain(words.t("Go back"), 30),
    )


def rich(*parts: RichTextElement) -> Block:
    """One paragraph in which some words stand out; see `say`, `strong` and `person`."""
    return RichTextBlock(elements=[RichTextSectionElement(elements=list(parts))])


def say(text: str) -> RichTextElement:
    return RichTextElementParts.Text(text=text)


def strong(text: str) -> RichTextElement:
    return RichTextElementParts.Text(text=text, style=RichTextElementParts.TextStyle(bold=True))


def person(user_id: str) -> RichTextElement:
    """A person by their Slack profile; Slack does not notify people of mentions in a direct message to others."""
    return RichTextElementParts.User(user_id=user_id)


def link(text: str, url: str) -> RichTextElement:
    return RichTextElementParts.Link(url=url, text=text)
