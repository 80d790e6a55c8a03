"""What does the app say through a command's acknowledgement or a response_url?

https://docs.slack.dev/interactivity/handling-user-interaction: ephemeral unless `response_type` is `in_channel`.
"""

from dataclasses import replace
from typing import Any

from bot.playground import posting
from bot.playground.app.response_urls import ResponseUrl
from bot.playground.errors import SlackError
from bot.playground.methods.body import read_body
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.messages import Message


def respond(services: Services, url: ResponseUrl, body: Json) -> None:
    """Post, replace or delete; raises SlackError for what Slack refuses."""
    args = Arguments(body)
    original = services.state.channels[url.channel].messages.get(url.message_ts)
    if args.flag("delete_original"):
        if original is not None:
            posting.remove(services, original)
        return
    content = read_body(args, services.state.settings)
    content.require_something()
    parts = {"text": content.text, "blocks": content.blocks or [], "attachments": content.attachments or []}
    if args.flag("replace_original") and original is not None:
        posting.edit(services, original, original.user, mark=False, **parts, values={})
        return
    post(services, url, args, parts)


def post(services: Services, url: ResponseUrl, args: Arguments, parts: dict[str, Any]) -> Message:
    """A new message, for everyone only when the app says so."""
    in_channel = args.text("response_type") == "in_channel"
    return posting.from_app(
        services,
        services.state.channels[url.channel],
        thread_ts=args.text("thread_ts") or (url.thread_ts if args.has("thread_ts") else ""),
        visible_to="" if in_channel else url.user_id,
        **parts,
    )


def use(services: Services, key: str, body: Json) -> None:
    """Answer to a response_url; refused when it is unknown, used up or too old."""
    url = services.state.content.response_urls.find(key)
    if url is None:
        raise SlackError("invalid_url")
    if url.trouble:
        raise SlackError(url.trouble)
    url.uses += 1
    respond(services, replace(url), body)
