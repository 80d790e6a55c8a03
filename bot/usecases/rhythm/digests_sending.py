"""What the calendar does with a digest: it is sent where it says something that the one before did not say."""

from dataclasses import replace
from datetime import time

from bot.domain.budget import Reason, Unasked
from bot.domain.cadence import local_date, to_local
from bot.domain.digests import Digest, says_something_new
from bot.domain.members import Member
from bot.ports import Tx
from bot.usecases.loop.reuse_reports import tell_report
from bot.usecases.outgoing import born, enqueue_post
from bot.usecases.rhythm.digests import DIGEST, coming_to, news_of, waiting_for
from bot.usecases.rhythm.digests_planning import digest_hour, forget_digest, plan_next, put_off_digest
from bot.usecases.rhythm.ledger import Wish, note_sent
from bot.usecases.rhythm.nudges_gate import may_go
from bot.usecases.rhythm.owed_replies_reminding import is_to_be_reminded, remind_together
from bot.usecases.rhythm.saved_searches import has_search_news, tell_search_news


def send_digest(tx: Tx, row: Digest) -> None:
    """Send it now, with the reminders that it takes the place of; or put it off, or forget it."""
    digest = tx.digests.get(row.id)
    if digest.due_at is None or digest.due_at > tx.now:
        return
    member = tx.members.get(digest.member_id)
    at = digest_hour(tx, member)
    if member.is_deleted or (at is None and not digest.alone):
        forget_digest(tx, digest)
        return
    today = replace(digest, day=local_date(tx.now, member.tz))
    hour = at or to_local(digest.due_at, member.tz).time()
    if _was_sent_today(tx, today) or not _says_something(tx, member, today):
        put_off_digest(tx, member, digest, hour)
    else:
        _send_or_wait(tx, member, today, hour)


def _was_sent_today(tx: Tx, digest: Digest) -> bool:
    """Whoever goes west may live through a day twice."""
    other = tx.digests.first(member_id=digest.member_id, day=digest.day)
    return other is not None and other.id != digest.id


def _says_something(tx: Tx, member: Member, digest: Digest) -> bool:
    """Whether it says anything that the one before did not say; what waits is brought up again when it is due."""
    waiting = waiting_for(tx, digest)
    coming = [(line.day, line.planned) for line in coming_to(tx, digest.member_id, digest.day)]
    return (
        bool(news_of(tx, digest))
        or has_search_news(tx, member)
        or any(owed.created_at >= digest.created_at or is_to_be_reminded(tx, owed) for owed in waiting)
        or says_something_new(coming, digest.told_on, digest.created_at)
    )


def _send_or_wait(tx: Tx, member: Member, digest: Digest, at: time) -> None:
    kind = Unasked.DIGEST if waiting_for(tx, digest) else Unasked.NEWS
    key = f"digest:{born(digest.id, digest.created_at)}"
    wish = Wish(member, kind, key, None, at, only_daily=digest.alone)
    held = may_go(tx, wish)
    if held is None:
        _send_digest(tx, wish, digest)
    elif held.until is None or held.reason is Reason.SILENCE:
        put_off_digest(tx, member, digest, at)  # they may have answered something by then
    else:
        tx.digests.update(replace(digest, due_at=held.until, day=local_date(held.until, member.tz)))


def _send_digest(tx: Tx, wish: Wish, digest: Digest) -> None:
    """Post it, once a day in every copy of the database, and plan the next one."""
    posted = f"{DIGEST}:{wish.member.user_id}:{digest.day.isoformat()}"
    sent = tx.digests.update(replace(digest, due_at=None, sent_at=tx.now))
    tell_search_news(tx, wish.member, digest=sent.id)
    tell_report(tx, wish.member, digest=sent.id)
    enqueue_post(tx, wish.member.id, DIGEST, sent.id, key=posted, since=digest.due_at)
    note_sent(tx, wish, posted)
    remind_together(tx, wish.member, posted)
    if (at := digest_hour(tx, wish.member)) is not None:
        plan_next(tx, wish.member, at, after=sent)
