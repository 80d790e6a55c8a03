"""Making a thing findable: its words go into the index in the transaction that keeps it."""

from dataclasses import replace
from typing import Protocol

from bot.domain.entries import Entry
from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.languages import language_of
from bot.domain.stored import EntryKind
from bot.domain.tokens import tokens
from bot.ports import Store, Tx


class Written(Protocol):
    """Anything that a member wrote in a pair."""

    @property
    def id(self) -> int: ...
    @property
    def workspace_id(self) -> WorkspaceId: ...
    @property
    def pair_id(self) -> PairId: ...
    @property
    def member_id(self) -> MemberId: ...


def index(
    tx: Tx,
    kind: EntryKind,
    thing: Written,
    *,
    access: str,
    title: str,
    body: str,
    locale: str,
    tags: tuple[str, ...] = (),
) -> None:
    """Put the thing's words into the index, or replace those that are there.

    Args:
        access: the one token of who may find it, see `bot.domain.privacy`.
        locale: the writer's, which decides how words are stemmed.
    """
    language = language_of(locale)
    entry = Entry(
        workspace_id=thing.workspace_id,
        pair_id=thing.pair_id,
        member_id=thing.member_id,
        kind=kind,
        subject_id=thing.id,
        access=access,
        title=title,
        body=body,
        tokens=tokens(title, body, tags, language),
        created_at=tx.now,
        tags=tags,
        language=language,
    )
    entries = _all_entries(tx)
    known = entries.first(kind=kind, subject_id=thing.id)
    if known is None:
        entries.insert(entry)
    else:
        entries.update(replace(entry, id=known.id, version=known.version, created_at=known.created_at))


def forget(tx: Tx, kind: EntryKind, thing: Written) -> None:
    """Take the thing's words out of the index; nothing happens if they are not there."""
    entries = _all_entries(tx)
    for known in entries.find(kind=kind, subject_id=thing.id):
        entries.delete(known)


def _all_entries(tx: Tx) -> Store[Entry]:
    """The index as Pairloop itself sees it: whoever may change a thing need not be among those who can find it."""
    return tx.as_system().entries
