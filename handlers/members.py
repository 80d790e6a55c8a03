"""What Slack tells about people and about our own place in the workspace, without anybody having called us."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.ports import Deps
from bot.slack.payloads import team_of, user_of
from bot.usecases.acquaintance import notice_change

log = logging.getLogger(__name__)


async def hear_of_member(deps: Deps, body: Mapping[str, Any]) -> None:
    await notice_change(deps, team_of(body), user_of(body))


async def hear_of_farewell(_deps: Deps, body: Mapping[str, Any]) -> None:
    """Nothing can be posted any more; everything that was written stays."""
    name = body["event"]["type"]
    log.error("Slack says %s: Pairloop is no longer installed there. Nothing was deleted here.", name)
