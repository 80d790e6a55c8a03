"""A mentor's own record, read from the rows of their own pairs."""

from typing import Any

from bot.domain.errors import NotAllowed
from bot.domain.ids import PairId
from bot.domain.portfolios_record import Record, record_of
from bot.domain.thanks import Thanks, ThanksFor
from bot.ports import Tx


def see_record(tx: Tx) -> Record:
    """What came of all pairs in which the reader mentors, also ended ones. Raises NotAllowed for who never did."""
    parts = [one for one in tx.memberships.find(member_id=tx.me, left_at=None) if one.role.mentors]
    pairs = [one.id for one in tx.pairs.find(id=[one.pair_id for one in parts]) if one.active_since]
    if not pairs:
        raise NotAllowed("mentor")
    return record_of(
        tx.me,
        len(pairs),
        _thanks_received(tx, pairs),
        tx.results.find(pair_id=pairs),
        tx.sessions.find(pair_id=pairs),
        tx.talks.find(pair_id=pairs),
    )


def _thanks_received(tx: Tx, pairs: list[PairId]) -> list[Thanks]:
    """For what the reader wrote, and for talks; in a circle others thank each other, too."""
    own: dict[str, Any] = {"pair_id": pairs, "member_id": tx.me}
    mine: dict[ThanksFor, set[int]] = {
        ThanksFor.RESPONSE: {one.id for one in tx.responses.find(**own)},
        ThanksFor.ANSWER: {one.id for one in tx.answers.find(**own)},
        ThanksFor.OBSERVATION: {one.id for one in tx.observations.find(**own)},
    }
    said = tx.thanks.find(pair_id=pairs)
    return [one for one in said if one.source is ThanksFor.SESSION or one.source_id in mine[one.source]]
