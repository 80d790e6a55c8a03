"""Thanks: one tap, and what each of the two reads of it. No message of its own tells it; a card takes it on."""

from dataclasses import dataclass

from bot.domain.errors import NotAllowed
from bot.domain.ids import MemberId, PairId
from bot.domain.thanks import Thanks, ThanksFor
from bot.ports import Tx
from bot.usecases.people.memberships import my_membership


@dataclass(frozen=True)
class Thanked:
    """Who said thanks for something: whether the reader did, and the names of the others."""

    mine: bool = False
    names: tuple[str, ...] = ()


NOBODY = Thanked()


def say_thanks(
    tx: Tx, pair: PairId, source: ThanksFor, source_id: int, writer: MemberId | None = None
) -> bool:
    """Keep the reader's thanks; False where they said so before.

    Hold a lock on the source before; it has no `writer` where it is of both.
    Raises NotAllowed for what one wrote oneself, NotFound for another pair's.
    """
    membership = my_membership(tx, pair)
    if writer == tx.me:
        raise NotAllowed("partner")
    if tx.thanks.count(member_id=tx.me, source=source, source_id=source_id):
        return False
    tx.thanks.insert(Thanks(**membership.whose, source=source, source_id=source_id, created_at=tx.now))
    return True


def thanked_for(tx: Tx, source: ThanksFor, *source_ids: int) -> Thanked:
    """Who said thanks for one of these."""
    said = tx.thanks.find(source=source, source_id=list(source_ids)) if source_ids else []
    others = {one.member_id for one in said} - {tx.me}
    people = tx.members.find(id=others) if others else []
    return Thanked(any(one.member_id == tx.me for one in said), tuple(person.name for person in people))
