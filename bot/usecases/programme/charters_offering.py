"""To agree on how they work is offered once in a pair to each who is asked in a rhythm, with their first check-in."""

from bot.domain.nudges import Nudge, Occurrence
from bot.domain.offers import OfferKind
from bot.ports import Tx
from bot.usecases.people.offers import note_offer


def offer_charter(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> None:
    """Note that the check-in that is about to be sent offers it; whoever has been offered it is never again."""
    offered = tx.as_system().offers.count(
        pair_id=nudge.pair_id, member_id=nudge.member_id, kind=OfferKind.CHARTER
    )
    if not offered and not tx.charters.count(pair_id=nudge.pair_id):
        note_offer(tx, tx.pairs.get(nudge.pair_id), nudge.member_id, OfferKind.CHARTER, occurrence.id)
