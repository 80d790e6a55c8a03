"""A cohort's project calendar: where it is, what was read of it, and what its lead is told when it cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.audit import AuditEntry
from bot.domain.cadence import local_date
from bot.domain.cohorts import Cohort
from bot.domain.feeds import Feed, FeedTrouble, address_of, copied, read_in_vain, read_well, title_of
from bot.domain.ids import CohortId, FeedId, MemberId
from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.outgoing import Message, born, enqueue_post
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.rhythm.nudges_planning import replan_cohort


@dataclass(frozen=True)
class SetFeed:
    """What the form sends; without an address the cohort goes back to its rhythm."""

    cohort_id: CohortId
    address: str
    title: str


@dataclass(frozen=True)
class FeedForm:
    """What the form needs to open; the address is shown to whoever leads the cohort alone."""

    cohort: Cohort
    address: str
    title: str


@dataclass(frozen=True)
class FeedView:
    """What the lead reads of the calendar, on the cohort's card and when there is trouble: never its address.

    Args:
        days: the coming last days.
        read: whether it was read well since this address is there.
    """

    cohort: Cohort
    title: str
    days: tuple[date, ...]
    trouble: FeedTrouble
    read: bool


def open_feed_form(tx: Tx, cohort_id: int) -> FeedForm:
    """Raises NotAllowed, NotFound."""
    cohort = led_by_me(tx, cohort_id)
    feed = feed_of(tx, cohort.id)
    return FeedForm(cohort, feed.address if feed else "", feed.title if feed else "")


def set_feed(tx: Tx, command: SetFeed) -> CohortId:
    """Keep where the calendar is, to be read at once; what was read before from elsewhere is forgotten.

    Raises FeedAddressWrong, TextTooLong, NotAllowed, NotFound.
    """
    cohort = led_by_me(tx, command.cohort_id, lock=True)
    known = feed_of(tx, cohort.id)
    if command.address.strip():
        address, title = address_of(command.address), title_of(command.title)
        if known is None or (known.address, known.title) != (address, title):
            _begin_feed(tx, cohort, known, address, title)
    elif known is not None:
        tx.as_system().feeds.delete(known)
        _go_by(tx, cohort, ())
    tx.audit.insert(AuditEntry(cohort.workspace_id, "cohort.calendar", cohort.id, tx.now, tx.me))
    return cohort.id


def _begin_feed(tx: Tx, cohort: Cohort, known: Feed | None, address: str, title: str) -> None:
    feeds = tx.as_system().feeds
    if known is not None:
        feeds.delete(known)
    feeds.insert(Feed(cohort.workspace_id, cohort.id, tx.me, address, title, tx.now))
    _go_by(tx, cohort, ())


def _go_by(tx: Tx, cohort: Cohort, days: Sequence[date]) -> None:
    """Let the cohort's check-ins come on these days; what is planned and not sent follows."""
    kept = replace(cohort, cycle_days=tuple(days))
    if kept != cohort:
        # Nudges belong to pairs, and their lead does not read them.
        replan_cohort(tx.as_system(), tx.cohorts.update(kept))


def feed_of(tx: Tx, cohort: CohortId) -> Feed | None:
    """The calendar of a cohort, None for one that goes by its rhythm."""
    return tx.as_system().feeds.first(cohort_id=cohort)


def see_feed(tx: Tx, cohort_id: int) -> FeedView | None:
    """What the lead reads of the calendar, None for a cohort that goes by its rhythm. Raises NotAllowed, NotFound."""
    cohort = led_by_me(tx, cohort_id)
    return feed_views(tx, [cohort]).get(cohort.id)


def feed_views(tx: Tx, cohorts: Sequence[Cohort]) -> dict[CohortId, FeedView]:
    """What is known of the calendars of these cohorts, without those that go by their rhythm, in one query."""
    today = local_date(tx.now, tx.members.get(tx.me).tz)
    by_id = {cohort.id: cohort for cohort in cohorts}
    feeds = tx.as_system().feeds.find(cohort_id=list(by_id))
    return {feed.cohort_id: _view(by_id[feed.cohort_id], feed, today) for feed in feeds}


def _view(cohort: Cohort, feed: Feed, today: date) -> FeedView:
    coming = tuple(day for day in cohort.cadence.cycle if day >= today)
    return FeedView(cohort, feed.title, coming, feed.trouble, read=feed.copied_at is not None)


def keep_copy(tx: Tx, feed_id: FeedId, days: Sequence[date] | None, etag: str) -> None:
    """Keep what was read (None: what was there still holds); check-ins that are not sent follow it."""
    feed = tx.feeds.get(feed_id, lock=True)
    if days is None:
        tx.feeds.update(read_well(feed))
    else:
        tx.feeds.update(copied(feed, etag, tx.now))
        _go_by(tx, tx.cohorts.get(feed.cohort_id, lock=True), days)


def keep_trouble(tx: Tx, feed_id: FeedId, trouble: FeedTrouble) -> None:
    """Keep that it could not be read; whoever leads the cohort is told once, until it was read again."""
    feed = tx.feeds.get(feed_id, lock=True)
    kept = tx.feeds.update(read_in_vain(feed, trouble, tx.now))
    if feed.told_at is None:
        reader = _feed_reader(tx, kept)
        key = f"{TROUBLE}:{born(kept.id, kept.created_at)}:{tx.now.isoformat()}:{reader}"
        enqueue_post(tx, reader, TROUBLE, kept.id, key=key)


def _feed_reader(tx: Tx, feed: Feed) -> MemberId:
    return tx.cohorts.get(feed.cohort_id).lead_id or feed.member_id


def load_trouble(tx: Tx, feed_id: int) -> FeedView:
    feed = tx.as_system().feeds.get(feed_id)
    cohort = tx.cohorts.get(feed.cohort_id)
    return FeedView(cohort, feed.title, (), feed.trouble, read=True)


TROUBLE = Message("feed.trouble", FeedView, load_trouble, of_use=None, priority=Priority.DIGEST)
