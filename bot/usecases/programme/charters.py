"""What people in a pair agree on about how they work: one proposes it, and it holds once the others said yes to it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.cadence import local_date
from bot.domain.charters import (
    LASTS,
    STANDING,
    Charter,
    CharterChanged,
    CharterState,
    FeedbackWish,
    say_the_same,
    with_yes,
    without,
)
from bot.domain.errors import AlreadySettled, NoPair, NotAllowed, NotFound
from bot.domain.ids import CharterId, MemberId, PairId
from bot.domain.offers import OfferKind
from bot.domain.outgoing import Priority
from bot.domain.pairs import RUNNING, Pair, require_end_day
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post, enqueue_update, while_people_read_it
from bot.usecases.people.memberships import (
    PairChoice,
    PairMembership,
    memberships_from,
    my_membership,
    require_not_over,
)
from bot.usecases.people.offers import take_offer
from bot.usecases.programme.pairs_until import agree_on_end_day
from bot.usecases.rhythm.nudges import show_tries


@dataclass(frozen=True)
class CharterForm:
    """What the form needs to open.

    Args:
        standing: the newest edition that holds or waits, None for a first one.
        ends_on: the day to begin with.
        wish: how the reader likes feedback, here or where they said so last.
    """

    pair_id: PairId
    partners: tuple[str, ...]
    standing: Charter | None
    ends_on: date | None
    wish: FeedbackWish | None


@dataclass(frozen=True)
class ProposeCharter:
    """What the form sends; `read` is the edition that it began with."""

    pair_id: PairId
    read: CharterId | None
    shown: Shown
    wish: Shown


@dataclass(frozen=True)
class CharterCard:
    """An edition as one of the pair reads it.

    Args:
        asked: the reader's yes is waited for.
        waited_for: the names of those who have not said yes.
        ends_on: the day that holds for the end, or that is proposed.
        wishes: how each likes feedback, by name, the reader's own under "".
        newer: the edition that took its place.
    """

    charter: Charter
    writer: str
    mine: bool
    partners: tuple[str, ...]
    asked: bool
    waited_for: tuple[str, ...]
    ends_on: date | None
    wishes: tuple[tuple[str, FeedbackWish], ...]
    newer: CharterId | None


def my_charter_pairs(tx: Tx) -> tuple[PairChoice, ...]:
    """My pairs that run, the newest first. Raises NoPair."""
    memberships = memberships_from(tx.rosters.of(tx.me, RUNNING), tx.me)[::-1]
    if not memberships:
        raise NoPair
    return tuple(PairChoice(one.pair.id, one.partner_names) for one in memberships)


def see_charter(tx: Tx, pair_id: PairId) -> CharterCard | None:
    """What stands in this pair, None for nothing yet. Raises NotFound, PairOver."""
    _running(tx, pair_id)
    newest = standing_charter(tx, pair_id)
    return load_charter(tx, newest.id) if newest else None


def open_charter_form(tx: Tx, pair_id: PairId, *, renew: bool = False) -> CharterForm:
    """The form, with the words that stand. Raises NotFound, PairOver.

    Args:
        renew: begin with another day for the end.
    """
    membership = _running(tx, pair_id)
    newest = standing_charter(tx, pair_id)
    day = _day_to_begin_with(membership.pair, newest, local_date(tx.now, membership.me.tz), renew=renew)
    return CharterForm(pair_id, membership.partner_names, newest, day, _wish_to_begin_with(tx, membership))


def propose_charter(tx: Tx, command: ProposeCharter) -> CharterId:
    """Keep how this member likes feedback, and ask the others to agree to the words, where they are others than before.

    Whoever only says how they like feedback sends the words along, so the same again is no yes; it has its own button.

    Raises NotFound, PairOver, CharterChanged for words that this member has not read, and InvalidInput.
    """
    tx.pairs.get(command.pair_id, lock=True)  # so that of two who propose at once one meets the other
    membership = _running(tx, command.pair_id)
    _keep_wish(tx, membership, command.wish)
    newest = standing_charter(tx, membership.pair.id)
    proposed = _new(tx, membership, newest, command)
    if newest is not None and say_the_same(_as_it_stands(newest, membership.pair), proposed):
        return _shown_anew(tx, newest)
    _require_read(tx, newest, command.read)
    if proposed.ends_on is not None and proposed.ends_on != membership.pair.ends_on:
        require_end_day(proposed.ends_on, local_date(tx.now, membership.me.tz))
    return _propose(tx, membership, proposed)


def confirm_charter(tx: Tx, charter_id: CharterId) -> CharterId:
    """Say yes to these words. Of an older edition nothing happens; returns the one that stands.

    Raises NotFound, PairOver, NotAllowed for one's own words.
    """
    found = tx.charters.get(charter_id)
    tx.pairs.get(found.pair_id, lock=True)
    membership = _running(tx, found.pair_id)
    if found.member_id == tx.me:
        raise NotAllowed("partner")
    newest = standing_charter(tx, found.pair_id)
    if newest is None:
        raise AlreadySettled
    if newest.id == found.id and newest.may_be_agreed_by(tx.me):
        return _agreed(tx, newest, membership)
    return newest.id


def close_charters_of(tx: Tx, pair_id: PairId) -> None:
    """The pair has ended, and with it what waited for a yes."""
    for one in tx.charters.find(pair_id=pair_id, state=CharterState.OPEN):
        _keep_edition(tx, replace(one, state=CharterState.OVER))


def go_on_agreeing(tx: Tx, pair: Pair, people: list[MemberId]) -> None:
    """Somebody left a circle: what waited for their yes alone holds now. Pairloop's own transaction."""
    for one in tx.charters.find(pair_id=pair.id, state=CharterState.OPEN):
        settled = without(one, people, tx.now)
        if settled is not one:
            _hold(tx, settled, tx.members.get(one.member_id).tz)


def standing_charter(tx: Tx, pair_id: PairId) -> Charter | None:
    """The newest edition that holds or waits for a yes."""
    return tx.charters.first(pair_id=pair_id, state=list(STANDING), order="-id")


def load_charter(tx: Tx, charter_id: int) -> CharterCard:
    """The edition as this reader finds it; NotFound for who is not in the pair."""
    charter = tx.charters.get(charter_id)
    membership = my_membership(tx, charter.pair_id)
    people = {one.id: one.name for one in (membership.me, *membership.partners)}
    newest = standing_charter(tx, charter.pair_id)
    agreed = charter.state is CharterState.AGREED
    return CharterCard(
        charter,
        writer=tx.members.get(charter.member_id).name,
        mine=charter.member_id == tx.me,
        partners=membership.partner_names,
        asked=membership.pair.state in RUNNING and charter.may_be_agreed_by(tx.me),
        waited_for=tuple(n for m, n in people.items() if m != tx.me and charter.may_be_agreed_by(m)),
        ends_on=membership.pair.ends_on if agreed else charter.ends_on,
        wishes=_wishes(tx, charter.pair_id, people),
        newer=newest.id if newest and newest.id != charter.id else None,
    )


def _running(tx: Tx, pair_id: PairId) -> PairMembership:
    membership = my_membership(tx, pair_id)
    require_not_over(tx, pair_id)
    if membership.pair.state not in RUNNING:
        raise NotFound("pair")
    return membership


def _day_to_begin_with(pair: Pair, newest: Charter | None, today: date, *, renew: bool) -> date | None:
    known = _as_it_stands(newest, pair).ends_on if newest else pair.ends_on
    if renew:
        return max(known or today, today) + LASTS
    return known if newest or (known and known >= today) else today + LASTS


def _as_it_stands(charter: Charter, pair: Pair) -> Charter:
    """What is agreed has the day that holds now, which one of them may have named since."""
    return replace(charter, ends_on=pair.ends_on) if charter.state is CharterState.AGREED else charter


def _wish_to_begin_with(tx: Tx, membership: PairMembership) -> FeedbackWish | None:
    here = tx.feedback_wishes.first(**membership.mine)
    return here or tx.feedback_wishes.first(member_id=tx.me, order="-id")


def _keep_wish(tx: Tx, membership: PairMembership, shown: Shown) -> None:
    known = tx.feedback_wishes.first(**membership.mine)
    if known is None:
        wish = begun(FeedbackWish, shown, **membership.whose, created_at=tx.now)
        if wish.says_something:
            tx.feedback_wishes.insert(wish)
    else:
        tx.feedback_wishes.update(changed(known, shown))


def _new(tx: Tx, membership: PairMembership, newest: Charter | None, command: ProposeCharter) -> Charter:
    """What the form did not show stays as it stands."""
    kept: dict[str, Any] = (
        {name: getattr(newest, name) for name in ("often", "expects", "missed", "stays_between", "ends_on")}
        if newest
        else {}
    )
    return begun(Charter, {**kept, **command.shown}, **membership.whose, created_at=tx.now)


def _require_read(tx: Tx, newest: Charter | None, read: CharterId | None) -> None:
    if newest is not None and newest.id != read and newest.member_id != tx.me:
        raise CharterChanged(tx.members.get(newest.member_id).name)


def _propose(tx: Tx, membership: PairMembership, proposed: Charter) -> CharterId:
    for old in tx.charters.find(pair_id=proposed.pair_id, state=CharterState.OPEN):
        _keep_edition(tx, replace(old, state=CharterState.REPLACED))
    kept = tx.charters.insert(proposed)
    for reader in (membership.me, *membership.partners):
        enqueue_post(tx, reader.id, CARD, kept.id)
    _show_standing(tx, kept)
    for round_ in tx.as_system().offers.find(pair_id=kept.pair_id, kind=OfferKind.CHARTER):
        take_offer(tx, round_.member_id, OfferKind.CHARTER, round_.subject_id)
    show_tries(tx.as_system(), kept.pair_id)  # the check-in offered it
    return kept.id


def _agreed(tx: Tx, charter: Charter, membership: PairMembership) -> CharterId:
    people = [one.id for one in (membership.me, *membership.partners)]
    _hold(tx, with_yes(charter, tx.me, people, tx.now), membership.me.tz)
    return charter.id


def _hold(tx: Tx, charter: Charter, tz: str) -> None:
    """Keep it; where it holds from now on, the one before does no more, and its day is the pair's."""
    if charter.agreed_at == tx.now:
        for old in tx.charters.find(pair_id=charter.pair_id, state=CharterState.AGREED):
            if old.id != charter.id:
                _keep_edition(tx, replace(old, state=CharterState.REPLACED))
        pair = tx.pairs.get(charter.pair_id, lock=True)
        if charter.ends_on is None or charter.ends_on >= local_date(tx.now, tz):
            agree_on_end_day(tx, pair, charter.ends_on, charter.member_id, tz)
    _keep_edition(tx, charter)


def _keep_edition(tx: Tx, charter: Charter) -> None:
    kept = tx.charters.update(charter)
    enqueue_update(tx, CARD, kept.id, version=kept.version)


def _shown_anew(tx: Tx, charter: Charter) -> CharterId:
    """How somebody likes feedback changed beside it."""
    _keep_edition(tx, charter)
    return charter.id


def _show_standing(tx: Tx, proposed: Charter) -> None:
    """What is agreed holds on, and says that newer words wait."""
    for old in tx.charters.find(pair_id=proposed.pair_id, state=CharterState.AGREED):
        _keep_edition(tx, old)


def _wishes(tx: Tx, pair_id: PairId, people: dict[MemberId, str]) -> tuple[tuple[str, FeedbackWish], ...]:
    found = tx.feedback_wishes.find(pair_id=pair_id)
    said = [one for one in found if one.says_something and one.member_id in people]
    return tuple(("" if one.member_id == tx.me else people[one.member_id], one) for one in said)


CARD = Message("charter.card", CharterCard, load_charter, while_people_read_it, priority=Priority.ACT)
