"""What does a text that somebody typed mean: mentions, channels and links?"""

import re
from collections.abc import Iterable
from html import escape
from xml.sax.saxutils import unescape  # Slack's three entities; html.unescape knows two thousand more

from bot.playground.wire import Json
from bot.playground.workspace.users import Member

MARKUP = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
AT_NAME = re.compile(r"(?<![\w<])@([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
ADDRESS = re.compile(r"(?<![<|\w])https?://[^\s<>|]*[^\s<>|.,;:!?)]")
MARKUP_SENT = re.compile(r"(<(?:[@#!][^<>]+|https?://[^<>\s]+)>)")


def rich_text_of(text: str) -> list[Json]:
    """The rich text block that Slack makes of a plain text; none for an empty one."""
    if not text:
        return []
    section = {"type": "rich_text_section", "elements": rich_text_elements(text)}
    return [{"type": "rich_text", "block_id": "text", "elements": [section]}]


def rich_text_elements(text: str) -> list[Json]:
    """The elements of a rich text section for a text in Slack's markup."""
    elements: list[Json] = []
    rest = 0
    for found in MARKUP.finditer(text):
        elements += plain_element(text[rest : found.start()])
        elements.append(markup_element(*found.groups()))
        rest = found.end()
    return elements + plain_element(text[rest:])


def plain_element(text: str) -> list[Json]:
    """A text element, or none for an empty text."""
    return [{"type": "text", "text": unescape(text)}] if text else []


def markup_element(sign: str, target: str, label: str | None) -> Json:
    """The element for one mention, channel, broadcast or link."""
    if sign == "@":
        return {"type": "user", "user_id": target}
    if sign == "#":
        return {"type": "channel", "channel_id": target}
    if sign == "!":
        return {"type": "broadcast", "range": target}
    return {"type": "link", "url": unescape(target), **({"text": label} if label else {})}


def link_names(text: str, members: Iterable[Member], *, with_names: bool = False) -> str:
    """Turn @name into a mention, as Slack's client does; `with_names` writes `<@U…|name>` as escaped commands do."""
    by_name = {member.name.lower(): member for member in members}
    by_id = {member.id: member for member in by_name.values()}

    def mention(member: Member) -> str:
        return f"<@{member.id}|{member.name}>" if with_names else f"<@{member.id}>"

    def from_name(found: re.Match[str]) -> str:
        member = by_name.get(found[1].lower())
        return mention(member) if member else found[0]

    def from_id(found: re.Match[str]) -> str:
        member = by_id.get(found[1])
        return mention(member) if member else found[0]

    return AT_NAME.sub(from_name, MENTION.sub(from_id, text))


def as_sent(text: str, members: Iterable[Member]) -> str:
    """A message as Slack's client sends it: names and addresses as markup, Slack's three signs as entities."""
    pieces = MARKUP_SENT.split(ADDRESS.sub(r"<\g<0>>", link_names(text, members)))
    return "".join(
        f"<{_escaped(piece[1:-1])}>" if place % 2 else _escaped(piece) for place, piece in enumerate(pieces)
    )


def _escaped(text: str) -> str:
    """With entities for Slack's three signs; the page has put them in already, a tester writes the bare signs."""
    return escape(unescape(text), quote=False)


def plain_names(text: str, members: Iterable[Member]) -> str:
    """Turn mentions back into @name, as commands without should_escape get them."""
    names = {member.id: member.name for member in members}
    return MENTION.sub(lambda found: f"@{names.get(found[1], found[1])}", text)


def mentioned(text: str) -> set[str]:
    """The ids of the people whom a text mentions."""
    return set(MENTION.findall(text))
