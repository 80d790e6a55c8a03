"""An observation: what one of a pair saw the other do, in a situation, and what it led to. It goes both ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.domain.ids import MemberId, ObservationId, PairId, WorkspaceId
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, Earlier, EntryKind, Erased, Found, Stored
from bot.domain.texts import STORY_LIMIT, Text

LOOKED_BACK = 3  # observations among which there should be a strength


class ObservationKind(StrEnum):
    STRENGTH = "strength"
    GROWTH = "growth"  # something to grow


@dataclass(frozen=True)
class Observation:
    """What `member_id` saw `to_id` do. Its words are gone once it was taken back."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    to_id: MemberId
    situation: Annotated[str, Text(STORY_LIMIT, required=True)]
    behaviour: Annotated[str, Text(STORY_LIMIT, required=True, found=True)]
    created_at: datetime
    impact: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    kind: ObservationKind = ObservationKind.STRENGTH
    question: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    changed_at: datetime | None = None  # only where it was changed after it could have been read for long
    taken_back_at: datetime | None = None
    id: ObservationId = ObservationId(0)
    version: int = 1


OBSERVATIONS = Stored(
    Observation, "observation", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=Earlier.OBSERVATIONS,
    found=Found[Observation](
        EntryKind.OBSERVATION, open_to=pair_access, title=lambda seen: seen.situation, story=None,
        when=lambda seen: seen.taken_back_at is None,
    ),
    indexed=("to_id",),
)  # fmt: skip


def lacks_strength(latest: Iterable[Observation]) -> bool:
    """Whether the last ones of one to another, as far as there are any, only named what could grow."""
    kinds = [one.kind for one in latest][:LOOKED_BACK]
    return bool(kinds) and ObservationKind.STRENGTH not in kinds
