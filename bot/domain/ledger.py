"""The ledger: what became of everything that Pairloop wanted to bring up on its own, for its reader to look up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.budget import Reason, Unasked
from bot.domain.ids import LedgerLineId, MemberId, PairId, WorkspaceId
from bot.domain.stored import Audience, Erased, Stored

KEPT = timedelta(days=90)
SHOWN = timedelta(days=30)


class Cause(StrEnum):
    """Why something comes by itself."""

    RHYTHM = "rhythm"
    TRY = "try"
    TALK = "talk"  # that the two have agreed on
    WAITING = "waiting"  # somebody waits for a reply
    OFFER = "offer"
    CONSENT = "consent"
    BEGINNING = "beginning"  # of a pair in which there is no goal yet
    END_DAY = "end_day"  # that one of the two named
    RETURN = "return"  # from a pause
    DIGEST = "digest"  # which its reader has


CAUSES: dict[Unasked, Cause] = {
    Unasked.CHECK_IN: Cause.RHYTHM,
    Unasked.REMINDER: Cause.RHYTHM,
    Unasked.REVIEW: Cause.RHYTHM,
    Unasked.REPAIR: Cause.RHYTHM,
    Unasked.FOLLOW_UP: Cause.TRY,
    Unasked.STICK: Cause.TRY,
    Unasked.BRIEF: Cause.TALK,
    Unasked.TALK: Cause.TALK,
    Unasked.REPLIES: Cause.WAITING,
    Unasked.TWO_LINES: Cause.WAITING,
    Unasked.OTHER_WAYS: Cause.OFFER,
    Unasked.BEGINNING: Cause.BEGINNING,
    Unasked.CONSENT: Cause.CONSENT,
    Unasked.CONSENT_AGAIN: Cause.CONSENT,
    Unasked.UNANSWERED: Cause.CONSENT,
    Unasked.END_DAY: Cause.END_DAY,
    Unasked.WELCOME_BACK: Cause.RETURN,
    Unasked.HEADS_UP: Cause.RHYTHM,
    Unasked.DIGEST: Cause.DIGEST,
    Unasked.NEWS: Cause.DIGEST,
}


class Fate(StrEnum):
    HELD = "held"  # back, to come later
    SENT = "sent"
    MERGED = "merged"  # it stood in another message
    SKIPPED = "skipped"  # for good
    FAILED = "failed"  # Slack never took it; kept nowhere, read from the message itself


@dataclass(frozen=True)
class LedgerLine:
    """What became of one thing that was to come by itself; it holds no one's words.

    Args:
        key: names the thing; what comes of it later changes its line.
        at: when that came of it.
        reason: why it is held back, was skipped, or came later than its time.
        held_until: when it is to come; of one that is not held, None.
        posted: the dedupe key of the message that it was sent in.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    key: str
    kind: Unasked
    fate: Fate
    created_at: datetime
    at: datetime
    pair_id: PairId | None = None
    reason: Reason | None = None
    held_until: datetime | None = None
    posted: str = ""
    id: LedgerLineId = LedgerLineId(0)
    version: int = 1


LEDGER_LINES = Stored(
    LedgerLine, "ledger_line", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("key",),), indexes={"member": ("member_id", "at"), "age": ("at",)},
)  # fmt: skip


def followed_by(line: LedgerLine, now: LedgerLine) -> LedgerLine:
    """The line after something more has come of its thing; why it was held back stays said."""
    reason = line.reason if now.fate in (Fate.SENT, Fate.MERGED) else now.reason
    changed = replace(line, kind=now.kind, fate=now.fate, at=now.at, reason=reason or now.reason)
    return replace(changed, held_until=now.held_until, posted=now.posted)
