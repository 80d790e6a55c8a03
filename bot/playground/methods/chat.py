"""chat.*: saying something."""

from typing import Any

from bot.playground import posting
from bot.playground.errors import SlackError
from bot.playground.methods.body import Body, read_body
from bot.playground.methods.targets import TS, existing_message, posting_target, visible_channel
from bot.playground.methods.workspace import bot_profile
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.messages import Message, render_message, render_metadata

LONGEST_UPDATE = 4_000


async def post_message(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postMessage."""
    channel = posting_target(services, args)
    body = read_body(args, services.state.settings)
    body.require_something()
    body.require_blocks_of_fair_size()
    thread_ts = thread_of(channel, args)
    broadcast = bool(thread_ts) and args.flag("reply_broadcast")
    message = posting.from_app(
        services,
        channel,
        body.text,
        blocks=body.blocks or [],
        attachments=body.attachments or [],
        metadata=body.metadata or None,
        thread_ts=thread_ts,
        broadcast=broadcast,
        subtype="thread_broadcast" if broadcast else "",
    )
    answer = {"channel": channel.id, "ts": message.ts, "message": shown(services, message)}
    return answer | body.warning


def thread_of(channel: Channel, args: Arguments) -> str:
    """The ts of the thread's parent; a reply's own ts leads to its parent."""
    thread_ts = args.text("thread_ts")
    if not thread_ts:
        return ""
    if not TS.fullmatch(thread_ts):
        messages = [f"[ERROR] {thread_ts} is not a valid thread_ts"]
        raise SlackError("invalid_thread_ts", response_metadata={"messages": messages})
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.visible_to:
        raise SlackError("thread_not_found")
    return parent.thread_ts or parent.ts


def shown(services: Services, message: Message) -> Json:
    """The message as the answer echoes it."""
    messages = services.state.channels[message.channel].messages
    rendered = render_message(message, messages, services.state.app.team_id)
    return rendered | {"bot_profile": bot_profile(services.state)} | render_metadata(message, full=True)


async def post_ephemeral(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral."""
    channel = posting_target(services, args)
    user_id = args.required("user")
    if user_id not in channel.members:
        raise SlackError("user_not_in_channel")
    body = read_body(args, services.state.settings)
    body.require_something()
    message = posting.from_app(
        services,
        channel,
        body.text,
        blocks=body.blocks or [],
        attachments=body.attachments or [],
        thread_ts=thread_of(channel, args),
        visible_to=user_id,
    )
    return {"message_ts": message.ts}


async def update(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.update."""
    channel = visible_channel(services, args.required("channel"))
    message = existing_message(channel, args.required("ts"))
    if message.bot_id != services.state.app.bot_id:
        raise SlackError("cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    body = read_body(args, services.state.settings)
    if len(args.text("text")) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    body.require_something()
    changes = changes_of(args, body)
    posting.edit(services, message, message.user, mark=body.blocks is None, **changes)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": shown(services, message),
    }


def changes_of(args: Arguments, body: Body) -> dict[str, Any]:
    """What an update changes: blocks go when only a text is given, metadata stays unless it is given."""
    changes: dict[str, Any] = {}
    if args.has("text") or args.has("markdown_text"):
        changes = {"text": body.text, "blocks": [], "attachments": []}
    if body.blocks is not None:
        changes["blocks"] = body.blocks
    if body.attachments is not None:
        changes["attachments"] = body.attachments
    if body.metadata is not None:
        changes["metadata"] = body.metadata or None
    if "blocks" in changes:
        changes["values"] = {}
    return changes


async def delete(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.delete."""
    channel = visible_channel(services, args.required("channel"))
    message = existing_message(channel, args.required("ts"))
    if message.bot_id != services.state.app.bot_id:
        raise SlackError("cant_delete_message")
    posting.remove(services, message)
    return {"channel": channel.id, "ts": message.ts}


async def get_permalink(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/chat.getPermalink."""
    channel = visible_channel(services, args.required("channel"))
    message = existing_message(channel, args.required("message_ts"))
    place = f"{services.state.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        place += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": place}
