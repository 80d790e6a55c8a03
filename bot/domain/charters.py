"""A charter: what people in a pair agree on about how they work, and how each of them likes feedback.

Each edition of the words is a row of its own, which never changes. It holds once everybody else in the pair has said
yes to it; a change is another edition, and until that holds, the one before does. How somebody likes feedback is
theirs alone to say, so it holds at once.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from dateutil.relativedelta import relativedelta

from bot.domain.errors import Conflict
from bot.domain.ids import CharterId, FeedbackWishId, MemberId, PairId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text

LASTS = relativedelta(months=6)  # the day that the form begins with


class CharterChanged(Conflict):
    """Somebody else proposed other words since the form was opened; saving would pass over them unread."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class CharterState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    REPLACED = "replaced"  # by a newer edition
    OVER = "over"  # the pair ended before everybody had said yes


@dataclass(frozen=True)
class Charter:
    """One edition of what is agreed on, in the words of `member_id`.

    Args:
        ends_on: the day that it proposes for the end. The one that holds is the pair's own (`Pair.ends_on`), which
            becomes this one as everybody agrees.
        said_yes: the ids of the members who have, besides its writer.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    often: Annotated[str, Text(TEXT_LIMIT, required=True)]
    created_at: datetime
    expects: Annotated[str, Text(STORY_LIMIT)] = ""
    missed: Annotated[str, Text(TEXT_LIMIT)] = ""
    stays_between: Annotated[str, Text(STORY_LIMIT)] = ""
    ends_on: date | None = None
    said_yes: tuple[str, ...] = ()
    state: CharterState = CharterState.OPEN
    agreed_at: datetime | None = None
    id: CharterId = CharterId(0)
    version: int = 1

    @property
    def stands(self) -> bool:
        """Whether it holds, or may still come to."""
        return self.state in STANDING

    def may_be_agreed_by(self, member: MemberId) -> bool:
        """Whether this member's yes is asked for; also of who came to a circle after the others had agreed."""
        return self.stands and member != self.member_id and str(member) not in self.said_yes


STANDING = (CharterState.OPEN, CharterState.AGREED)

# Who mentors next agrees anew, so no charter is ever shown to a new mentor.
CHARTERS = Stored(
    Charter, "charter", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
)  # fmt: skip


class FeedbackMoment(StrEnum):
    AT_ONCE = "at_once"
    IN_TALK = "in_talk"


class FeedbackTone(StrEnum):
    DIRECT = "to_the_point"
    GENTLE = "gentle"


class FeedbackManner(StrEnum):
    WRITTEN = "in_writing"
    SPOKEN = "aloud"


@dataclass(frozen=True)
class FeedbackWish:
    """How one member likes feedback in this pair, as far as they said."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    created_at: datetime
    moment: FeedbackMoment | None = None
    tone: FeedbackTone | None = None
    manner: FeedbackManner | None = None
    id: FeedbackWishId = FeedbackWishId(0)
    version: int = 1

    @property
    def says_something(self) -> bool:
        return any((self.moment, self.tone, self.manner))


FEEDBACK_WISHES = Stored(
    FeedbackWish, "feedback_wish", Audience.PAIR, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("pair_id", "member_id"),), indexed=("member_id",),
)  # fmt: skip


def say_the_same(one: Charter, other: Charter) -> bool:
    """Whether a yes to one is a yes to the other."""
    return _words(one) == _words(other)


def with_yes(charter: Charter, member: MemberId, people: Collection[MemberId], now: datetime) -> Charter:
    """It after this member said yes; it holds once all of `people` have, besides its writer."""
    said = {*charter.said_yes, str(member)}
    return _once_agreed(replace(charter, said_yes=tuple(sorted(said))), people, now)


def without(charter: Charter, people: Collection[MemberId], now: datetime) -> Charter:
    """It once only these people are left: nobody waits for the yes of who has gone."""
    return _once_agreed(charter, people, now)


def _once_agreed(charter: Charter, people: Collection[MemberId], now: datetime) -> Charter:
    asked = {str(one) for one in people if one != charter.member_id}
    if charter.state is not CharterState.OPEN or not asked or not asked <= set(charter.said_yes):
        return charter
    return replace(charter, state=CharterState.AGREED, agreed_at=now)


def _words(charter: Charter) -> tuple[object, ...]:
    return (charter.often, charter.expects, charter.missed, charter.stays_between, charter.ends_on)
