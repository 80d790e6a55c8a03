"""Which gestures may still open a form?

A trigger lives three seconds and is used once (https://docs.slack.dev/interactivity/handling-user-interaction).
"""

import time
from dataclasses import dataclass
from datetime import datetime

from bot.playground.errors import SlackError
from bot.playground.workspace.ids import Ids


@dataclass
class Trigger:
    """One gesture of one person; `expires` is on the monotonic clock."""

    user_id: str
    expires: float
    used: bool = False


class Triggers:
    """All triggers that were ever given out in this workspace."""

    def __init__(self) -> None:
        """Begin with none."""
        self._triggers: dict[str, Trigger] = {}

    def issue(self, ids: Ids, now: datetime, user_id: str, ttl_s: float) -> str:
        """A new trigger for something that this person did."""
        trigger_id = ids.trigger(now)
        self._triggers[trigger_id] = Trigger(user_id, time.monotonic() + ttl_s)
        return trigger_id

    def use(self, trigger_id: str) -> str:
        """Exchange a trigger for its person; refused when unknown, used or too old."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user_id
