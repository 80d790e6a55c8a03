"""A thank you: one tap for what a partner wrote, and a line where somebody has one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.ids import MemberId, PairId, ThanksId, WorkspaceId
from bot.domain.stored import Audience, Earlier, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text


class ThanksFor(StrEnum):
    """What somebody says thanks for; `source_id` is its id."""

    RESPONSE = "response"
    ANSWER = "answer"
    SESSION = "session"
    OBSERVATION = "observation"


EARLIER_THANKS = {
    ThanksFor.RESPONSE: Earlier.TRIES,
    ThanksFor.ANSWER: Earlier.ASKS,
    ThanksFor.SESSION: Earlier.TALKS,
    ThanksFor.OBSERVATION: Earlier.OBSERVATIONS,
}


@dataclass(frozen=True)
class Thanks:
    """One member's thanks for one thing of their partner's."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    source: ThanksFor
    source_id: int
    created_at: datetime
    line: Annotated[str, Text(TEXT_LIMIT)] = ""
    id: ThanksId = ThanksId(0)
    version: int = 1


def _earlier_thanks(thanks: Thanks) -> Earlier | None:
    """A line was for whoever was there then, and is not shown to a new mentor."""
    return None if thanks.line else EARLIER_THANKS[thanks.source]


THANKS = Stored(
    Thanks, "thanks", Audience.PAIR, Erased.WITH_MEMBER, exported=True,
    earlier=_earlier_thanks, found=None,
    unique=(("member_id", "source", "source_id"),), indexes={"source": ("source", "source_id")},
)  # fmt: skip
