"""Where everything that goes wrong in a listener ends: told to the person, logged for us if it is ours."""

import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import (
    FormExpired,
    InvalidInput,
    NotOurs,
    PairloopError,
    SlackTrouble,
    StoreUnavailable,
    TokenRefused,
)
from bot.slack.blocks import Message, actions, button, section
from bot.slack.errors import explain
from bot.slack.home.commands import SHORTCUTS, run_button
from bot.slack.payloads import part_of
from bot.slack.posts import words_of
from handlers.calls import Call, asking_slack
from handlers.home import publish_home

log = logging.getLogger(__name__)

# Where Slack does not take the answer.
UNTOLD = (PairloopError, SlackApiError, aiohttp.ClientError, TimeoutError)


async def tell_error(call: Call, error: Exception) -> None:
    """Answer the call with what went wrong. A form stays open with everything that was typed."""
    _error_note(call, error)
    text = explain(error, call.words)
    try:
        await _tell(call, error, text)
    except UNTOLD as refused:
        # The window was closed, its trigger is over, or Slack is in trouble: what is left is a whisper.
        log.warning("an error could not be told: %s after %s", type(refused).__name__, type(error).__name__)
        await _whisper(call, Message(text, [section(text)]))


def _error_note(call: Call, error: Exception) -> None:
    """What is ours is logged with where it happened; of others' troubles it is enough to know what they said."""
    if isinstance(error, StoreUnavailable | TokenRefused):
        log.error("a listener failed: %s: %s", call.kind, error)
    elif isinstance(error, SlackTrouble):
        log.warning("a listener failed: %s: Slack said %s", call.kind, error.code)
    elif isinstance(error, NotOurs):
        log.info("%s carried what Pairloop never writes (%s)", call.kind, error)
    elif not isinstance(error, PairloopError):
        log.error("a listener failed: %s", call.kind, exc_info=error)


async def _tell(call: Call, error: Exception, text: str) -> None:
    if call.kind == "event_callback":
        await call.ack()
    elif call.kind == "block_suggestion":
        await call.offer([])  # Slack says that nothing was found; there is no room for words
    elif call.kind == "view_submission" and (field := _field(call, error)):
        await call.ack(response_action="errors", errors={field: text})
    elif call.kind == "view_submission" and _may_pass(error):
        await call.ack(response_action="update", view=_above(call, [section(text)]))
    elif isinstance(error, FormExpired | SlackTrouble):
        await _offer_again(call, text)
    else:
        await call.reply(Message(text, [section(text)]))


def _field(call: Call, error: Exception) -> str:
    """The block under which the error is shown: its own field, or the first input; "" for a form without any."""
    inputs = [block["block_id"] for block in call.values.view["blocks"] if block["type"] == "input"]
    field = error.field if isinstance(error, InvalidInput) else None
    return field if field is not None and field in inputs else str(next(iter(inputs), ""))


async def _offer_again(call: Call, text: str) -> None:
    """A form did not open, so nothing that needs the same trigger can: tell it where no trigger is needed."""
    blocks: list[Block] = [section(text)]
    if again := _again(call):
        blocks.append(actions(again))
    if call.window is not None:
        await _show_in(call, blocks)
    elif call.body.get("view") and call.me.id:
        await publish_home(call.deps, call.client, call.me, tuple(blocks))
        await call.ack()
    elif call.kind == "shortcut" or call.body.get("view"):
        await _whisper(call, Message(text, blocks))
    else:
        await call.reply(Message(text, blocks))


def _again(call: Call) -> ButtonElement | None:
    """The button that does the same once more; None where the one that was pressed can be pressed again."""
    label = call.words.t("Open the form")
    if call.kind == "block_actions":
        action = call.action
        if action["type"] != "button" or call.body.get("view"):
            return None
        return button(label, action["action_id"], action.get("value", ""), style="primary")
    if call.kind == "command":
        return run_button(label, str(call.body.get("text") or "help"), style="primary")
    command = SHORTCUTS.get(str(call.body.get("callback_id")), "help")
    about = words_of(part_of(call.body, "message")) if command == "insight" else ""
    return run_button(label, f"{command} {about}".strip(), style="primary")


async def _show_in(call: Call, blocks: list[Block]) -> None:
    """Above what stands in the window, if it still does."""
    shown = call.body["view"]
    with asking_slack(call.client):
        await call.client.views_update(view_id=shown["id"], hash=shown.get("hash"), view=_above(call, blocks))
    await call.ack()


def _may_pass(error: Exception) -> bool:
    """Whether the same form may work in a minute, and so should stay as it is."""
    return not isinstance(error, PairloopError) or isinstance(error, StoreUnavailable | SlackTrouble)


def _above(call: Call, blocks: list[Block]) -> View:
    """The window with something more at its top."""
    shown = call.body["view"]
    return View(
        type="modal",
        callback_id=shown.get("callback_id") or None,
        title=shown["title"],
        submit=shown.get("submit"),
        close=shown.get("close"),
        private_metadata=shown.get("private_metadata"),
        blocks=[*blocks, *shown["blocks"]],
    )


async def _whisper(call: Call, message: Message) -> None:
    """To this person alone in our conversation, for what has no place of its own; Slack may not take it."""
    await call.ack()
    user, channel = call.me.user_id, call.me.dm_channel
    try:
        if not channel:
            channel = (await call.client.conversations_open(users=[user]))["channel"]["id"]
        await call.client.chat_postEphemeral(
            channel=channel, user=user, text=message.fallback, blocks=message.blocks
        )
    except UNTOLD as refused:
        log.warning("%s could not be told: %s", user, type(refused).__name__)
