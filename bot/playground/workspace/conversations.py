"""Which channels and direct messages are there, and who is in them?"""

from dataclasses import dataclass, field
from typing import Literal

from bot.playground.wire import Json
from bot.playground.workspace.messages import Message

Kind = Literal["channel", "group", "im", "mpim"]


@dataclass
class Channel:
    """A conversation; `created` is in seconds, messages are kept by ts in the order in which they came."""

    id: str
    name: str
    kind: Kind
    members: list[str]
    creator: str = ""
    created: int = 0
    is_archived: bool = False
    is_general: bool = False
    topic: str = ""
    purpose: str = ""
    messages: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)

    @property
    def event_suffix(self) -> str:
        """The word of this kind in `message.channels` and its like."""
        return {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}[self.kind]

    @property
    def history_scope(self) -> str:
        """The scope that reading this conversation needs."""
        return f"{self.event_suffix}:history"

    def other(self, user_id: str) -> str:
        """The other side of a direct message; with oneself, oneself."""
        return next((member for member in self.members if member != user_id), user_id)

    def unread(self, user_id: str) -> int:
        """How many messages of others came after this person last read."""
        read = self.last_read.get(user_id, "")
        return sum(
            1
            for message in self.messages.values()
            if message.ts > read and message.user != user_id and message.seen_by(user_id)
        )


def render_channel(channel: Channel, viewer: str, team_id: str) -> Json:
    """The conversation object (https://docs.slack.dev/reference/objects/conversation-object)."""
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "updated": channel.created * 1000,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": team_id,
    }
    if channel.kind == "im":
        return common | {"user": channel.other(viewer), "is_user_deleted": False, "priority": 0}
    return common | render_named(channel, viewer, team_id)


def render_named(channel: Channel, viewer: str, team_id: str) -> Json:
    """What a conversation with a name has and a direct message has not."""
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": channel.creator,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_general": channel.is_general,
        "is_member": viewer in channel.members,
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "previous_names": [],
        "unlinked": 0,
        "shared_team_ids": [team_id],
        "num_members": len(channel.members),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
    }
