"""Which conversation or message does a call mean, and may the app touch it?"""

import re

from bot.playground.errors import SlackError
from bot.playground.services import Services
from bot.playground.wire import Arguments
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message
from bot.playground.workspace.rooms import by_name, open_direct

USER_ID = re.compile(r"[UW][A-Z0-9]{6,}")
TS = re.compile(r"\d{10}\.\d{6}")


def visible_channel(services: Services, channel_id: str) -> Channel:
    """A conversation by id; private ones without the app are not found."""
    channel = services.state.channels.get(channel_id)
    if channel is None or not is_visible(services, channel):
        raise SlackError("channel_not_found")
    return channel


def is_visible(services: Services, channel: Channel) -> bool:
    """Whether the app can know of a conversation."""
    return channel.kind == "channel" or services.state.app.bot_user_id in channel.members


def posting_target(services: Services, args: Arguments) -> Channel:
    """Where a message goes: a conversation's id, #name, or a person's id for the direct message."""
    wanted = args.required("channel")
    if USER_ID.fullmatch(wanted):
        return direct_target(services, wanted)
    channel = services.state.channels.get(wanted) or by_name(services.state, wanted)
    if channel is None or not is_visible(services, channel):
        raise SlackError("channel_not_found")
    check_may_post(services, channel)
    return channel


def direct_target(services: Services, user_id: str) -> Channel:
    """The direct message with a person."""
    state = services.state
    member = state.members.get(user_id)
    if member is None or member.is_bot or member.deleted:
        raise SlackError("channel_not_found")
    if not state.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return open_direct(state, [state.app.bot_user_id, user_id])


def check_may_post(services: Services, channel: Channel) -> None:
    """Refuse to post where the app may not."""
    state = services.state
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.kind == "im" and not state.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    if state.app.bot_user_id not in channel.members and "chat:write.public" not in state.manifest.scopes:
        raise SlackError("not_in_channel")


def existing_message(channel: Channel, ts: str) -> Message:
    """A message that everyone in the conversation sees."""
    message = channel.messages.get(ts)
    if message is None or message.visible_to:
        raise SlackError("message_not_found")
    return message
