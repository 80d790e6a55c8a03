"""A short reply to a response or an answer: a line from either of the two, a few at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from bot.domain.errors import ThreadFull
from bot.domain.ids import AnswerId, MemberId, PairId, ReplyId, ResponseId, WorkspaceId
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Place, Stored
from bot.domain.texts import TEXT_LIMIT, Text

REPLIES_LIMIT = 5  # then it is worth a talk


@dataclass(frozen=True)
class Reply:
    """One line below a response or an answer: exactly one of the two ids is there."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    line: Annotated[str, Text(TEXT_LIMIT, required=True)]
    created_at: datetime
    response_id: ResponseId | None = None
    answer_id: AnswerId | None = None
    id: ReplyId = ReplyId(0)
    version: int = 1


def replied_to(reply: Reply) -> Place | None:
    """What the line stands below."""
    if reply.response_id is not None:
        return EntryKind.RESPONSE, reply.response_id
    return None if reply.answer_id is None else (EntryKind.ANSWER, reply.answer_id)


REPLIES = Stored(
    Reply, "reply", Audience.PAIR, Erased.WITH_MEMBER, exported=True,
    earlier=lambda reply: Earlier.TRIES if reply.response_id else Earlier.ASKS,
    found=Found[Reply](
        EntryKind.REPLY, open_to=pair_access, title=lambda reply: reply.line, story=replied_to
    ),
    indexed=("response_id", "answer_id"),
)  # fmt: skip


def is_full(replies: Sequence[Reply]) -> bool:
    """Whether the thread has all the lines that writing is good for."""
    return len(replies) >= REPLIES_LIMIT


def require_room(replies: Sequence[Reply]) -> None:
    """Raise ThreadFull where another reply would be one too many."""
    if is_full(replies):
        raise ThreadFull(REPLIES_LIMIT)
