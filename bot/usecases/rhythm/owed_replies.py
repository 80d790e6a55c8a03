"""Replies that somebody waits for: noted with what was asked or told, and paid by any kind of answer."""

from datetime import date

from bot.domain.ids import OwedReplyId, PairId
from bot.domain.milestones import MilestoneState
from bot.domain.owed_replies import (
    OFFER_AFTER,
    OwedKind,
    OwedReply,
    OwedState,
    closed,
    due_after,
    moved,
    reopened,
    workday_at,
)
from bot.domain.pairs import PairState
from bot.domain.results import Result
from bot.ports import Tx
from bot.usecases.outgoing import enqueue_update
from bot.usecases.people.memberships import PairMembership
from bot.usecases.rhythm.digests import DIGEST
from bot.usecases.rhythm.ledger import note_answered
from bot.usecases.rhythm.owed_replies_messages import OFFER, REMINDER


def owe(tx: Tx, kind: OwedKind, subject: int, writer: PairMembership) -> None:
    """What this member wrote waits for a reply of everybody who mentors them; once, also if it is told anew."""
    if writer.pair.state is not PairState.ACTIVE:
        return
    at = tx.cohorts.get(writer.pair.cohort_id).at
    for mentor in writer.mentors:
        if tx.owed_replies.first(kind=kind, subject_id=subject, member_id=mentor.id) is None:
            due = due_after(kind, tx.now, at, mentor.tz)
            tx.owed_replies.insert(
                OwedReply(
                    writer.pair.workspace_id,
                    writer.pair.id,
                    mentor.id,
                    writer.me.id,
                    kind,
                    subject,
                    created_at=tx.now,
                    due_at=due,
                    remind_at=due,
                    offer_at=workday_at(tx.now, OFFER_AFTER, at, mentor.tz),
                )
            )


def pay(tx: Tx, kind: OwedKind, subject: int) -> None:
    """Whoever acts has replied, or wants to talk about it; whoever else was waited for need not any more."""
    for owed in open_replies(tx, kind, subject):
        close(tx, owed.id, OwedState.PAID if owed.member_id == tx.me else OwedState.WAIVED)


def pay_by_talk(tx: Tx, pair: PairId) -> None:
    """The two have talked, so nothing waits in this pair any more."""
    for owed in tx.owed_replies.find(pair_id=pair, state=OwedState.OPEN):
        close(tx, owed.id, OwedState.PAID)


def promise(tx: Tx, kind: OwedKind, subject: int, day: date) -> None:
    """Whoever acts answers on this day, and is reminded then at the earliest."""
    tz = tx.members.get(tx.me).tz
    for owed in tx.owed_replies.find(kind=kind, subject_id=subject, member_id=tx.me, state=OwedState.OPEN):
        show_lists(tx, tx.owed_replies.update(moved(owed, day, tz)))


def reply_by_talk(tx: Tx, result: Result, *, wanted: bool) -> None:
    """A mentor who wants to talk about it has replied to a result, until they take that back."""
    if tx.me == result.member_id:
        return
    (pay if wanted else wait_again)(tx, OwedKind.RESULT, result.id)


def wait_again(tx: Tx, kind: OwedKind, subject: int) -> None:
    """A reply, or the wish to talk, was taken back: without another one it waits as if it had been asked now."""
    if _is_answered(tx, kind, subject):
        return
    for owed in tx.owed_replies.find(kind=kind, subject_id=subject, state=[OwedState.PAID, OwedState.WAIVED]):
        pair = tx.pairs.get(owed.pair_id)
        if pair.state is PairState.ACTIVE:
            at, tz = tx.cohorts.get(pair.cohort_id).at, tx.members.get(owed.member_id).tz
            show_lists(tx, tx.owed_replies.update(reopened(owed, tx.now, at, tz)))


def _is_answered(tx: Tx, kind: OwedKind, subject: int) -> bool:
    if kind is OwedKind.VOTE:
        return not tx.milestones.count(id=subject, state=MilestoneState.CLAIMED)
    if kind is OwedKind.RESULT:
        return tx.responses.count(result_id=subject, taken_back_at=None) > 0
    return tx.answers.count(ask_id=subject, taken_back_at=None) > 0


def open_replies(tx: Tx, kind: OwedKind, subject: int) -> list[OwedReply]:
    """Whose reply to this is still waited for."""
    return tx.owed_replies.find(kind=kind, subject_id=subject, state=OwedState.OPEN)


def reminder_key(owed: OwedReply) -> str:
    """Under which the ledger has the next reminder of it."""
    return f"owed_reply:{owed.id}:{len(owed.reminders) + owed.repair}"


def offer_key(owed: OwedReply) -> str:
    """Under which the ledger has the offer of other ways."""
    return f"owed_reply:{owed.id}:offer"


def close(tx: Tx, owed_id: OwedReplyId, state: OwedState) -> None:
    """Nobody waits for it any more; the messages that list it no longer do."""
    # Read anew: closing one that stands in the same message has given it another version.
    owed = tx.owed_replies.get(owed_id)
    for key in (reminder_key(owed), offer_key(owed)):
        note_answered(tx, key)
    kept = tx.owed_replies.update(closed(owed, state, tx.now))
    show_lists(tx, kept)


def show_lists(tx: Tx, owed: OwedReply) -> None:
    """Bring the reminder and the offer up to date in which it stands."""
    for message, lead in ((REMINDER, owed.reminded_with), (OFFER, owed.offered_with)):
        if lead is not None:
            # The list may begin with something of another pair, which whoever acts here does not see.
            system = tx.as_system()
            listed = system.owed_replies.update(system.owed_replies.get(lead))
            enqueue_update(tx, message, lead, version=listed.version)
    _show_in_digest(tx, owed)


def _show_in_digest(tx: Tx, owed: OwedReply) -> None:
    """Bring the newest digest up to date, where it may stand in that."""
    digests = tx.as_system().digests
    newest = digests.first(member_id=owed.member_id, sent_at__since=owed.created_at, order="-sent_at")
    if newest is not None:
        enqueue_update(tx, DIGEST, newest.id, version=digests.update(newest).version)
