"""A reply that somebody waits for: to a situation or to a result, from whom, by when, and when to remind of it.

On screen it "waits for you"; nobody reads of debts. Days are working days on the calendar of whoever replies.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.cadence import local_date, to_utc, workdays_after
from bot.domain.errors import DateInPast, DateTooLate
from bot.domain.ids import MemberId, OwedReplyId, PairId, WorkspaceId
from bot.domain.paces import REPAIR_AGAIN, REPAIRS
from bot.domain.pairs import SILENCE, SILENT_ROUNDS
from bot.domain.stored import Audience, Erased, Stored

PROMISED_AT = time(18)  # of a promised day; whoever says "Thursday" has all of it
ASKED_HOW_AFTER = 10  # working days from that to the question how to go on, where several have waited so long
ASKED_HOW_AGAIN = 21  # working days from one such question to the next: four weeks, and not an hour less
AGAIN_AFTER = 4  # working days from the first reminder to the second, which is the last
OFFER_AFTER = 10  # working days until whoever waits is offered other ways
FURTHEST = timedelta(days=30)  # a reply may be promised so far ahead
TOGETHER = timedelta(days=1)  # what falls due within it is told in one message
# Working days between two messages to one person, by how many in a row brought no reply: softer each time.
GAPS = (1, 4, 10, 20)


class OwedKind(StrEnum):
    """What waits for a reply."""

    ASK = "ask"
    RESULT = "result"
    VOTE = "vote"  # on a milestone


WITHIN = {OwedKind.ASK: 2, OwedKind.RESULT: 3, OwedKind.VOTE: 3}  # working days


class OwedState(StrEnum):
    OPEN = "open"
    PAID = "paid"  # they answered, or the two talk about it
    WITHDRAWN = "withdrawn"  # whoever waited needs it no more
    WAIVED = "waived"  # somebody else answered, or the two are a pair no more


@dataclass(frozen=True)
class OwedReply:
    """That `waits_id` waits for a reply of `member_id`.

    Args:
        subject_id: the ask or the result.
        due_at: by when a reply is hoped for, or promised.
        remind_at: when `member_id` is reminded next; None for never.
        offer_at: when `waits_id` is offered other ways; None once that was done.
        promised: the day that `member_id` named.
        reminded_with: the first of those that stood in the same reminder.
        offered_with: the same of the offer.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    waits_id: MemberId
    kind: OwedKind
    subject_id: int
    created_at: datetime
    due_at: datetime
    remind_at: datetime | None
    offer_at: datetime | None
    state: OwedState = OwedState.OPEN
    promised: date | None = None
    reminded_at: datetime | None = None
    again_at: datetime | None = None
    reminded_with: OwedReplyId | None = None
    offered_with: OwedReplyId | None = None
    closed_at: datetime | None = None
    repair: int = (
        0  # the how manieth question how to go on, in a row, its last reminder was; 0 for a plain one
    )
    repaired_at: datetime | None = None  # when that was asked
    id: OwedReplyId = OwedReplyId(0)
    version: int = 1

    @property
    def keeps_a_promise(self) -> bool:
        """Whether the next reminder comes on a day that its member named after all the others."""
        return self.promised is not None and all(moment < self.due_at for moment in self.reminders)

    @property
    def reminders(self) -> tuple[datetime, ...]:
        """When it was reminded of, the last at the end."""
        return tuple(moment for moment in (self.reminded_at, self.again_at) if moment is not None)


OWED_REPLIES = Stored(
    OwedReply, "owed_reply", Audience.PAIR, Erased.STAYS, exported=False, earlier=None, found=None,
    unique=(("kind", "subject_id", "member_id"),),
    indexed=("remind_at", "offer_at", "reminded_with", "offered_with", "repair"),
    indexes={"of": ("member_id", "state"), "by": ("waits_id", "state")},
)  # fmt: skip


def due_after(kind: OwedKind, asked: datetime, at: time, tz: str) -> datetime:
    """When a reply to what was asked at this moment is due: some working days later, at the wall time `at` in `tz`."""
    return workday_at(asked, WITHIN[kind], at, tz)


def workday_at(moment: datetime, days: int, at: time, tz: str) -> datetime:
    """So many working days after a moment, at the wall time `at` in `tz`; in UTC."""
    return to_utc(workdays_after(local_date(moment, tz), days), at, tz)


def promised_at(day: date, tz: str) -> datetime:
    """Until when a reply on this day is in time, in UTC."""
    return to_utc(day, PROMISED_AT, tz)


def require_near(day: date, today: date) -> None:
    """Raise DateInPast for a day that has passed, DateTooLate for one that is too far to wait for."""
    if day < today:
        raise DateInPast(today, field="day")
    if day > today + FURTHEST:
        raise DateTooLate(today + FURTHEST + timedelta(days=1), field="day")


def calm_from(
    reminders: Collection[datetime], replied_at: datetime | None, at: time, tz: str
) -> datetime | None:
    """From when this person may be reminded once more, whatever waits; None for at any time.

    Args:
        reminders: the moments at which they were reminded of anything.
        replied_at: when they last replied to anything.
    """
    if not reminders:
        return None
    ignored = sum(replied_at is None or moment > replied_at for moment in set(reminders))
    return workday_at(max(reminders), GAPS[min(ignored, len(GAPS) - 1)], at, tz)


def reminded(owed: OwedReply, lead: OwedReplyId, now: datetime, at: time, tz: str) -> OwedReply:
    """It, after a reminder at this moment that begins with `lead`; after the second only how to go on is asked."""
    if owed.reminded_at is None:
        again = workday_at(now, AGAIN_AFTER, at, tz)
        return replace(owed, reminded_at=now, remind_at=again, reminded_with=lead)
    how = workday_at(now, ASKED_HOW_AFTER, at, tz)
    return replace(owed, again_at=now, remind_at=how, reminded_with=lead)


def asked_how_from(
    open_replies: Collection[OwedReply], acted_at: datetime | None, at: time, tz: str
) -> datetime | None:
    """When somebody in a pair may be asked how to go on, if not now; None where they will not be, as it stands.

    Args:
        open_replies: what waits for them in this pair.
        acted_at: when they did anything else in it.
    """
    if sum(owed.again_at is not None for owed in open_replies) < SILENT_ROUNDS:
        return None
    asked = [(owed.repaired_at, owed.repair) for owed in open_replies if owed.repaired_at is not None]
    last, repair = max(asked, default=(None, 0))
    if acted_at is not None and (last is None or acted_at > last):
        return workday_at(acted_at, ASKED_HOW_AFTER + 1, at, tz)
    return workday_at(last, ASKED_HOW_AGAIN, at, tz) if last is not None and repair < REPAIRS else None


def repair_after(open_replies: Collection[OwedReply], acted_at: datetime | None, now: datetime) -> int:
    """The how manieth question how to go on takes the place of the next reminder to somebody in a pair; 0 for none.

    Args:
        open_replies: what waits for them in this pair.
        acted_at: when they did anything else in it.
    """
    worn_out = [owed for owed in open_replies if owed.again_at is not None]
    lately = acted_at is not None and now - acted_at < SILENCE
    if len(worn_out) < SILENT_ROUNDS or lately:
        return 0
    asked = [(owed.repaired_at, owed.repair) for owed in open_replies if owed.repaired_at is not None]
    at, repair = max(asked, default=(None, 0))
    if at is None or (acted_at is not None and acted_at > at):
        return 1
    return repair + 1 if now - at >= REPAIR_AGAIN else 0


def moved(owed: OwedReply, day: date, tz: str) -> OwedReply:
    """It, once its member has named another day; the reminders that were sent still count."""
    due = promised_at(day, tz)
    offer = max(owed.offer_at, due) if owed.offer_at is not None else None
    return replace(owed, due_at=due, promised=day, remind_at=None if owed.again_at else due, offer_at=offer)


def closed(owed: OwedReply, state: OwedState, now: datetime) -> OwedReply:
    """It, once nobody waits for it any more."""
    return replace(owed, state=state, closed_at=now, remind_at=None, offer_at=None)


def reopened(owed: OwedReply, now: datetime, at: time, tz: str) -> OwedReply:
    """It, waited for once more as if it had been asked now; what was sent about it still counts."""
    due = due_after(owed.kind, now, at, tz)
    return replace(
        owed,
        state=OwedState.OPEN,
        closed_at=None,
        promised=None,
        due_at=due,
        remind_at=None if owed.again_at else due,
        offer_at=None if owed.offered_with else workday_at(now, OFFER_AFTER, at, tz),
    )
