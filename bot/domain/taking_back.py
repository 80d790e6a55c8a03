"""Second thoughts about what was sent to a partner: for ten minutes it can be taken back, or changed without a word."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.errors import TakenBack, TooLateToTakeBack

FRESH_FOR = timedelta(minutes=10)


class Sent(Protocol):
    """What somebody sent to their partner: an answer, an observation."""

    @property
    def id(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def changed_at(self) -> datetime | None: ...
    @property
    def taken_back_at(self) -> datetime | None: ...


def is_fresh(sent: Sent, now: datetime) -> bool:
    """Whether it can still be taken back."""
    return sent.taken_back_at is None and now - sent.created_at <= FRESH_FOR


def kept_from(sent: Sent) -> datetime:
    """The first moment at which it can be taken back no more."""
    return sent.created_at + FRESH_FOR + timedelta.resolution


def require_there(sent: Sent) -> None:
    """Raise TakenBack for what nobody can answer or change any more."""
    if sent.taken_back_at is not None:
        raise TakenBack


def require_fresh(sent: Sent, now: datetime) -> None:
    """Raise TakenBack, and TooLateToTakeBack once ten minutes have passed."""
    require_there(sent)
    if not is_fresh(sent, now):
        raise TooLateToTakeBack


def change_seen(sent: Sent, now: datetime) -> datetime | None:
    """When it was changed, as its reader is told of it; None as long as it is fresh."""
    return sent.changed_at if is_fresh(sent, now) else now
