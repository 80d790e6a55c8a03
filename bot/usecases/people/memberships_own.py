"""Where a member sets goals and tries things: in the pairs in which they learn, or, where they only mentor, alone."""

from dataclasses import replace

from bot.domain.errors import NoPair, NotFound
from bot.domain.ids import PairId
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.ports import Tx
from bot.usecases.people.memberships import (
    PairChoice,
    PairMembership,
    memberships_from,
    my_memberships,
    require_not_over,
)

TO_BE_MADE = PairId(0)  # of a pair of one in which nothing was written yet


def my_trying_memberships(tx: Tx) -> list[PairMembership]:
    """Where I set goals and try things: as a mentee, the newest first, then for myself alone. NoPair for nowhere."""
    found = _trying(tx)
    if not found:
        raise NoPair
    return found


def my_trying_membership(tx: Tx, pair_id: PairId | None = None) -> PairMembership:
    """Where I set goals and try things in this pair, without one in the first.

    Raises NotFound for a pair in which I do not, PairOver for one that was mine, NoPair for nowhere.
    """
    wanted = pair_id or None
    found = next((one for one in _trying(tx) if wanted in (None, one.pair.id)), None)
    if found is None:
        require_not_over(tx, pair_id)
        my_trying_memberships(tx)
        raise NotFound("pair")
    return found


def my_kept_membership(tx: Tx, pair_id: PairId | None = None) -> PairMembership:
    """The same, to keep something in: who does the first thing for themselves has a pair of one from then on."""
    membership = my_trying_membership(tx, pair_id)
    if membership.pair.id != TO_BE_MADE:
        return membership
    tx.members.get(tx.me, lock=True)  # so that two forms that are sent at once make one
    made = next((one for one in _trying(tx) if one.pair.id != TO_BE_MADE), None)
    return made or _made(tx, membership)


def pair_choices(tx: Tx, membership: PairMembership) -> tuple[PairChoice, ...]:
    """Where I set goals and try things; only the pair of this membership if I do not there any more."""
    memberships = _trying(tx)
    if membership.pair.id not in {other.pair.id for other in memberships}:
        memberships = [membership]
    return tuple(PairChoice(one.pair.id, one.mentor_names) for one in memberships)


def my_mentees(tx: Tx) -> tuple[Member, ...]:
    """Everybody who learns from me now, in the order of our pairs."""
    mentoring = [one for one in my_memberships(tx) if one.role.mentors]
    return tuple({mentee.id: mentee for one in mentoring for mentee in one.mentees}.values())


def _trying(tx: Tx) -> list[PairMembership]:
    rosters = tx.rosters.of(tx.me, (PairState.ACTIVE, PairState.OWN))
    memberships = memberships_from(rosters, tx.me)[::-1]
    alone = [one for one in memberships if one.alone]
    active = [one for one in memberships if not one.alone]
    found = [*(one for one in active if one.role.learns), *alone]
    return found or [_to_be_made(tx, one) for one in active[:1]]


def _to_be_made(tx: Tx, beside: PairMembership) -> PairMembership:
    """For who mentors in this pair, the newest of theirs, and learns in none."""
    pair = Pair(beside.pair.workspace_id, beside.pair.cohort_id, tx.now, asked_by=tx.me, state=PairState.OWN)
    return PairMembership(pair, Role.MENTEE, beside.me, ())


def _made(tx: Tx, membership: PairMembership) -> PairMembership:
    pair = tx.pairs.insert(membership.pair)
    tx.memberships.insert(Membership(pair.workspace_id, pair.id, tx.me, membership.role, Consent.YES))
    return replace(membership, pair=pair)
