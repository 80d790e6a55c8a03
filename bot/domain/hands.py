"""What whoever looks after pairs should do something about, in counts and without anybody's words."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import CohortId


class Hand(StrEnum):
    """What needs a hand, in the order in which Home shows it."""

    REQUEST = "request"  # somebody asked them for help, or for another partner
    GONE = "gone"  # pairs in which an account was closed
    LEFT = "left"  # on the newest list of matches, who would learn and has nobody
    ASKED = "asked"  # questions to two that were reminded of and are not answered
    CHANNEL = "channel"  # small wins that did not arrive in their channel
    FEED = "feed"  # a calendar that cannot be read
    FAILED = "failed"  # messages that did not arrive
    SILENT = "silent"  # what could be a pair that is stuck; looked at more closely before it is told
    DRAFT = "draft"  # words that an admin may pass on


@dataclass(frozen=True)
class HandLine:
    """So many of one kind, in a cohort where it is of one; `first` is the oldest of them."""

    hand: Hand
    cohort_id: CohortId | None
    count: int
    first: int
