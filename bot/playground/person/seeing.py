"""What does one person see?"""

from bot.playground.app.payloads import shown_view
from bot.playground.person.lookup import blocks_of
from bot.playground.services import Services
from bot.playground.wire import Json
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message, render_reactions, render_thread
from bot.playground.workspace.rooms import rooms_of, with_app
from bot.playground.workspace.state import State
from bot.playground.workspace.users import Member, render_member


def everything(services: Services, member: Member) -> Json:
    """All that this person sees now."""
    state = services.state
    with_app(state, member.id)
    home = state.views.homes.get(member.id)
    return {
        "now": state.clock.now().isoformat(),
        "revision": state.changes.revision,
        "me": render_member(member),
        "bot_connected": services.courier.connected,
        "advice": state.advice,
        "stories": [{"name": name, "label": label} for name, label in state.stories.items()],
        "workspace": {
            "team_id": state.app.team_id,
            "name": state.app.team_name,
            "bot_user_id": state.app.bot_user_id,
            "app_name": state.manifest.app_name,
        },
        "members": [render_member(each) for each in state.members.values()],
        "channels": [see_channel(channel, member) for channel in rooms_of(state, member.id)],
        "views": [shown_view(state, view) for view in state.views.stack(member.id)],
        "home": shown_view(state, home) if home else None,
        "commands": see_commands(state),
        "shortcuts": see_shortcuts(state),
    }


def see_commands(state: State) -> list[Json]:
    """The app's commands."""
    return [
        {
            "command": name,
            "description": declared["description"],
            "usage_hint": declared.get("usage_hint", ""),
        }
        for name, declared in state.manifest.commands.items()
    ]


def see_shortcuts(state: State) -> list[Json]:
    """The app's shortcuts."""
    keys = ("callback_id", "name", "type", "description")
    return [{key: each[key] for key in keys} for each in state.manifest.shortcuts.values()]


def see_channel(channel: Channel, member: Member) -> Json:
    """A conversation with its messages."""
    shown: Json = {
        "id": channel.id,
        "name": channel.name,
        "is_im": channel.kind == "im",
        "is_archived": channel.is_archived,
        "unread": channel.unread(member.id),
        "messages": [
            see_message(message, channel)
            for message in channel.messages.values()
            if message.seen_by(member.id)
        ],
    }
    if channel.kind == "im":
        shown["with"] = channel.other(member.id)
    return shown


def see_message(message: Message, channel: Channel) -> Json:
    """A message as the page shows it."""
    shown: Json = {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": blocks_of(message),
        "ephemeral": bool(message.visible_to),
        "reactions": render_reactions(message),
    }
    optional = {
        "bot_id": message.bot_id,
        "username": message.username,
        "attachments": message.attachments,
        "edited": message.edited,
        "files": message.files,
        "metadata": message.metadata,
        "reply_broadcast": message.broadcast,
    }
    shown |= {key: value for key, value in optional.items() if value}
    thread = render_thread(message, channel.messages)
    kept = ("thread_ts", "reply_count", "latest_reply")
    return shown | {key: thread[key] for key in kept if key in thread}


def changed_since(services: Services, member: Member, revision: int) -> Json:
    """What this person sees change after a revision, and the form that is on top now."""
    state = services.state
    rooms = rooms_of(state, member.id)
    top, home = state.views.top(member.id), state.views.homes.get(member.id)
    return {
        "view": shown_view(state, top) if top else None,
        "home": shown_view(state, home) if home and home.revision > revision else None,
        "messages": [
            {"channel": channel.id, **see_message(message, channel)}
            for channel in rooms
            for message in channel.messages.values()
            if message.revision > revision and message.seen_by(member.id)
        ],
        "deleted": [
            {"channel": channel, "ts": ts}
            for gone, channel, ts in state.content.deleted
            if gone > revision and channel in {room.id for room in rooms}
        ],
    }
