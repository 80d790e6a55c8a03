"""A message on its way to Slack: written with the change that caused it, posted later by the dispatcher."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.domain.ids import MemberId, NudgeId, OutgoingId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored

LEASE = timedelta(seconds=30)  # of a row, and of the right to send in a workspace
LONGEST_PAUSE = timedelta(hours=1)  # Slack's limits count by the minute, so it asks for seconds
LONGEST_WAIT = timedelta(minutes=15)  # between two tries, and so at most after an incident is over
SKEW = timedelta(seconds=30)  # by so much the clocks of two machines may differ
# So often nobody could say what became of a message before it is given up: three days, a long weekend, of asking every
# quarter of an hour. Tries count, not time, so that a night in which nothing runs costs nothing.
MOST_DOUBTS = 300
# So often, once a minute, where Slack refuses to let us look: that does not pass by itself, and meanwhile nothing else
# reaches the same person.
MOST_BARRED = 16
# So many posts in a row without an answer: Slack is away, and whatever is posted now would have to be looked for later,
# of which Slack takes fifty a minute. From then on one message now and then finds out whether it is back.
UNANSWERED = 5
AWAY, LONGEST_AWAY = timedelta(seconds=15), timedelta(minutes=2)
_DOUBLED = 10  # times; every wait has reached LONGEST_WAIT by then


def still_lasts(moment: datetime | None, real: datetime, longest: timedelta) -> bool:
    """Whether something that lasts `longest` at most still lasts; what ends later than it can was a clock's mistake."""
    return moment is not None and real < moment <= real + longest + SKEW


def wait_after(doubts: int, first: timedelta) -> timedelta:
    """How long to wait after so many tries without an answer: `first`, then twice as long each time."""
    return min(first * (1 << min(doubts, _DOUBLED)), LONGEST_WAIT)


def away_for(unanswered: int) -> timedelta | None:
    """For how long nothing is posted after so many posts in a row without an answer; None while Slack is there."""
    if unanswered < UNANSWERED:
        return None
    return min(wait_after(unanswered - UNANSWERED, AWAY), LONGEST_AWAY)


class OutgoingState(StrEnum):
    HELD = "held"  # back, until the calendar says that it may be posted; it holds back nothing else
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # it may or may not have arrived: looked up before it is sent again
    FAILED = "failed"
    DROPPED = "dropped"  # there was nothing left to say, or it was too late to say it


class Priority(IntEnum):
    """Who comes first where many wait; what one person is told stays in the order in which it was said."""

    ESCALATION = 1  # somebody waits for this person
    ACT = 2  # it follows from what somebody did just now
    FOLLOW_UP = 3
    CHECK_IN = 4
    DIGEST = 5  # what is gathered, and as good an hour later


@dataclass(frozen=True)
class Outgoing:
    """One post, or one update of a post (`updates` names the dedupe key of that post).

    It holds ids and no words: what it says is loaded and put into words when it is sent. `created_at` and `due_at`,
    from when it may be posted, are the calendar's; `not_before`, `lease_until` and `first_attempt_at` are real time,
    which a demo clock does not move.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    kind: str
    subject_id: int
    dedupe_key: str
    nonce: str  # goes into the message's metadata, to find it again
    created_at: datetime
    due_at: datetime
    not_before: datetime
    updates: str = ""
    priority: Priority = Priority.ACT  # of its kind of message; this is what older rows have
    nudge_id: NudgeId | None = None
    state: OutgoingState = OutgoingState.PLANNED
    attempts: int = 0
    lease_until: datetime | None = None
    first_attempt_at: datetime | None = None
    looked_up: int = 0
    doubts: int = 0  # how often nobody could say what became of it
    channel: str = ""
    ts: str = ""
    error: str = ""
    id: OutgoingId = OutgoingId(0)
    version: int = 1


OUTGOING = Stored(
    Outgoing, "outgoing", Audience.OWNER, Erased.WITH_MEMBER, exported=False, earlier=None, found=None,
    unique=(("dedupe_key",),), indexed=("updates",),
    indexes={
        "queue": ("state", "workspace_id", "priority", "not_before", "id"), "person": ("member_id", "state"),
        "due": ("state", "not_before"), "lease": ("state", "lease_until"), "calendar": ("state", "due_at"),
        "subject": ("kind", "subject_id"),
    },
)  # fmt: skip
