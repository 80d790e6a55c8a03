"""Offers: made once for each member, kind and subject, and ended by whoever they are made to.

Whoever acts may not be the one to whom something is offered (a mentor's answer can bring the mentee an offer), so each
function names the member and looks at the rows as Pairloop itself.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.ids import MemberId
from bot.domain.offers import NOT_NOW, Offer, OfferKind, OfferState, is_due, put_off_since, stands
from bot.domain.pairs import Pair
from bot.ports import Tx


def is_offered(tx: Tx, member: MemberId, kind: OfferKind, subject: int) -> bool:
    """Whether it was offered and is not settled: what a message shows when it is loaded."""
    return stands(_offer(tx, member, kind, subject))


def was_put_off_since(tx: Tx, member: MemberId, kind: OfferKind, subject: int, moment: datetime) -> bool:
    """Whether it was put off after this moment, so that the message that offered it says so."""
    return put_off_since(_offer(tx, member, kind, subject), moment)


def note_offer(tx: Tx, pair: Pair, member: MemberId, kind: OfferKind, subject: int) -> bool:
    """Note that it is said with what is posted in this transaction. False where it must not be said (again)."""
    known = _offer(tx, member, kind, subject)
    if not is_due(known, tx.now):
        return False
    if known is not None:
        _keep(tx, known, OfferState.SHOWN)
    else:
        tx.as_system().offers.insert(Offer(pair.workspace_id, pair.id, member, kind, subject, tx.now))
    return True


def take_offer(tx: Tx, member: MemberId, kind: OfferKind, subject: int) -> None:
    """It was taken; nothing happens where it was never made."""
    _settle(tx, member, kind, subject, OfferState.TAKEN)


def not_now(tx: Tx, member: MemberId, kind: OfferKind, subject: int) -> None:
    """Put it off for 90 days; nothing happens where it was never made."""
    _settle(tx, member, kind, subject, OfferState.LATER, tx.now + NOT_NOW)


def never_again(tx: Tx, member: MemberId, kind: OfferKind, subject: int) -> None:
    """Do not offer this again, for good; nothing happens where it was never made."""
    _settle(tx, member, kind, subject, OfferState.NEVER)


def _offer(tx: Tx, member: MemberId, kind: OfferKind, subject: int) -> Offer | None:
    return tx.as_system().offers.first(member_id=member, kind=kind, subject_id=subject)


def _settle(
    tx: Tx, member: MemberId, kind: OfferKind, subject: int, state: OfferState, until: datetime | None = None
) -> None:
    """A second press says the same once more; what is ruled out for good stays so."""
    known = _offer(tx, member, kind, subject)
    if known is not None and known.state is not OfferState.NEVER:
        _keep(tx, known, state, until)


def _keep(tx: Tx, offer: Offer, state: OfferState, until: datetime | None = None) -> None:
    tx.as_system().offers.update(replace(offer, state=state, until=until))
