"""Two tries from the shelf below an answered check-in, for a goal for which nothing is tried: offered, not urged."""

from dataclasses import dataclass

from bot.domain.checkins import CheckIn
from bot.domain.goals import Goal
from bot.domain.next_steps import NextTry
from bot.domain.offers import OfferKind
from bot.domain.shelf import ShelfTry
from bot.packs.shelf import shelf_for
from bot.ports import Tx
from bot.usecases.people.memberships import PairMembership
from bot.usecases.people.offers import is_offered, note_offer, was_put_off_since

SHOWN = 2


@dataclass(frozen=True)
class ShelfOffer:
    """What fits the goal, in the reader's language; no tries where they were put off since the answer."""

    goal: Goal
    tries: tuple[ShelfTry, ...]


def note_shelf_offer(tx: Tx, membership: PairMembership, following: NextTry | None) -> None:
    """Note that it is shown with this answer, where something fits and it was not put off."""
    if (goal := _goal_of(tx, following)) and _fitting(goal, membership):
        note_offer(tx, membership.pair, membership.me.id, OfferKind.SHELF_TRIES, goal.id)


def shelf_offer(
    tx: Tx, membership: PairMembership, following: NextTry | None, check_in: CheckIn
) -> ShelfOffer | None:
    """What the message of this answer shows; None where nothing fits, or it was put off before."""
    if (goal := _goal_of(tx, following)) is None:
        return None
    if is_offered(tx, tx.me, OfferKind.SHELF_TRIES, goal.id):
        return ShelfOffer(goal, _fitting(goal, membership))
    put_off = was_put_off_since(tx, tx.me, OfferKind.SHELF_TRIES, goal.id, check_in.created_at)
    return ShelfOffer(goal, ()) if put_off else None


def _goal_of(tx: Tx, following: NextTry | None) -> Goal | None:
    return tx.goals.get(following.goal_id) if following and following.goal_id else None


def _fitting(goal: Goal, membership: PairMembership) -> tuple[ShelfTry, ...]:
    return shelf_for(goal.text, membership.me.locale, SHOWN)
