"""Two lines: what somebody outside the pair saw of whoever learns, asked for once, and told in a few words.

The one who is asked is told who asks, what for and who reads it, and may simply not answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.cadence import local_date
from bot.domain.errors import Conflict, InvalidInput, TextMissing
from bot.domain.evidence import headline
from bot.domain.ids import (
    ExperimentId,
    GoalId,
    MemberId,
    PairId,
    StakeholderAskId,
    TwoLinesId,
    WorkspaceId,
)
from bot.domain.members import Member, require_fit
from bot.domain.privacy import pair_access
from bot.domain.stored import Audience, EntryKind, Erased, Found, Place, Stored
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, Text

LASTS = timedelta(days=14)
REMIND_AFTER = 4  # working days of the one who is asked
OPEN_LIMIT = 2  # of one who learns, over all their pairs
SAME_PERSON_AFTER = timedelta(days=30)


class TooManyAsked(InvalidInput):
    """So many people are asked already; there is room on `day` at the latest."""

    def __init__(self, limit: int, names: Sequence[str], day: date, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.limit = limit
        self.names = tuple(names)
        self.day = day


class AskedLately(InvalidInput):
    """This person was asked by the same one a while ago, and may be asked again from `day` on."""

    def __init__(self, name: str, day: date, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.name = name
        self.day = day


class AskedInPair(InvalidInput):
    """The one who is asked is of the pair that will read it: a partner by this name, or "" for whoever asks."""

    def __init__(self, name: str = "", *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.name = name


class AskOver(Conflict):
    """Nobody waits for these two lines any more: they came, were not wanted, or their time has passed."""


class LinesState(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # by the one who asked, or with what it was about


class Quotable(StrEnum):
    """Whether the words may stand in the portfolio of the one who asked, under the name of who wrote them."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True)
class StakeholderAsk:
    """That `member_id` asks `contact_id` for two lines; the two are all who see it.

    Args:
        experiment_id: the try that it is about, else `goal_id` is there. Only the words of the question are ever
            shown to whoever is asked.
        remind_at: when they are reminded, None for not (any more).
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    contact_id: MemberId
    question: Annotated[str, Text(TEXT_LIMIT)]
    created_at: datetime
    expires_at: datetime
    remind_at: datetime | None = None
    goal_id: GoalId | None = None
    experiment_id: ExperimentId | None = None
    state: LinesState = LinesState.ASKED
    reminded_at: datetime | None = None
    closed_at: datetime | None = None
    id: StakeholderAskId = StakeholderAskId(0)
    version: int = 1

    def is_open(self, now: datetime) -> bool:
        return self.state is LinesState.ASKED and now < self.expires_at


@dataclass(frozen=True)
class TwoLines:
    """What `member_id` wrote to `to_id`, who asked. Its words are gone once it was taken back."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    to_id: MemberId
    stakeholder_ask_id: StakeholderAskId
    question: Annotated[str, Text(TEXT_LIMIT, found=True)]
    created_at: datetime
    helped: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    helps_more: Annotated[str, Text(STORY_LIMIT, found=True)] = ""
    quotable: Quotable = Quotable.NO
    goal_id: GoalId | None = None
    experiment_id: ExperimentId | None = None
    changed_at: datetime | None = None  # only where it was changed after it could have been read for long
    taken_back_at: datetime | None = None
    id: TwoLinesId = TwoLinesId(0)
    version: int = 1


def _story_of_lines(lines: TwoLines) -> Place | None:
    return (EntryKind.EXPERIMENT, lines.experiment_id) if lines.experiment_id else None


STAKEHOLDER_ASKS = Stored(
    StakeholderAsk, "stakeholder_ask", Audience.ASKER_AND_CONTACT, Erased.WITH_MEMBER, exported=True,
    earlier=None, found=None,
    indexed=("member_id", "contact_id", "goal_id", "experiment_id"),
    indexes={"due": ("state", "expires_at"), "remind": ("state", "remind_at")},
)  # fmt: skip

# Whoever wrote them was told by name who reads them, so a new mentor is never among those.
TWO_LINES = Stored(
    TwoLines, "two_lines", Audience.PAIR_AND_WRITER, Erased.WITH_MEMBER, exported=True, earlier=None,
    found=Found[TwoLines](
        EntryKind.TWO_LINES, open_to=pair_access, title=lambda one: headline(one.helped or one.helps_more),
        story=_story_of_lines, when=lambda one: one.taken_back_at is None,
    ),
    unique=(("stakeholder_ask_id",),), indexed=("member_id", "to_id", "goal_id", "experiment_id"),
)  # fmt: skip


def require_askable(person: Member, me: MemberId, partners: Sequence[MemberId], field: str) -> None:
    """Raise AskedInPair for oneself and a partner of the pair, PersonUnfit for whoever could be in no pair."""
    if person.id == me or person.id in partners:
        raise AskedInPair("" if person.id == me else person.name, field=field)
    require_fit(person, field)


def require_room(waiting: Sequence[StakeholderAsk], names: Sequence[str], tz: str, field: str | None) -> None:
    """Raise TooManyAsked where as many wait as may; `names` are of those who were asked."""
    if len(waiting) >= OPEN_LIMIT:
        first = min(ask.expires_at for ask in waiting)
        raise TooManyAsked(OPEN_LIMIT, names, local_date(first, tz), field=field)


def require_not_lately(last: StakeholderAsk | None, name: str, now: datetime, tz: str, field: str) -> None:
    """Raise AskedLately where the `last` ask of this person is too fresh; days are those of the one who asks."""
    if last is not None:
        again = local_date(last.created_at, tz) + SAME_PERSON_AFTER
        if local_date(now, tz) < again:
            raise AskedLately(name, again, field=field)


def require_waiting(ask: StakeholderAsk, now: datetime) -> None:
    """Raise AskOver unless somebody waits for an answer."""
    if not ask.is_open(now):
        raise AskOver


def require_question(ask: StakeholderAsk) -> StakeholderAsk:
    """The ask as it is; TextMissing where nothing is asked, though the form begins with a question."""
    if not ask.question:
        raise TextMissing(field="question")
    return ask


def require_one_line(lines: TwoLines) -> TwoLines:
    """The lines as they are; TextMissing where there is none."""
    if not (lines.helped or lines.helps_more):
        raise TextMissing(field="helped")
    return lines


def over(ask: StakeholderAsk, state: LinesState, now: datetime) -> StakeholderAsk:
    """It, once nobody waits for it any more."""
    return replace(ask, state=state, closed_at=now, remind_at=None)
