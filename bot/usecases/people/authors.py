"""What a member has written themselves: theirs alone to change, even where their partner reads it."""

from typing import Protocol, TypeVar

from bot.domain.errors import NotAllowed
from bot.domain.ids import MemberId
from bot.domain.stored import Entity
from bot.ports import Store, Tx


class Owned(Entity, Protocol):
    """Whatever has one author."""

    @property
    def member_id(self) -> MemberId: ...


Own = TypeVar("Own", bound=Owned)


def my_own(tx: Tx, store: Store[Own], id_: int, *, lock: bool = False) -> Own:
    """What has this id, written by this member. Raises NotFound, and NotAllowed for what the partner wrote."""
    found = store.get(id_, lock=lock)
    if found.member_id != tx.me:
        raise NotAllowed("author")
    return found
