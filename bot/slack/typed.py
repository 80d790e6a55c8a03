"""What Slack hands us of a text, turned back into what the person typed and read."""

import re
from collections.abc import Mapping
from html import unescape

# docs.slack.dev/messaging/formatting-message-text, "Retrieving messages": <@U1|name>, <#C1|name>, <!here>, <url|label>.
MARKUP = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")


def readable(text: str, names: Mapping[str, str] | None = None) -> str:
    """The text without Slack's markup: mentions as names, links as their label or address.

    Args:
        names: display names by Slack user id, for mentions that carry none.
    """

    def plain(found: re.Match[str]) -> str:
        sign, target, label = found.groups()
        match sign:
            case "@":
                return f"@{label or (names or {}).get(target) or target}"
            case "#":
                return f"#{label or target}"
            case "!":
                return label or f"@{target.partition('^')[0]}"
        return label or target.removeprefix("mailto:")

    return unescape(MARKUP.sub(plain, text))


def mentioned(text: str) -> tuple[str, ...]:
    """The Slack ids of the people whom a text mentions, each once."""
    return tuple(dict.fromkeys(found[2] for found in MARKUP.finditer(text) if found[1] == "@"))
