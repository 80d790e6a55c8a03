"""Where everything that goes wrong in a listener ends: told to the person, logged for us if it is ours."""

import logging

from bot.domain.errors import FormExpired, InvalidInput, PairloopError, StoreUnavailable
from bot.slack.blocks import Message, actions, section
from bot.slack.commands import run_button
from bot.slack.errors import explain
from handlers.calls import Call

log = logging.getLogger(__name__)


async def tell_error(call: Call, error: Exception) -> None:
    """Answer the call with what went wrong. A form stays open with everything that was typed."""
    if not isinstance(error, PairloopError) or isinstance(error, StoreUnavailable):
        log.error("a listener failed: %s", call.kind, exc_info=error)
    text = explain(error, call.words)
    if call.kind == "view_submission" and (field := _field(call, error)):
        await call.ack(response_action="errors", errors={field: text})
        return
    blocks = [section(text)]
    if isinstance(error, FormExpired) and call.kind == "command":
        command = str(call.body.get("text") or "help")
        blocks.append(actions(run_button(call.words.t("Open the form"), command, style="primary")))
    await call.reply(Message(text, blocks))


def _field(call: Call, error: Exception) -> str:
    """The block under which the error is shown: its own field, or the first input; "" for a form without any."""
    inputs = [block["block_id"] for block in call.body["view"]["blocks"] if block["type"] == "input"]
    field = error.field if isinstance(error, InvalidInput) else None
    return field if field is not None and field in inputs else str(next(iter(inputs), ""))
