"""How does a message come to be, change and go?"""

from typing import Any

from bot.playground.services import Services
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message, render_message


def put(services: Services, channel: Channel, message: Message) -> Message:
    """Put a message into a conversation; the app hears of it beside what goes on."""
    channel.messages[message.ts] = message
    if not message.bot_id:
        channel.last_read[message.user] = message.ts
    services.state.touch_message(message)
    return message


def from_app(services: Services, channel: Channel, text: str, **more: Any) -> Message:
    """A new message of the app; ephemeral ones are not told as events."""
    app = services.state.app
    message = Message(
        ts=services.state.ts(),
        channel=channel.id,
        user=app.bot_user_id,
        bot_id=app.bot_id,
        app_id=app.app_id,
        text=text,
        **more,
    )
    put(services, channel, message)
    if not message.visible_to:
        services.state.start(services.events.message_posted(message))
    return message


def edit(services: Services, message: Message, editor: str, *, mark: bool, **changes: Any) -> None:
    """Change a message; `mark` shows that it was edited."""
    state = services.state
    before = shown(services, message)
    for name, value in changes.items():
        setattr(message, name, value)
    if mark:
        message.edited = {"user": editor, "ts": state.ts()}
    state.touch_message(message)
    if not message.visible_to:
        state.start(services.events.message_changed(message, before))


def remove(services: Services, message: Message) -> None:
    """Take a message away."""
    state = services.state
    channel = state.channels[message.channel]
    before = shown(services, message)
    del channel.messages[message.ts]
    state.touch_message(message)
    state.content.deleted.append((message.revision, channel.id, message.ts))
    if not message.visible_to:
        state.start(services.events.message_deleted(channel, message.ts, before))


def shown(services: Services, message: Message) -> dict[str, Any]:
    """The message as Slack shows it."""
    messages = services.state.channels[message.channel].messages
    return render_message(message, messages, services.state.app.team_id)
