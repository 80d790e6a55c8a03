"""What has been said, and how does Slack tell it?"""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.blocks.elements import State
from bot.playground.wire import Json
from bot.playground.workspace.typed import rich_text_of


@dataclass
class Message:
    """A message; `visible_to` is set on an ephemeral one, `revision` counts the workspace's changes."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Any] = field(default_factory=list)
    attachments: list[Any] = field(default_factory=list)
    bot_id: str = ""
    app_id: str = ""
    username: str = ""
    thread_ts: str = ""
    subtype: str = ""
    client_msg_id: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    visible_to: str = ""
    broadcast: bool = False
    files: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    revision: int = 0
    # what each person has chosen in the message's elements
    values: dict[str, State] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether the message stands in a thread under another one."""
        return bool(self.thread_ts) and self.thread_ts != self.ts

    def seen_by(self, user_id: str) -> bool:
        """Whether a member of the channel sees the message."""
        return not self.visible_to or self.visible_to == user_id


def replies_of(messages: dict[str, Message], parent: str) -> list[Message]:
    """The replies of a thread that everyone sees, oldest first."""
    return [
        message
        for message in messages.values()
        if message.is_reply and message.thread_ts == parent and not message.visible_to
    ]


def render_message(message: Message, messages: dict[str, Message], team_id: str) -> Json:
    """The message as history, events and payloads show it, without metadata."""
    shown: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": team_id,
    }
    optional = {
        "subtype": message.subtype,
        "client_msg_id": message.client_msg_id,
        "bot_id": message.bot_id,
        "app_id": message.app_id,
        "username": message.username,
        "attachments": message.attachments,
        "edited": message.edited,
        "files": message.files,
        "blocks": message.blocks or rich_text_of(message.text),
        "reactions": render_reactions(message),
    }
    shown |= {key: value for key, value in optional.items() if value}
    if message.visible_to:
        shown |= {"is_ephemeral": True}
    return shown | render_thread(message, messages)


def render_reactions(message: Message) -> list[Json]:
    """Reactions with their names, people and counts."""
    return [
        {"name": name, "users": list(people), "count": len(people)}
        for name, people in message.reactions.items()
        if people
    ]


def render_thread(message: Message, messages: dict[str, Message]) -> Json:
    """What a message tells about the thread that it begins or belongs to."""
    if message.is_reply:
        parent = messages.get(message.thread_ts)
        author = {"parent_user_id": parent.user} if parent else {}
        return {"thread_ts": message.thread_ts, **author}
    replies = replies_of(messages, message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": people,
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def render_metadata(message: Message, *, full: bool) -> Json:
    """The metadata; without `include_all_metadata` only the type of the event."""
    if not message.metadata:
        return {}
    if full:
        return {"metadata": message.metadata}
    return {"metadata": {"event_type": message.metadata["event_type"]}}
