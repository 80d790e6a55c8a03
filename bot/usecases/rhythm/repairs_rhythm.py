"""Rarer check-ins after a silence: one of the two may ask for less alone; the others read it, and can set it back."""

from dataclasses import dataclass
from datetime import date

from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.ids import PairId
from bot.domain.outgoing import Priority
from bot.domain.pairs import PairState
from bot.domain.rhythms import is_made_rare, may_be_rarer, rarer, with_rhythm_of_cohort
from bot.ports import Tx
from bot.usecases.outgoing import Message, as_long_as, enqueue_post, enqueue_update
from bot.usecases.people.memberships import PairMembership, my_membership
from bot.usecases.rhythm.nudges_planning import replan_pair


@dataclass(frozen=True)
class RarerRounds:
    """What everybody in the pair reads but who asked for it, and that one once it is set back.

    Args:
        name: of who asked for it.
        holds: it was not set back, and no other rhythm was agreed on.
    """

    pair_id: PairId
    name: str
    holds: bool


def make_rarer(tx: Tx, membership: PairMembership, day: date) -> bool:
    """Check-ins come every four weeks, counted from this round; False where they are as rare, or the two agreed on one.

    Args:
        day: the nominal day of the round.
    """
    pair = tx.pairs.get(membership.pair.id, lock=True)
    cohort = tx.cohorts.get(pair.cohort_id)
    if not may_be_rarer(pair, cohort):
        return False
    kept = tx.pairs.update(rarer(pair, cohort, day, membership.me.id))
    replan_pair(tx.as_system(), kept)  # nudges belong to the pair, also those of others in it
    for partner in membership.partners:
        enqueue_post(tx, partner.id, RARER, kept.id, key=f"{RARER}:{kept.id}:{partner.id}:v{kept.version}")
    return True


def set_back(tx: Tx, pair_id: PairId) -> PairId:
    """The rhythm of the cohort holds again, which everybody reads. Raises NotFound, AlreadySettled."""
    pair = tx.pairs.get(pair_id, lock=True)
    membership = my_membership(tx, pair.id)
    if pair.state is not PairState.ACTIVE or not is_made_rare(pair):
        raise AlreadySettled
    kept = tx.pairs.update(with_rhythm_of_cohort(pair))
    replan_pair(tx.as_system(), kept)
    enqueue_update(tx, RARER, kept.id, version=kept.version)
    if pair.made_rare_by is not None and pair.made_rare_by != membership.me.id:
        key = f"{RARER}:{kept.id}:{pair.made_rare_by}:v{kept.version}"
        enqueue_post(tx, pair.made_rare_by, RARER, kept.id, key=key)
    return kept.id


def load_rarer(tx: Tx, pair_id: int) -> RarerRounds:
    """NotFound for who is not in the pair, or where nobody asked for it."""
    pair = my_membership(tx, PairId(pair_id)).pair
    if pair.made_rare_by is None:
        raise NotFound("pair")
    return RarerRounds(pair.id, tx.members.get(pair.made_rare_by).name, is_made_rare(pair))


RARER = Message(
    "repair.rarer", RarerRounds, load_rarer, as_long_as(lambda one: one.holds), priority=Priority.ACT
)
