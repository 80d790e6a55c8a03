"""The next talk of a pair: a moment that both keep free, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.cadence import local_date, to_utc
from bot.domain.errors import DateInPast, DayTooFar, InvalidInput
from bot.domain.ids import MemberId, PairId, SessionId, TalkId, WorkspaceId
from bot.domain.stored import Audience, Earlier, Erased, Stored

FURTHEST = timedelta(days=180)
MONTH = timedelta(days=30)  # over which talks are counted
BRIEF_BEFORE = timedelta(minutes=30)
ASK_WITHIN = timedelta(days=3)  # whether they talked; later nobody remembers which talk is meant
TOLD_WITHIN = timedelta(days=7)  # what is told so soon after a talk is told of that talk


class TalkTooFar(DayTooFar):
    """The day lies after `latest`, further ahead than a talk can be planned."""


class TimeInPast(InvalidInput):
    """The day is today, and the time has passed."""


class TalkState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    MOVED = "moved"  # another one stands in its place
    MISSED = "missed"
    CANCELLED = "cancelled"


class TalkLength(StrEnum):
    """Minutes."""

    QUARTER = "15"
    HALF = "30"
    THREE_QUARTERS = "45"
    HOUR = "60"


@dataclass(frozen=True)
class TalkPlan:
    """What the form asks for, on the calendar and clock of whoever fills it in; no time is that of the check-ins."""

    day: date
    at: time | None = None
    length: TalkLength = TalkLength.HALF


@dataclass(frozen=True)
class Talk:
    """A talk that one of the pair planned. `session_id`: what was told of it afterwards."""

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    starts_at: datetime
    minutes: int
    created_at: datetime
    state: TalkState = TalkState.PLANNED
    session_id: SessionId | None = None
    id: TalkId = TalkId(0)
    version: int = 1

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_brief(self) -> bool:
        """Whether there is time for a brief as long before; a talk that was planned to begin right away needs none."""
        return self.starts_at - self.created_at > BRIEF_BEFORE

    def brief_at(self, *, moved: bool) -> datetime | None:
        """When its brief comes: BRIEF_BEFORE it begins, or at once where it was moved nearer than that."""
        if self.has_brief:
            return self.starts_at - BRIEF_BEFORE
        return self.created_at if moved else None

    def is_to_come(self, now: datetime) -> bool:
        return self.state is TalkState.PLANNED and self.starts_at > now

    def is_open(self, now: datetime) -> bool:
        """Whether nobody has said what became of it, while that can still be of use."""
        return self.state is TalkState.PLANNED and now < self.ends_at + ASK_WITHIN


TALKS = Stored(Talk, "talk", Audience.PAIR, Erased.STAYS, exported=True, earlier=Earlier.TALKS, found=None)


@dataclass(frozen=True)
class NextTalk:
    """When a pair talks next: a planned moment, or only the day that was named after the talk before."""

    named: date | None = None
    at: datetime | None = None

    def day(self, tz: str) -> date | None:
        """On the calendar of somebody in `tz`."""
        return local_date(self.at, tz) if self.at is not None else self.named


def start_of(plan: TalkPlan, hour: time, tz: str, now: datetime) -> datetime:
    """The moment (UTC) that is planned by somebody in `tz`, at `hour` where no time was given.

    Raises DateInPast, TimeInPast, TalkTooFar for their fields.
    """
    today = local_date(now, tz)
    if plan.day < today:
        raise DateInPast(today, field="day")
    if plan.day > today + FURTHEST:
        raise TalkTooFar(today + FURTHEST, field="day")
    starts_at = to_utc(plan.day, plan.at or hour, tz)
    if starts_at <= now:
        raise TimeInPast(field="at")
    return starts_at


def told_of(talks: Iterable[Talk], now: datetime) -> Talk | None:
    """The talk of which something is told now: the last that has begun within TOLD_WITHIN, and was not told of."""
    begun = [
        talk
        for talk in talks
        if talk.state in (TalkState.PLANNED, TalkState.HELD)
        and talk.session_id is None
        and now - TOLD_WITHIN <= talk.starts_at <= now
    ]
    return max(begun, key=lambda talk: talk.starts_at, default=None)
