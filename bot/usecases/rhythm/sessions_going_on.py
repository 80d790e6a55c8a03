"""Whether to go on together: asked of both, and of each alone, on the card of the first talk of two who were matched.

What is kept is that somebody said it, never what: a yes leads to nothing, and *rather somebody else* to a wish for
help, which only its writer and whoever helps the pair can read.
"""

from bot.domain.ids import PairId, SessionId
from bot.domain.offers import OfferKind
from bot.domain.pairs import Pair
from bot.domain.sessions import Session
from bot.ports import Tx
from bot.usecases.people.memberships import PairMembership
from bot.usecases.people.memberships_matched import were_matched
from bot.usecases.people.offers import is_offered, note_offer, take_offer


def ask_to_go_on(tx: Tx, membership: PairMembership, session: Session) -> None:
    """Both find the question on the card of this talk, where it is the first of two whom a list of matches joined."""
    people = [membership.me.id, *(one.id for one in membership.partners)]
    if _was_first_talk(tx, membership.pair) and were_matched(tx, membership.pair.cohort_id, people):
        for member in (membership.me, *membership.partners):
            note_offer(tx, membership.pair, member.id, OfferKind.GO_ON, session.id)


def is_asked_to_go_on(tx: Tx, session: Session) -> bool:
    """Whether the reader was asked and has not said anything yet."""
    asked = is_offered(tx, tx.me, OfferKind.GO_ON, session.id)
    return asked and tx.offers.count(kind=OfferKind.GO_ON, pair_id=session.pair_id, subject_id=session.id) > 0


def settle_going_on(tx: Tx, pair: PairId) -> list[SessionId]:
    """The reader has said it, one way or the other; on the cards of these talks the question stood."""
    asked = tx.offers.find(member_id=tx.me, pair_id=pair, kind=OfferKind.GO_ON)
    for one in asked:
        take_offer(tx, tx.me, OfferKind.GO_ON, one.subject_id)
    return [SessionId(one.subject_id) for one in asked]


def _was_first_talk(tx: Tx, pair: Pair) -> bool:
    """What a mentee showed a new mentor of their talks before belongs to the pair by now, and counts for nothing."""
    return (
        pair.active_since is not None
        and tx.sessions.count(pair_id=pair.id, created_at__since=pair.active_since) == 1
    )
