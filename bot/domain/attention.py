"""What needs somebody first: which pair its mentor, and which matter whoever opens Home.

What waits now stands before what comes next, and everybody's times are those of their own occasions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.ids import AskId, PairId, ResultId
from bot.domain.pairs import SILENCE


class Need(IntEnum):
    """What waits, the most urgent first."""

    REPLY = 0  # a real situation that waits for an answer
    RESULT = 1  # a result that waits for a response
    SILENCE = 2
    FINE = 3


def need_of(
    *,
    asked: bool,
    told: bool,
    heard_at: datetime | None,
    since: datetime,
    now: datetime,
    quiet_after: timedelta = SILENCE,
) -> Need:
    """What a pair needs from its mentor; `since` is when it became active, for a pair that was never heard of."""
    if asked:
        return Need.REPLY
    if told:
        return Need.RESULT
    return Need.SILENCE if now - (heard_at or since) >= quiet_after else Need.FINE


@dataclass(frozen=True)
class Waiting:
    """What waits for a mentor in one pair, the oldest of each.

    Args:
        heard_at: the last check-in or talk.
        answer_by: the day that they promised for this result, if they did.
    """

    result: ResultId | None
    ask: AskId | None
    heard_at: datetime | None
    answer_by: date | None = None


class What(StrEnum):
    """What a matter is about; of what waits, the first of these comes first."""

    ASK = "ask"  # somebody faces something and asked me
    CONSENT = "consent"  # somebody would like to pair with me
    CHECK_IN = "check_in"
    OUTCOME = "outcome"  # how something that I try went
    RESULT = "result"  # somebody told me a result
    TALK = "talk"


@dataclass(frozen=True)
class Matter:
    """One thing that waits for somebody, or comes to them.

    Args:
        waits: for them, now; else it comes.
        subject: the id of the ask, the round, the experiment or the result; 0 for what has none.
        day: when it comes, or by when an answer was promised, on their own calendar.
        at: the moment when it comes, None where only the day is known.
        put_off: they chose that moment themselves, and may answer before.
    """

    what: What
    pair_id: PairId
    waits: bool
    subject: int = 0
    day: date | None = None
    at: datetime | None = None
    put_off: bool = False


def in_order(matters: Iterable[Matter]) -> list[Matter]:
    """What waits, the most urgent first; then what comes, the next first, on one day what has an hour before it."""
    return sorted(matters, key=_turn)


def _turn(matter: Matter) -> tuple[bool, int, date, datetime]:
    urgency = list(What).index(matter.what) if matter.waits else 0
    day = date.max if matter.waits or matter.day is None else matter.day
    return not matter.waits, urgency, day, matter.at or datetime.max.replace(tzinfo=UTC)
