"""Messages to us, as Slack tells of them."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import NotFound
from bot.domain.privacy import Viewer
from bot.ports import Deps
from bot.slack.home.greetings import is_said_to_us
from bot.slack.payloads import idempotency_key, team_of, user_of
from bot.usecases.acquaintance import meet
from bot.usecases.home.greetings import greet


async def hear_of_message(deps: Deps, body: Mapping[str, Any]) -> None:
    """What was written is not read; that somebody wrote is answered. Slack also tells of each message of our own."""
    if not is_said_to_us(body):
        return
    try:
        me = await meet(deps, team_of(body), user_of(body))
    except NotFound:
        return
    if not (me.is_foreign or me.is_bot):
        viewer, key = Viewer(me.workspace_id, me.id), idempotency_key(body)
        await deps.db.write(viewer, greet, idempotency_key=key)
