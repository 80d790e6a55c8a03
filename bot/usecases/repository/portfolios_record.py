"""A mentor's own record, read from the rows of their own pairs."""

from bot.domain.errors import NotAllowed
from bot.domain.portfolios_record import Record, record_of
from bot.ports import Tx


def see_record(tx: Tx) -> Record:
    """What came of all pairs in which the reader mentors or mentored. Raises NotAllowed for who never did."""
    parts = [one for one in tx.memberships.find(member_id=tx.me, left_at=None) if one.role.mentors]
    pairs = [one.id for one in tx.pairs.find(id=[one.pair_id for one in parts]) if one.active_since]
    if not pairs:
        raise NotAllowed("mentor")
    return record_of(
        tx.me,
        len(pairs),
        tx.thanks.find(pair_id=pairs),
        tx.results.find(pair_id=pairs),
        tx.sessions.find(pair_id=pairs),
        tx.talks.find(pair_id=pairs),
    )
