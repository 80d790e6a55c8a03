"""Whether somebody looks back in the place of a check-in that is about to be sent, and since when."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.budget import Reason, Unasked
from bot.domain.cadence import local_date
from bot.domain.checkins import CheckInSource
from bot.domain.nudges import Nudge, Occurrence, Ritual
from bot.domain.patterns import PatternState
from bot.domain.reviews import Review, ReviewKind, due_kind, is_enough, looks_back_from
from bot.ports import Tx
from bot.usecases.people.memberships import PairMembership, membership_in
from bot.usecases.rhythm.ledger import Wish, note_skipped
from bot.usecases.rhythm.reviews_messages import told_since

LOOKED_BACK = timedelta(days=120)  # over a quarter


def in_its_place(tx: Tx, occurrence: Occurrence, nudge: Nudge, wish: Wish) -> tuple[Nudge, Wish]:
    """The nudge as it is to be sent, and what it is in the ledger; where there is too little, that says so."""
    if nudge.review_id is not None:
        return nudge, replace(wish, kind=Unasked.REVIEW)
    plain = occurrence.ritual is Ritual.CHECK_IN and not (nudge.step or nudge.snoozed or nudge.repair)
    kind = _kind_due(tx, occurrence, nudge) if plain else None
    if kind is None:
        return nudge, wish
    membership = membership_in(tx, nudge.pair_id, nudge.member_id)
    review = _review_begun(tx, membership, occurrence, kind)
    if not _is_enough(tx, membership, review):
        note_skipped(tx, replace(wish, kind=Unasked.REVIEW, key=f"{wish.key}:review"), Reason.TOO_LITTLE)
        return nudge, wish
    kept = tx.reviews.insert(review)
    _say_pattern(tx, membership, kept)
    return replace(nudge, review_id=kept.id), replace(wish, kind=Unasked.REVIEW)


def _kind_due(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> ReviewKind | None:
    pair = tx.pairs.get(nudge.pair_id)
    if pair.active_since is None:
        return None
    began = local_date(pair.active_since, tx.members.get(nudge.member_id).tz)
    return due_kind(occurrence.day, began, _asked_before(tx, occurrence, nudge))


def _asked_before(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> list[date]:
    """The days of the rounds in which this member was asked as usual; the question how to go on is another one."""
    rounds = tx.occurrences.find(
        pair_id=nudge.pair_id,
        ritual=Ritual.CHECK_IN,
        day__since=occurrence.day - LOOKED_BACK,
        day__upto=occurrence.day - timedelta(days=1),
    )
    days = {one.id: one.day for one in rounds}
    asked = tx.nudges.find(occurrence_id=list(days), member_id=nudge.member_id, step=0, repair=0)
    return [days[one.occurrence_id] for one in asked if one.sent_at is not None]


def _review_begun(tx: Tx, membership: PairMembership, occurrence: Occurrence, kind: ReviewKind) -> Review:
    """A quarter looks back on all of it, also on what a month has looked back on."""
    alike = {"kind": kind} if kind is ReviewKind.QUARTERLY else {}
    last = tx.reviews.first(**membership.mine, **alike, order="-created_at")
    began = membership.pair.active_since or tx.now
    since = looks_back_from(began, last.created_at if last else None, tx.now)
    return Review(**membership.whose, kind=kind, occurrence_id=occurrence.id, since=since, created_at=tx.now)


def _is_enough(tx: Tx, membership: PairMembership, review: Review) -> bool:
    told = told_since(tx, membership, review.since, tx.now)
    answers = tx.check_ins.count(**membership.mine, source=CheckInSource.FORM, created_at__since=review.since)
    return is_enough(len(told), answers)


def _say_pattern(tx: Tx, membership: PairMembership, review: Review) -> None:
    """Say one of those that wait, the one that most say, with this review."""
    waiting = tx.patterns.find(**membership.mine, state=PatternState.FOUND)
    if waiting:
        most = max(waiting, key=lambda one: (one.n, -one.id))
        tx.patterns.update(replace(most, state=PatternState.OFFERED, review_id=review.id))
