"""A wish for help with a pair: one of the two asks whoever looks after it, and nobody else reads it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import Conflict
from bot.domain.ids import HelpRequestId, MemberId, PairId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text


class NobodyToAsk(Conflict):
    """Nobody looks after the pair who is not in it."""


class HelpWasAsked(Conflict):
    """A wish of this member for this pair stands already, and `contact` has it."""

    def __init__(self, contact: str) -> None:
        super().__init__(contact)
        self.contact = contact


class HelpKind(StrEnum):
    PARTNER = "partner"  # another one
    TALK = "talk"  # to a person


class HelpState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"


STANDING = (HelpState.OPEN, HelpState.TAKEN)  # of which there is one for each member and pair


@dataclass(frozen=True)
class HelpRequest:
    """`member_id` asks, `contact_id` is asked; the two are all who see it."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    contact_id: MemberId
    kind: HelpKind
    created_at: datetime
    text: Annotated[str, Text(TEXT_LIMIT)] = ""
    state: HelpState = HelpState.OPEN
    id: HelpRequestId = HelpRequestId(0)
    version: int = 1


HELP_REQUESTS = Stored(
    HelpRequest, "help_request", Audience.ASKER_AND_CONTACT, Erased.WITH_MEMBER, exported=True,
    earlier=None, found=None,
    indexed=("member_id", "contact_id"),
)  # fmt: skip
