"""Who is away: a pause begun, moved to another day, and over; what partners read of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.cadence import local_date
from bot.domain.errors import AlreadySettled, NoPair
from bot.domain.ids import MemberId, PauseId
from bot.domain.members import Member
from bot.domain.outgoing import Priority
from bot.domain.pauses import PRESET, Pause, PauseState, back_at, is_during, still_away, until_day
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import PairMembership, my_memberships


@dataclass(frozen=True)
class PauseUntil:
    """What the form sends, and the words of the command; None is PRESET from today."""

    until: date | None = None


@dataclass(frozen=True)
class PauseForm:
    """What the form needs to open: the day that it proposes, and whether somebody is away already."""

    until: date
    away: bool


@dataclass(frozen=True)
class Away:
    """What a partner reads.

    Args:
        until: the day on which they are back, on their own calendar.
        back: they are back by now.
    """

    name: str
    until: date
    back: bool


def is_away(tx: Tx, member: MemberId, at: datetime) -> bool:
    """Whether this member is on a pause at that moment."""
    return pause_at(tx, member, at) is not None


def away_until(tx: Tx, member: MemberId, at: datetime | None = None) -> datetime | None:
    """When this member, who is away at that moment (by default now), is back; None for somebody who is there."""
    found = pause_at(tx, member, at or tx.now)
    return found.ends_at if found else None


def pause_at(tx: Tx, member: MemberId, moment: datetime) -> Pause | None:
    """The pause of this member that holds then."""
    found = tx.pauses.find(member_id=member, ends_at__since=moment, order="-id")
    return next((pause for pause in found if is_during(pause, moment)), None)


def away_now(tx: Tx, members: Collection[MemberId]) -> dict[MemberId, Pause]:
    """Of these members, those who are away now, with their pauses."""
    return still_away(tx.pauses.find(member_id=members, state=PauseState.OPEN), tx.now)


def open_pause_form(tx: Tx) -> PauseForm:
    """Raises NoPair for somebody whom Pairloop asks nothing."""
    _require_pairs(tx)
    known = pause_at(tx, tx.me, tx.now)
    until = known.until if known else local_date(tx.now, tx.members.get(tx.me).tz) + PRESET
    return PauseForm(until, away=known is not None)


def pause(tx: Tx, shown: Shown) -> PauseId:
    """Be away until a day, in all pairs; once more moves the day. Partners read it once.

    Raises NoPair, DateInPast, DayTooFar.
    """
    me = tx.members.get(tx.me, lock=True)  # so that two at once do not begin two
    memberships = _require_pairs(tx)
    until = until_day(begun(PauseUntil, shown).until, local_date(tx.now, me.tz))
    ends_at = _back_at(tx, me, until, memberships)
    known = tx.pauses.first(member_id=me.id, state=PauseState.OPEN)
    if known is not None:
        return _keep_pause(tx, replace(known, until=until, ends_at=ends_at)).id
    kept = tx.pauses.insert(Pause(me.workspace_id, me.id, until, ends_at, tx.now))
    for partner in {partner.id for membership in memberships for partner in membership.partners}:
        enqueue_post(tx, partner, AWAY, kept.id)
    return kept.id


def my_pause(tx: Tx) -> Pause:
    """The pause that holds now. Raises AlreadySettled for somebody who is not away."""
    found = pause_at(tx, tx.me, tx.now)
    if found is None:
        raise AlreadySettled
    return found


def end_pause(tx: Tx, ended: Pause) -> Pause:
    """They are back; what partners read says so."""
    return _keep_pause(tx, replace(ended, state=PauseState.OVER))


def move_pause(tx: Tx, member: Member) -> None:
    """Somebody who is away lives in another time zone: the day stays, and begins when it does there."""
    known = tx.pauses.first(member_id=member.id, state=PauseState.OPEN)
    if known is not None:
        memberships = tx.memberships.find(member_id=member.id, left_at=None)
        pairs = tx.pairs.find(id=[one.pair_id for one in memberships])
        hours = [cohort.at for cohort in tx.cohorts.find(id={pair.cohort_id for pair in pairs})]
        tx.pauses.update(replace(known, ends_at=back_at(known.until, member.tz, hours)))


def load_away(tx: Tx, pause_id: int) -> Away:
    """NotFound for who is in no pair with them any more."""
    found = tx.pauses.get(pause_id)
    return Away(tx.members.get(found.member_id).name, found.until, back=not is_during(found, tx.now))


def _require_pairs(tx: Tx) -> list[PairMembership]:
    if not (memberships := my_memberships(tx)):
        raise NoPair
    return memberships


def _back_at(tx: Tx, me: Member, until: date, memberships: list[PairMembership]) -> datetime:
    cohorts = tx.cohorts.find(id={membership.pair.cohort_id for membership in memberships})
    return back_at(until, me.tz, [cohort.at for cohort in cohorts])


def _keep_pause(tx: Tx, changed: Pause) -> Pause:
    kept = tx.pauses.update(changed)
    enqueue_update(tx, AWAY, kept.id, version=kept.version)
    return kept


AWAY = Message("pause.away", Away, load_away, while_people_read_it, priority=Priority.ACT)
