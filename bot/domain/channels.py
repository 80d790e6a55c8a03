"""The channel in which a cohort's small wins are told, chosen by whoever leads it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import InvalidInput
from bot.domain.ids import CohortChannelId, CohortId, MemberId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored


class WhyNot(StrEnum):
    """Why nothing can be told in a channel."""

    NOT_IN = "not_in"  # the app was not invited
    UNKNOWN = "unknown"
    ARCHIVED = "archived"
    OUTSIDE = "outside"  # people of another organisation read it
    NO_CHANNEL = "no_channel"  # a conversation of a few people


class ChannelUnfit(InvalidInput):
    """Nothing can be told in this channel."""

    def __init__(self, why: WhyNot, name: str = "", *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.why = why
        self.name = name


@dataclass(frozen=True)
class CohortChannel:
    """Where the small wins of a cohort are told.

    Args:
        channel: as Slack calls it; `name` is what people call it.
        post_at: when the next of them are told, None where nobody waits.
    """

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    channel: str
    name: str
    created_at: datetime
    post_at: datetime | None = None
    id: CohortChannelId = CohortChannelId(0)
    version: int = 1


# Whoever shares a small win is told where it would stand.
COHORT_CHANNELS = Stored(
    CohortChannel, "cohort_channel", Audience.WORKSPACE, Erased.STAYS, exported=False, earlier=None, found=None,
    unique=(("cohort_id",),), indexed=("post_at",),
)  # fmt: skip
