"""A mentor's own record: what they gave, in numbers of their own pairs, and no word of anybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.ids import MemberId
from bot.domain.results import Result
from bot.domain.sessions import Session
from bot.domain.talks import Talk, TalkState
from bot.domain.thanks import Thanks


@dataclass(frozen=True)
class Record:
    """What came of somebody's pairs as a mentor.

    Args:
        pairs: in how many they mentor, also those that ended.
        thanks: how often others said thanks to them.
        loops: tries of others that were tried and told.
        talks: how many talks were told.
        planned: how long those took that were planned and held; of the others nobody knows.
    """

    pairs: int
    thanks: int
    loops: int
    talks: int
    planned: timedelta

    @property
    def is_empty(self) -> bool:
        return not (self.thanks or self.loops or self.talks or self.planned)


def record_of(
    me: MemberId,
    pairs: int,
    thanks: Sequence[Thanks],
    results: Sequence[Result],
    sessions: Sequence[Session],
    talks: Sequence[Talk],
) -> Record:
    """From the rows of the pairs in which this member mentors; their own tries and thanks do not count.

    Args:
        thanks: for what this member wrote, and for talks.
    """
    return Record(
        pairs=pairs,
        thanks=sum(one.member_id != me for one in thanks),
        loops=sum(one.member_id != me and one.told_at is not None and one.was_tried for one in results),
        talks=len(sessions),
        planned=sum(
            (timedelta(minutes=one.minutes) for one in talks if one.state is TalkState.HELD), timedelta()
        ),
    )
