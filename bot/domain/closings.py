"""Last words at the end of a pair: what changed, a thank-you, and whether what one shared stays shared."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.ids import ClosingId, MemberId, PairId, WorkspaceId
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, EntryKind, Erased, Found, Stored
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text


class Sharing(StrEnum):
    """What becomes of the insights that somebody wrote and others may read."""

    STAYS = "stays"
    ENDS = "ends"  # they are the pair's alone again


class MayQuote(StrEnum):
    """Whether the programme may hand on, without a name, what somebody says has changed."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True)
class Closing:
    """What one of a pair says at its end; nothing in it is ever required."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    created_at: datetime
    changed: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    thanks: Annotated[str, Text(TEXT_LIMIT, found=True)] = ""  # sent to the others
    sharing: Sharing = Sharing.STAYS
    may_quote: MayQuote = MayQuote.NO
    id: ClosingId = ClosingId(0)
    version: int = 1


CLOSINGS = Stored(
    Closing, "closing", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=None,
    found=Found[Closing](
        EntryKind.CLOSING, open_to=pair_access, title=lambda closing: closing.changed or closing.thanks, story=None,
        when=lambda closing: bool(closing.changed or closing.thanks),
    ),
    unique=(("pair_id", "member_id"),),
)  # fmt: skip
