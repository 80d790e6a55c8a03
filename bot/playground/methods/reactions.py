"""reactions.*: small signs on messages."""

from bot.playground.errors import SlackError
from bot.playground.methods.targets import TS, existing_message, visible_channel
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.messages import Message, render_message


def target(services: Services, args: Arguments) -> Message:
    """The message that a call means."""
    if not args.has("channel") or not args.has("timestamp"):
        raise SlackError("no_item_specified")
    channel = visible_channel(services, args.text("channel"))
    if not TS.fullmatch(args.text("timestamp")):
        raise SlackError("bad_timestamp")
    return existing_message(channel, args.text("timestamp"))


def emoji_of(args: Arguments) -> str:
    """The emoji's name without colons."""
    name = args.text("name").strip(":")
    if not name or not name.replace("_", "").replace("-", "").replace("+", "").replace(":", "").isalnum():
        raise SlackError("invalid_name")
    return name


async def reactions_add(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.add."""
    message, name = target(services, args), emoji_of(args)
    if services.state.channels[message.channel].is_archived:
        raise SlackError("is_archived")
    add(services, message, services.state.app.bot_user_id, name)
    return {}


def add(services: Services, message: Message, user_id: str, name: str) -> None:
    """Put a reaction on a message."""
    people = message.reactions.setdefault(name, [])
    if user_id in people:
        raise SlackError("already_reacted")
    people.append(user_id)
    services.state.touch_message(message)
    services.state.start(services.events.reaction("added", user_id, name, message))


async def reactions_remove(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.remove."""
    message, name = target(services, args), emoji_of(args)
    take_away(services, message, services.state.app.bot_user_id, name)
    return {}


def take_away(services: Services, message: Message, user_id: str, name: str) -> None:
    """Take a reaction from a message."""
    if user_id not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(user_id)
    services.state.touch_message(message)
    services.state.start(services.events.reaction("removed", user_id, name, message))


async def reactions_get(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/reactions.get."""
    message = target(services, args)
    messages = services.state.channels[message.channel].messages
    shown = render_message(message, messages, services.state.app.team_id)
    return {"type": "message", "channel": message.channel, "message": shown}
