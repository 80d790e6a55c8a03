"""What the calendar does with replies that are waited for: it reminds, softer each time, and offers other ways.

Several that fall due within a while are one message to one person. Whether it may come now says the gate
(`nudges_gate`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.budget import QUARTER, Held, Reason, Unasked
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.ids import OwedReplyId
from bot.domain.members import Member
from bot.domain.owed_replies import (
    OFFER_AFTER,
    TOGETHER,
    OwedReply,
    OwedState,
    asked_how_from,
    calm_from,
    reminded,
    workday_at,
)
from bot.domain.pairs import RUNNING, PairState
from bot.ports import Tx
from bot.usecases.outgoing import Message, born, enqueue_post
from bot.usecases.rhythm.digests_planning import planned_digest
from bot.usecases.rhythm.ledger import Wish, note_also, note_held, note_merged, note_sent
from bot.usecases.rhythm.nudges_gate import forecast, may_go
from bot.usecases.rhythm.owed_replies import close, offer_key, reminder_key, show_lists
from bot.usecases.rhythm.owed_replies_changing import show_subject
from bot.usecases.rhythm.owed_replies_messages import OFFER, REMINDER, OtherWays, RepliesWaiting
from bot.usecases.rhythm.repairs_acts import acted_at, next_repair

LOOK_BACK = timedelta(days=90)  # longer than the longest time between two reminders


def remind(tx: Tx, row: OwedReply) -> None:
    """Remind of it now, together with what falls due within a while; or put that off, or note that it is over."""
    owed = tx.owed_replies.get(row.id)  # it may have stood in the message of another one meanwhile
    if owed.remind_at is None or owed.remind_at > tx.now:
        return
    cohort, member = _cohort_of(tx, owed), tx.members.get(owed.member_id)
    if _is_over(tx, owed, member):
        close(tx, owed.id, OwedState.WAIVED)
        return
    if owed.again_at is not None and not next_repair(tx, owed):
        tx.owed_replies.update(replace(owed, remind_at=_asked_how_later(tx, owed, member, cohort)))
        return
    wish = Wish(
        member, Unasked.REPLIES, reminder_key(owed), owed.pair_id, cohort.at, chosen=owed.keeps_a_promise
    )
    later = _rests_until(tx, owed, member, cohort) or _calm_until(tx, owed, member, cohort)
    later = later or _in_digest_at(tx, wish, alone=owed.again_at is not None) or _held_until(tx, wish)
    if later is not None:
        tx.owed_replies.update(replace(owed, remind_at=later))
    else:
        note_sent(tx, wish, _send_reminder(tx, owed, member))


def offer(tx: Tx, row: OwedReply) -> None:
    """Offer other ways to whoever waits, once; or put that off while they are asked something else."""
    owed = tx.owed_replies.get(row.id)
    if owed.offer_at is None or owed.offer_at > tx.now:
        return
    cohort, member = _cohort_of(tx, owed), tx.members.get(owed.waits_id)
    if _is_over(tx, owed, tx.members.get(owed.member_id)):
        close(tx, owed.id, OwedState.WAIVED)
        return
    wish = Wish(member, Unasked.OTHER_WAYS, offer_key(owed), owed.pair_id, cohort.at)
    later = None if _runs(tx, owed) else workday_at(tx.now, OFFER_AFTER, cohort.at, member.tz)
    later = later or _held_until(tx, wish)  # days of rest are no days of waiting
    if later is not None:
        tx.owed_replies.update(replace(owed, offer_at=later))
    else:
        note_sent(tx, wish, _send_offer(tx, owed, member))


def is_to_be_reminded(tx: Tx, owed: OwedReply) -> bool:
    """Whether the calendar says so now, and the pause is over that follows the reminders before."""
    due = owed.remind_at is not None and owed.remind_at <= tx.now
    if not due or owed.again_at is not None or not _runs(tx, owed):
        return False
    return _calm_until(tx, owed, tx.members.get(owed.member_id), _cohort_of(tx, owed)) is None


def remind_together(tx: Tx, member: Member, posted: str) -> None:
    """What is due within a while stands in another message to this member, with this dedupe key."""
    listed = [row for row in _due_within(tx, member) if row.again_at is None]
    for row in listed:
        at = _cohort_of(tx, row).at
        note_merged(tx, Wish(member, Unasked.REPLIES, reminder_key(row), row.pair_id, at), posted)
    if listed:
        _keep_reminded(tx, member, listed, listed[0])


def _in_digest_at(tx: Tx, wish: Wish, *, alone: bool) -> datetime | None:
    """When the digest comes in which it is to stand, None where there is none, or they named a moment of their own.

    Args:
        alone: it asks how to go on, which no digest does.
    """
    digest = planned_digest(tx, wish.member.id)
    if wish.chosen or alone or digest is None or digest.due_at is None or digest.due_at <= tx.now:
        return None
    rests = forecast(tx, replace(wish, kind=Unasked.DIGEST, only_daily=digest.alone), tx.now)
    if rests is not None and rests.reason is Reason.SILENCE:
        return None  # there is more room for a reminder than for a digest
    note_held(tx, wish, Held(Reason.DIGEST, digest.due_at))
    return digest.due_at


def _held_until(tx: Tx, wish: Wish) -> datetime | None:
    """When it may come, None for now. It is of use for as long as somebody waits."""
    held = may_go(tx, wish)
    return None if held is None else held.until or tx.now + QUARTER


def _send_reminder(tx: Tx, owed: OwedReply, member: Member) -> str:
    if repair := next_repair(tx, owed):
        owed = tx.owed_replies.update(replace(owed, repair=repair, repaired_at=tx.now))
    due = _due_within(tx, member)
    listed = [row for row in due if row.again_at is None or (repair and row.pair_id == owed.pair_id)]
    posted = _post(tx, member, REMINDER, owed, len(owed.reminders) + owed.repair)
    for row in listed:
        note_also(tx, reminder_key(row), posted)
    _keep_reminded(tx, member, listed, owed)
    return posted


def _due_within(tx: Tx, member: Member) -> list[OwedReply]:
    """What is to be reminded of within a while, in pairs that run."""
    due = tx.owed_replies.find(member_id=member.id, state=OwedState.OPEN, remind_at__upto=tx.now + TOGETHER)
    return [row for row in due if _runs(tx, row)]


def _keep_reminded(tx: Tx, member: Member, listed: Sequence[OwedReply], lead: OwedReply) -> None:
    """They stand in a message now that begins with `lead`; an older one no longer lists them."""
    before = [row for row in listed if row.reminded_with not in (None, lead.id)]
    kept = [
        tx.owed_replies.update(reminded(row, lead.id, tx.now, _cohort_of(tx, row).at, member.tz))
        for row in listed
    ]
    _show_anew(tx, before, kept)


def _send_offer(tx: Tx, owed: OwedReply, member: Member) -> str:
    due = tx.owed_replies.find(waits_id=member.id, state=OwedState.OPEN, offer_at__upto=tx.now + TOGETHER)
    listed = [row for row in due if _runs(tx, row)]
    posted = _post(tx, member, OFFER, owed, 0)
    for row in listed:
        note_also(tx, offer_key(row), posted)
    kept = [tx.owed_replies.update(replace(row, offer_at=None, offered_with=owed.id)) for row in listed]
    _show_anew(tx, [], kept)
    return posted


def _post(
    tx: Tx,
    member: Member,
    message: Message[RepliesWaiting] | Message[OtherWays],
    lead: OwedReply,
    step: int,
) -> str:
    """Post it, and return its dedupe key."""
    of = born(lead.subject_id, lead.created_at)
    key = f"{message}:{lead.kind}:{of}:{tx.members.get(lead.member_id).user_id}:{step}"
    enqueue_post(tx, member.id, message, lead.id, key=key, since=lead.due_at)
    return key


def _show_anew(tx: Tx, before: Iterable[OwedReply], listed: Iterable[OwedReply]) -> None:
    """An older message no longer lists them, and the cards of what waits say what was done."""
    leads: dict[OwedReplyId | None, OwedReply] = {row.reminded_with: row for row in before}
    for row in leads.values():
        show_lists(tx, replace(row, offered_with=None))
    for row in listed:
        show_subject(tx, row)


def _asked_how_later(tx: Tx, owed: OwedReply, member: Member, cohort: Cohort) -> datetime | None:
    """When it is looked once more whether to ask how to go on; None for no more, as it stands."""
    waiting = tx.owed_replies.find(pair_id=owed.pair_id, member_id=owed.member_id, state=OwedState.OPEN)
    later = asked_how_from(waiting, acted_at(tx, owed.pair_id, owed.member_id), cohort.at, member.tz)
    return later if later is not None and later > tx.now else None


def _rests_until(tx: Tx, owed: OwedReply, member: Member, cohort: Cohort) -> datetime | None:
    """The next working day while the pair rests, None where it does not."""
    return None if _runs(tx, owed) else workday_at(tx.now, 1, cohort.at, member.tz)


def _calm_until(tx: Tx, owed: OwedReply, member: Member, cohort: Cohort) -> datetime | None:
    """When the pause is over that follows the reminders before, None if it is; a day of one's own needs none."""
    if owed.keeps_a_promise:
        return None
    since = tx.now - LOOK_BACK
    rows = tx.owed_replies.find(member_id=member.id, reminded_at__since=since)
    paid = tx.owed_replies.first(member_id=member.id, state=OwedState.PAID, order="-closed_at")
    reminders = {moment for row in rows for moment in row.reminders}
    calm = calm_from(reminders, paid.closed_at if paid else None, cohort.at, member.tz)
    return calm if calm is not None and calm > tx.now else None


def _is_over(tx: Tx, owed: OwedReply, member: Member) -> bool:
    """Whether nobody can wait for it any more: the pair has ended, or this member has left it."""
    part = tx.memberships.first(pair_id=owed.pair_id, member_id=member.id, left_at=None)
    return tx.pairs.get(owed.pair_id).state not in RUNNING or part is None or not part.role.mentors


def _runs(tx: Tx, owed: OwedReply) -> bool:
    active = tx.pairs.get(owed.pair_id).state is PairState.ACTIVE
    return active and _cohort_of(tx, owed).state is CohortState.ACTIVE


def _cohort_of(tx: Tx, owed: OwedReply) -> Cohort:
    return tx.cohorts.get(tx.pairs.get(owed.pair_id).cohort_id)
