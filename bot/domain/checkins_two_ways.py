"""Feedback the other way: now and then a check-in asks what helped, and later what there should be more of."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

ASKED_AFTER = timedelta(weeks=6)
TALKS = 2  # after so many it is asked earlier
STRENGTHS_FIRST = 3  # times in which only what helped is asked


class Ways(StrEnum):
    """How it is asked; stands in a check-in in the place of the id of a pack's question."""

    HELPED = "two_ways.helped"
    MORE = "two_ways.more"  # what helped, and what there should be more of


def ways_asked(question: str) -> Ways | None:
    """How it is asked by a question of this id; None for one of a pack."""
    return Ways(question) if question in set(Ways) else None


def ways_due(
    began: datetime, asked: Sequence[datetime], talks: Sequence[datetime], now: datetime
) -> Ways | None:
    """How it is to be asked now, None where it is not yet time.

    Args:
        began: when the two became a pair.
        asked: when it was asked in this pair so far.
        talks: when talks of theirs were told.
    """
    last = max(asked, default=began)
    enough_talks = sum(talk > last for talk in talks) >= TALKS
    if not enough_talks and now - last < ASKED_AFTER:
        return None
    return Ways.HELPED if len(asked) < STRENGTHS_FIRST else Ways.MORE
