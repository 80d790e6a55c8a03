"""Small builders over Slack's own block models, which keep to Slack's limits (docs.slack.dev/reference/block-kit)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

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

from bot.words import Words

SECTION_LIMIT = 3000
FIELD_LIMIT = 2000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
CONTEXT_LIMIT = 2000
FALLBACK_LIMIT = 3000


@dataclass(frozen=True)
class Message:
    """Blocks, and the same in plain words for notifications and screen readers."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def fallback(self) -> str:
        """The text as Slack takes it at the top level, where it reads mentions and links."""
        return escape(clip(self.text, FALLBACK_LIMIT))


def escape(text: str) -> str:
    """Text in which Slack finds no mention, link or channel (docs.slack.dev/messaging/formatting-message-text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, with a sign that something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int) -> PlainTextObject:
    return PlainTextObject(text=clip(text, limit), emoji=True)


def section(text: str, accessory: InteractiveElement | None = None, block_id: str | None = None) -> Block:
    return SectionBlock(text=plain(text, SECTION_LIMIT), accessory=accessory, block_id=block_id)


def fields(*pairs: tuple[str, str]) -> Block:
    """Up to ten small columns, each a name over what it says."""
    return SectionBlock(fields=[plain(f"{name}\n{value}", FIELD_LIMIT) for name, value in pairs])


def titled(name: str, text: str) -> Block:
    """A name over a text that may be long: a field would cut what a story may hold."""
    return section(f"{name}\n{text}")


def header(text: str) -> Block:
    return HeaderBlock(text=plain(text, HEADER_LIMIT))


def note(text: str) -> Block:
    """The small line at the end: why it came, what silence means, who will see it."""
    return ContextBlock(elements=[plain(text, CONTEXT_LIMIT)])


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
