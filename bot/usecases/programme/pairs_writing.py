"""Whoever looks after a pair writes to both of it: the same fixed, neutral words, once in a month."""

from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.cohorts import leads
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.ids import CohortId, PairId
from bot.domain.outgoing import Priority
from bot.domain.pairs import may_be_written_to
from bot.ports import Tx
from bot.usecases.outgoing import Message, born, enqueue_post
from bot.usecases.people.memberships import my_membership


@dataclass(frozen=True)
class PairWritten:
    """What both read.

    Args:
        name: of who wrote to them.
    """

    name: str
    partners: tuple[str, ...]


def write_to_both(tx: Tx, pair_id: PairId) -> CohortId:
    """Everybody in the pair gets the same words; returns the cohort's id.

    For its cohort's lead and whom it names for help, and for admins. Raises NotFound for everybody else,
    AlreadySettled for a pair that rests, or was written to in the last WRITTEN_EVERY.
    """
    system = tx.as_system()  # whom the cohort names for help does not see the pair by themselves
    pair = system.pairs.get(pair_id, lock=True)
    me, cohort = tx.members.get(tx.me), system.cohorts.get(pair.cohort_id)
    ours = cohort.workspace_id == me.workspace_id
    if not ours or not (leads(me, cohort) or cohort.contact_id == me.id):
        raise NotFound("pair")
    if not may_be_written_to(pair, tx.now):
        raise AlreadySettled
    system.pairs.update(replace(pair, written_by=me.id, written_at=tx.now))
    for one in system.memberships.find(pair_id=pair.id, left_at=None):
        key = f"{WRITTEN}:{born(pair.id, tx.now)}:{one.member_id}"
        enqueue_post(tx, one.member_id, WRITTEN, pair.id, key=key)
    system.audit.insert(AuditEntry(pair.workspace_id, "pair.written_to", pair.id, tx.now, me.id))
    return cohort.id


def load_written(tx: Tx, pair_id: int) -> PairWritten:
    """NotFound for who is not in the pair, or where nobody wrote."""
    membership = my_membership(tx, PairId(pair_id))
    if membership.pair.written_by is None:
        raise NotFound("pair")
    return PairWritten(tx.members.get(membership.pair.written_by).name, membership.partner_names)


WRITTEN = Message("pair.written", PairWritten, load_written, of_use=None, priority=Priority.ACT)
