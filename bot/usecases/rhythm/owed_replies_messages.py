"""What people read of replies that are waited for: the reminder, the offer of other ways, the line on a card."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import NotFound
from bot.domain.ids import ExperimentId, MemberId, OwedReplyId
from bot.domain.outgoing import Priority
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as
from bot.usecases.people.memberships import my_membership
from bot.usecases.rhythm.repairs_acts import wonders


@dataclass(frozen=True)
class WaitingLine:
    """One thing that waits for a reply.

    Args:
        name: of the one who waits, or for whose reply.
        text: the situation, or what was tried.
        experiment: of a result.
    """

    owed: OwedReply
    name: str
    text: str
    experiment: ExperimentId | None


@dataclass(frozen=True)
class RepliesWaiting:
    """What waits for its reader, the longest first; nothing once all is answered.

    Args:
        lead: the first of those that stood in it when it was sent.
        last: nothing of it is brought up again.
        repair: it also asks how to go on with these people, who have waited for several replies.
    """

    lead: OwedReplyId
    lines: tuple[WaitingLine, ...]
    last: bool
    repair: tuple[str, ...] = ()


@dataclass(frozen=True)
class OtherWays:
    """What its reader has waited for long, the longest first; nothing once that is over."""

    lines: tuple[WaitingLine, ...]


@dataclass(frozen=True)
class Waits:
    """How something stands that waits for a reply, as a card says it.

    Args:
        owed: one of those who owe the reply, None where nobody does (any more).
        names: theirs.
        reminded: when they were reminded last.
        promised: the day that was named.
        offered: whether it has waited so long that other ways were offered.
        withdrawn: whether it was taken back.
    """

    owed: OwedReplyId | None = None
    names: tuple[str, ...] = ()
    reminded: datetime | None = None
    promised: date | None = None
    offered: bool = False
    withdrawn: bool = False


NOBODY_WAITS = Waits()


def waits_of(tx: Tx, kind: OwedKind, subject: int) -> Waits:
    """How the reply to this stands."""
    rows = tx.owed_replies.find(kind=kind, subject_id=subject)
    owed = [row for row in rows if row.state is OwedState.OPEN]
    if not owed:
        return Waits(withdrawn=any(row.state is OwedState.WITHDRAWN for row in rows))
    names = _names_of(tx, {row.member_id for row in owed})
    return Waits(
        owed=owed[0].id,
        names=tuple(names[row.member_id] for row in owed),
        reminded=max((row.reminders[-1] for row in owed if row.reminders), default=None),
        promised=min((row.promised for row in owed if row.promised), default=None),
        offered=any(row.offered_with for row in owed),
    )


def load_reminder(tx: Tx, lead_id: int) -> RepliesWaiting:
    """What waits for its reader; NotFound where nothing of it is theirs."""
    rows = tx.owed_replies.find(reminded_with=lead_id, member_id=tx.me, order="created_at")
    if not rows:
        raise NotFound("owed_reply")
    lines = waiting_lines(tx, rows, lambda owed: owed.waits_id)
    last, repair = all(line.owed.again_at for line in lines), _asked_how(tx, OwedReplyId(lead_id))
    return RepliesWaiting(OwedReplyId(lead_id), lines, last, repair)


def _asked_how(tx: Tx, lead_id: OwedReplyId) -> tuple[str, ...]:
    """Whose pair it is asked about how to go on; nobody where it is not, or something was done since."""
    lead = tx.owed_replies.first(id=lead_id)
    if lead is None or not wonders(tx, lead):
        return ()
    return my_membership(tx, lead.pair_id).partner_names


def load_offer(tx: Tx, lead_id: int) -> OtherWays:
    """What its reader waits for; NotFound where nothing of it is theirs."""
    rows = tx.owed_replies.find(offered_with=lead_id, waits_id=tx.me, order="created_at")
    if not rows:
        raise NotFound("owed_reply")
    return OtherWays(waiting_lines(tx, rows, lambda owed: owed.member_id))


def waiting_lines(
    tx: Tx, rows: Sequence[OwedReply], other: Callable[[OwedReply], MemberId]
) -> tuple[WaitingLine, ...]:
    """Those that are still open, each with the name of the other one."""
    owed = [row for row in rows if row.state is OwedState.OPEN]
    names = _names_of(tx, {other(row) for row in owed})
    return tuple(_waiting_line(tx, row, names[other(row)]) for row in owed)


def _waiting_line(tx: Tx, owed: OwedReply, name: str) -> WaitingLine:
    if owed.kind is OwedKind.ASK:
        return WaitingLine(owed, name, tx.asks.get(owed.subject_id).situation, None)
    if owed.kind is OwedKind.VOTE:
        return WaitingLine(owed, name, tx.milestones.get(owed.subject_id).can, None)
    experiment = tx.experiments.get(tx.results.get(owed.subject_id).experiment_id)
    return WaitingLine(owed, name, experiment.behaviour, experiment.id)


def _names_of(tx: Tx, people: Iterable[MemberId]) -> dict[MemberId, str]:
    return {member.id: member.name for member in tx.members.find(id=set(people))}


REMINDER = Message(
    "owed_reply.remind",
    RepliesWaiting,
    load_reminder,
    as_long_as(lambda waiting: bool(waiting.lines)),
    priority=Priority.ESCALATION,
)
OFFER = Message(
    "owed_reply.offer",
    OtherWays,
    load_offer,
    as_long_as(lambda ways: bool(ways.lines)),
    priority=Priority.ESCALATION,
)
