"""Thanks: one tap, a line if one likes, and what each reads of it. No message of its own; a card takes it on."""

from dataclasses import dataclass

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import MemberId, PairId
from bot.domain.shown import Shown, begun, changed
from bot.domain.thanks import Thanks, ThanksFor
from bot.ports import Tx
from bot.usecases.people.memberships import my_membership


@dataclass(frozen=True)
class Thanked:
    """Who said thanks for something: whether the reader did, and the names of the others.

    Args:
        line: what the reader added.
        lines: what others added, each with their name.
    """

    mine: bool = False
    names: tuple[str, ...] = ()
    line: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ThanksForm:
    """What the form of the line needs: the thanks as they are, and who will read it."""

    thanks: Thanks
    partners: tuple[str, ...]


NOBODY = Thanked()
NOTHING_SHOWN: Shown = {}


def say_thanks(
    tx: Tx,
    pair: PairId,
    source: ThanksFor,
    source_id: int,
    writer: MemberId | None = None,
    shown: Shown = NOTHING_SHOWN,
) -> bool:
    """Keep the reader's thanks with what the form of its line showed; False where nothing changes by it.

    Hold a lock on the source before; it has no `writer` where it is of both.
    Raises NotAllowed for what one wrote oneself, NotFound for another pair's.
    """
    membership = my_membership(tx, pair)
    if writer == tx.me:
        raise NotAllowed("partner")
    known = tx.thanks.first(member_id=tx.me, source=source, source_id=source_id)
    if known is None:
        own = {**membership.whose, "source": source, "source_id": source_id}
        tx.thanks.insert(begun(Thanks, shown, **own, created_at=tx.now))
        return True
    said = changed(known, shown)
    if said == known:
        return False
    tx.thanks.update(said)
    return True


def open_thanks_form(tx: Tx, source: ThanksFor, source_id: int) -> ThanksForm:
    """The form of a line to what the reader said thanks for. Raises NotFound where they did not."""
    thanks = tx.thanks.first(member_id=tx.me, source=source, source_id=source_id)
    if thanks is None:
        raise NotFound("thanks")
    return ThanksForm(thanks, my_membership(tx, thanks.pair_id).partner_names)


def thanked_for(tx: Tx, source: ThanksFor, *source_ids: int) -> Thanked:
    """Who said thanks for one of these."""
    said = tx.thanks.find(source=source, source_id=list(source_ids)) if source_ids else []
    others = {one.member_id for one in said} - {tx.me}
    names = {person.id: person.name for person in (tx.members.find(id=others) if others else [])}
    return Thanked(
        any(one.member_id == tx.me for one in said),
        tuple(names.values()),
        next((one.line for one in said if one.member_id == tx.me), ""),
        tuple((names[one.member_id], one.line) for one in said if one.line and one.member_id in names),
    )
