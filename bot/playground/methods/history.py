"""conversations.history and conversations.replies: what was said."""

from collections.abc import Callable, Iterable

from bot.playground.errors import SlackError
from bot.playground.methods.pages import page_of
from bot.playground.methods.scopes import require
from bot.playground.methods.targets import visible_channel
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message, render_message, render_metadata, replies_of


def readable_channel(services: Services, args: Arguments) -> Channel:
    """A conversation whose history the app may read: it must be in it."""
    channel = visible_channel(services, args.required("channel"))
    require(services, channel.history_scope)
    if services.state.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def in_window(args: Arguments) -> Callable[[Message], bool]:
    """Whether a message lies between `oldest` and `latest`; the ends count with `inclusive` only."""
    oldest, latest = moment(args, "oldest"), moment(args, "latest")
    inclusive = args.flag("inclusive")

    def inside(message: Message) -> bool:
        if inclusive:
            return (not oldest or message.ts >= oldest) and (not latest or message.ts <= latest)
        return (not oldest or message.ts > oldest) and (not latest or message.ts < latest)

    return inside


def moment(args: Arguments, name: str) -> str:
    """A ts to compare with, as ten and six digits; empty for none."""
    if not args.has(name) or args.text(name) == "0":
        return ""
    seconds, _, fraction = args.text(name).partition(".")
    if not (seconds.isdigit() and (fraction or "0").isdigit()):
        raise SlackError(f"invalid_ts_{name}")
    return f"{seconds:0>10}.{fraction[:6]:0<6}"


async def history(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.history: newest first, without replies."""
    channel = readable_channel(services, args)
    inside = in_window(args)
    shown = [
        message
        for message in reversed(channel.messages.values())
        if inside(message) and not message.visible_to and (not message.is_reply or message.broadcast)
    ]
    messages, metadata = page_of(shown, args, default=100, name=lambda message: message.ts)
    return listed(services, channel, messages, metadata, args) | {"pin_count": 0}


async def replies(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.replies: the parent, then the replies, oldest first."""
    channel = readable_channel(services, args)
    parent = channel.messages.get(args.text("ts"))
    if parent is None or parent.visible_to:
        raise SlackError("thread_not_found")
    inside = in_window(args)
    thread = (
        [parent] if parent.is_reply else [parent, *filter(inside, replies_of(channel.messages, parent.ts))]
    )
    messages, metadata = page_of(thread, args, default=1000, name=lambda message: message.ts)
    return listed(services, channel, messages, metadata, args)


def listed(
    services: Services, channel: Channel, messages: Iterable[Message], metadata: Json, args: Arguments
) -> Json:
    """The answer with a page of messages."""
    team_id, full = services.state.app.team_id, args.flag("include_all_metadata")
    following = metadata["response_metadata"]["next_cursor"]
    return {
        "messages": [
            render_message(message, channel.messages, team_id) | render_metadata(message, full=full)
            for message in messages
        ],
        "has_more": bool(following),
        **(metadata if following else {}),
    }
