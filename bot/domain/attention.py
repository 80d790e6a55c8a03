"""Which pair needs its mentor first: an own reply, then results to see, then silence, then nothing."""

from datetime import datetime
from enum import IntEnum

from bot.domain.pairs import SILENCE


class Need(IntEnum):
    """What waits, the most urgent first."""

    REPLY = 0  # a real situation that waits for an answer
    RESULT = 1  # a result that waits for a response
    SILENCE = 2
    FINE = 3


def need_of(*, asked: bool, told: bool, heard_at: datetime | None, since: datetime, now: datetime) -> Need:
    """What a pair needs from its mentor; `since` is when it became active, for a pair that was never heard of."""
    if asked:
        return Need.REPLY
    if told:
        return Need.RESULT
    return Need.SILENCE if now - (heard_at or since) >= SILENCE else Need.FINE
