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
    found = tx.pairs.find(id=[one.pair_id for one in parts])
    began = {one.id: one.active_since for one in found if one.active_since is not None}
    if not began:
        raise NotAllowed("mentor")
    pairs = list(began)
    # What a mentee shows a new mentor of the time before belongs to their pair by now; the one before gave it.
    return record_of(
        tx.me,
        len(pairs),
        [one for one in _thanks_received(tx, pairs) if one.created_at >= began[one.pair_id]],
        [one for one in tx.results.find(pair_id=pairs) if (one.told_at or tx.now) >= began[one.pair_id]],
        [one for one in tx.sessions.find(pair_id=pairs) if one.created_at >= began[one.pair_id]],
        [one for one in tx.talks.find(pair_id=pairs) if one.starts_at >= began[one.pair_id]],
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
