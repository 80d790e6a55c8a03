"""What nobody waits for: calls from Slack that have no listener, and errors that passed every door."""

import logging

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

log = logging.getLogger(__name__)


async def answer_unhandled(error: Exception) -> BoltResponse:
    """Say yes to what is unknown, so that Slack does not send it again; keep quiet where we failed, so that it does."""
    if isinstance(error, BoltUnhandledRequestError):
        log.info("nobody waits for %s", _name(error.body))
        return BoltResponse(status=200, body="")
    log.error("a call failed outside of its listener", exc_info=error)
    return BoltResponse(status=500, body="")


def _name(body: dict[str, object]) -> str:
    """What it was, without anybody's words."""
    event = body.get("event")
    inside = event.get("type") if isinstance(event, dict) else body.get("callback_id")
    return f"{body.get('type') or body.get('command')} {inside or ''}".strip()
