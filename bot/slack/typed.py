"""What Slack hands us of a text, turned back into what the person typed and read."""

import re
from collections.abc import Mapping
from html import unescape

# docs.slack.dev/messaging/formatting-message-text, "Retrieving messages": <@U1|name>, <#C1|name>, <!here>, <url|label>.
# Other angle brackets are what somebody typed.
MARKUP = re.compile(
    r"<(?:@(?P<user>[A-Z0-9]+)|#(?P<channel>[A-Z0-9]+)|!(?P<all>[^<>|]+)|(?P<url>(?:https?|mailto|tel):[^<>|\s]+))"
    r"(?:\|(?P<label>[^<>]*))?>"
)


def readable(text: str, names: Mapping[str, str] | None = None) -> str:
    """The text without Slack's markup: mentions as names, links as their label or address.

    Args:
        names: display names by Slack user id, for mentions that carry none.
    """

    def plain(found: re.Match[str]) -> str:
        label = found["label"]
        if user := found["user"]:
            return f"@{label or (names or {}).get(user) or user}"
        if channel := found["channel"]:
            return f"#{label or channel}"
        if everyone := found["all"]:
            return label or f"@{everyone.partition('^')[0]}"
        return label or str(found["url"]).removeprefix("mailto:")

    return unescape(MARKUP.sub(plain, text))


def mentioned(text: str) -> tuple[str, ...]:
    """The Slack ids of the people whom a text mentions, each once."""
    return tuple(dict.fromkeys(found["user"] for found in MARKUP.finditer(text) if found["user"]))
