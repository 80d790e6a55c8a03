"""A date for the end of a pair: either names it, both see it, and two weeks before both are asked how to go on."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.budget import A_WEEK, Unasked
from bot.domain.cadence import local_date, to_utc
from bot.domain.errors import AlreadySettled, NoPair, NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.outgoing import Priority
from bot.domain.pairs import RUNNING, Pair, PairState, require_end_day
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, born, enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairChoice, memberships_from, my_membership, require_not_over
from bot.usecases.rhythm.ledger import Wish
from bot.usecases.rhythm.nudges_gate import post_within_hours

ASKED_BEFORE = timedelta(days=14)  # the date, on the calendar of each
RENEWED_BY = relativedelta(months=3)


@dataclass(frozen=True)
class EndDay:
    """What the form asks: the day, None for none."""

    ends_on: date | None = None


@dataclass(frozen=True)
class EndForm:
    """What the form needs to open: which pair may be meant, the newest first, and the day to begin with."""

    pairs: tuple[PairChoice, ...]
    ends_on: date | None


@dataclass(frozen=True)
class PairEndDay:
    """The date as both read it.

    Args:
        named_by: who named it, or took it away; "" for the reader.
        ends_on: None where the two go on without one.
        passed: it has come and gone, and the pair goes on.
        asked: it is the date of which the two are asked now.
    """

    pair_id: PairId
    partners: tuple[str, ...]
    named_by: str
    ends_on: date | None
    passed: bool
    asked: bool


@dataclass(frozen=True)
class EndQuestion(PairEndDay):
    """The same, once the date is near and both are asked."""


def open_end_form(tx: Tx, pair_id: PairId | None = None) -> EndForm:
    """The form for any of my pairs; for one of them with a date three months after the one that it has.

    Raises NoPair, NotFound.
    """
    memberships = memberships_from(tx.rosters.of(tx.me, RUNNING), tx.me)[::-1]
    require_not_over(tx, pair_id)
    if not memberships:
        raise NoPair
    choices = tuple(PairChoice(one.pair.id, one.partner_names) for one in memberships)
    if pair_id is None:
        return EndForm(choices, memberships[0].pair.ends_on if len(memberships) == 1 else None)
    known = next((one for one in memberships if one.pair.id == pair_id), None)
    if known is None:
        raise NotFound("pair")
    today = local_date(tx.now, known.me.tz)
    renewed = max(known.pair.ends_on or today, today) + RENEWED_BY
    return EndForm(tuple(one for one in choices if one.pair_id == pair_id), renewed)


def name_end_day(tx: Tx, pair_id: PairId, shown: Shown) -> PairId:
    """The pair ends on this day, or goes on without one; the others read it, and nothing ends by itself.

    Raises NotFound, AlreadySettled for a pair that does not run, DateInPast, DateTooLate.
    """
    pair = tx.pairs.get(pair_id, lock=True)
    membership = my_membership(tx, pair.id)
    if pair.state not in RUNNING:
        raise AlreadySettled
    day, today = begun(EndDay, shown).ends_on, local_date(tx.now, membership.me.tz)
    if day is not None and day != pair.ends_on:
        require_end_day(day, today)
    if day == pair.ends_on:
        return pair.id
    kept = agree_on_end_day(tx, pair, day, membership.me.id, membership.me.tz)
    for partner in membership.partners:
        enqueue_post(tx, partner.id, NAMED, kept.id, key=f"{NAMED}:{kept.id}:{partner.id}:v{kept.version}")
    return kept.id


def agree_on_end_day(tx: Tx, pair: Pair, day: date | None, by: MemberId, tz: str) -> Pair:
    """Keep the day, on which both are asked in time; whoever is told of it is told elsewhere."""
    if day == pair.ends_on:
        return pair
    at = tx.cohorts.get(pair.cohort_id).at
    asked = to_utc(day - ASKED_BEFORE, at, tz) if day else None
    soon = asked is not None and asked <= tx.now
    kept = tx.pairs.update(replace(pair, ends_on=day, ends_by=by, end_asked_at=None if soon else asked))
    for message in (NAMED, ASKED):
        enqueue_update(tx, message, kept.id, version=kept.version)
    return kept


def go_on_without(tx: Tx, pair_id: PairId) -> PairId:
    """*Go on without a date*. Raises like `name_end_day`."""
    return name_end_day(tx, pair_id, {"ends_on": None})


def ask_about_end(tx: Tx, row: Pair) -> None:
    """The date is near: both are asked, within their hours; later where the pair rests, never where it has ended."""
    pair = tx.pairs.get(row.id)
    if pair.end_asked_at is None or pair.end_asked_at > tx.now:
        return
    if pair.state is PairState.PAUSED:
        tx.pairs.update(replace(pair, end_asked_at=tx.now + A_WEEK))
        return
    if pair.state is PairState.ACTIVE:
        _ask_both(tx, pair)
    tx.pairs.update(replace(pair, end_asked_at=None))


def load_end_day(tx: Tx, pair_id: int) -> PairEndDay:
    """As the reader finds it; NotFound for who is not in the pair, or where it has ended."""
    membership = my_membership(tx, PairId(pair_id))
    pair, today = membership.pair, local_date(tx.now, membership.me.tz)
    if pair.state not in RUNNING:
        raise NotFound("pair")
    named_by = tx.members.get(pair.ends_by).name if pair.ends_by and pair.ends_by != tx.me else ""
    return PairEndDay(
        pair.id,
        membership.partner_names,
        named_by,
        pair.ends_on,
        passed=pair.ends_on is not None and pair.ends_on < today,
        asked=pair.ends_on is not None and pair.ends_on - ASKED_BEFORE <= today,
    )


def load_end_question(tx: Tx, pair_id: int) -> EndQuestion:
    """Raises like `load_end_day`."""
    return EndQuestion(**vars(load_end_day(tx, pair_id)))


def _ask_both(tx: Tx, pair: Pair) -> None:
    at = tx.cohorts.get(pair.cohort_id).at
    for one in tx.memberships.find(pair_id=pair.id, left_at=None):
        member = tx.members.get(one.member_id)
        key = f"{ASKED}:{born(pair.id, pair.asked_at)}:{pair.ends_on}:{member.user_id}"
        wish = Wish(member, Unasked.END_DAY, key, pair.id, at)
        post_within_hours(tx, wish, ASKED, pair.id, since=pair.end_asked_at)


NAMED = Message(
    "pair.end_named", PairEndDay, load_end_day, as_long_as(lambda end: not end.passed), priority=Priority.ACT
)
ASKED = Message(
    "pair.end_asked",
    EndQuestion,
    load_end_question,
    as_long_as(lambda end: end.asked),
    priority=Priority.FOLLOW_UP,
)
