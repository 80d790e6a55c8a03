"""Last words at the end of a pair, by each of the two for themselves; all of it may stay empty."""

from dataclasses import dataclass

from bot.domain.closings import Closing, Sharing
from bot.domain.errors import NotFound
from bot.domain.ids import ClosingId, PairId
from bot.domain.insights import Visibility
from bot.domain.outgoing import Priority
from bot.domain.pairs import PairState
from bot.domain.shown import Shown, begun, changed
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.people.memberships import PairMembership, my_membership
from bot.usecases.repository.insights_sharing import choose, publish


@dataclass(frozen=True)
class ClosingForm:
    """What the form needs to open; `closing` is what was said before."""

    pair_id: PairId
    partners: tuple[str, ...]
    closing: Closing | None


@dataclass(frozen=True)
class Thanks:
    """A thank-you as the others read it."""

    name: str
    text: str


def open_closing_form(tx: Tx, pair_id: PairId) -> ClosingForm:
    """Raises NotFound for a pair that is not one's own, and for one that goes on."""
    membership = _ended(tx, pair_id)
    return ClosingForm(pair_id, membership.partner_names, tx.closings.first(**membership.mine))


def open_last_words(tx: Tx, pair_id: PairId) -> ClosingForm | None:
    """The same for somebody who has just left; None for a circle that goes on without them."""
    try:
        return open_closing_form(tx, pair_id)
    except NotFound:
        return None


def close_well(tx: Tx, pair_id: PairId, shown: Shown) -> ClosingId:
    """Keep the last words, send the thanks, and narrow one's own insights if that is wished. Once more changes them.

    Raises NotFound, TextTooLong.
    """
    membership = _ended(tx, pair_id)
    known = tx.closings.first(**membership.mine)
    if known is None:
        kept = tx.closings.insert(begun(Closing, shown, **membership.whose, created_at=tx.now))
    else:
        kept = tx.closings.update(changed(known, shown))
    make_findable(tx, kept)
    if kept.thanks and (known is None or known.thanks != kept.thanks):
        for partner in membership.partners:
            enqueue_post(
                tx, partner.id, THANKS, kept.id, key=f"{THANKS}:{kept.id}:{partner.id}:v{kept.version}"
            )
    if kept.sharing is Sharing.ENDS:
        _share_no_more(tx, membership)
    return kept.id


def load_thanks(tx: Tx, closing_id: int) -> Thanks:
    """NotFound once they were taken back."""
    closing = tx.closings.get(closing_id)
    if not closing.thanks:
        raise NotFound("closing")
    return Thanks(tx.members.get(closing.member_id).name, closing.thanks)


def _ended(tx: Tx, pair_id: PairId) -> PairMembership:
    membership = my_membership(tx, pair_id)
    if membership.pair.state is not PairState.ENDED:
        raise NotFound("closing")
    return membership


def _share_no_more(tx: Tx, membership: PairMembership) -> None:
    for insight in tx.insights.find(**membership.mine):
        narrowed = choose(tx, insight, Visibility.PAIR, insight.edition)
        if narrowed != insight:
            publish(tx, narrowed, membership, before=insight)


THANKS = Message("closing.thanks", Thanks, load_thanks, of_use=None, priority=Priority.ACT)
