"""A small win that its owner lets others read, in words of their own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import Conflict
from bot.domain.ids import MemberId, PairId, SharedWinId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text


class NoWin(Conflict):
    """What is to be shared is no small win, or none any more: a goal that was opened again, say."""


class WinOf(StrEnum):
    """On whose card a small win stands; `source_id` is its id."""

    RESULT = "result"
    GOAL = "goal"
    MILESTONE = "milestone"


class There(StrEnum):
    """How it stands with the channel, for whose win it is: nobody else is told who did not want it."""

    NO = "no"
    ASKED = "asked"
    COMING = "coming"
    POSTED = "posted"
    NOT_SHARED = "not_shared"


@dataclass(frozen=True)
class SharedWin:
    """A small win in the words in which its mentors read it."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    source: WinOf
    source_id: int
    created_at: datetime
    text: Annotated[str, Text(TEXT_LIMIT, required=True)]
    there: There = There.NO
    id: SharedWinId = SharedWinId(0)
    version: int = 1


# A new mentor reads none: it was shared with whoever mentored then.
SHARED_WINS = Stored(
    SharedWin, "shared_win", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("pair_id", "source", "source_id"),),
)  # fmt: skip
