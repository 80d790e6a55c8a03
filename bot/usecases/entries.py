"""Making a thing findable: its words go into the index in the transaction that keeps it, as its description says."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Protocol, cast

from bot.domain.entries import Entry
from bot.domain.errors import NotFound
from bot.domain.ids import MemberId, PairId, WorkspaceId
from bot.domain.languages import language_of
from bot.domain.privacy import workspace_token
from bot.domain.stored import Entity, EntryKind, Found, Under, found_fields
from bot.domain.things import described, found_as
from bot.domain.tokens import TOKENS_RULE, tokens
from bot.ports import Store, Tx


class Written(Entity, Protocol):
    """Anything that a member wrote in a pair."""

    @property
    def workspace_id(self) -> WorkspaceId: ...
    @property
    def pair_id(self) -> PairId: ...
    @property
    def member_id(self) -> MemberId: ...
    @property
    def created_at(self) -> datetime: ...


def make_findable(tx: Tx, thing: Written, *, entered: datetime | None = None) -> None:
    """Put the thing's words into the index, or replace those that are there. LookupError for what is not searched for.

    They are stemmed in the writer's language. What cannot be found as it is now goes out of it.

    Args:
        entered: since when it counts as to be found, where it was not until now; now by default.
    """
    if not is_findable(thing):
        forget(tx, thing)
        return
    entry = entry_of(tx, thing, _language_of(tx, thing.member_id))
    entries = _all_entries(tx)
    known = entries.first(kind=entry.kind, subject_id=entry.subject_id)
    if known is None:
        kept = entries.insert(replace(entry, entered_at=entered or tx.now))
    else:
        since = tx.now if _opened_to_all(entry, known) else known.entered_at
        kept = entries.update(as_known(entry, known, entered_at=since))
    tx.as_system().search.keep_meaning([kept])


def make_all_findable(tx: Tx, things: Sequence[Written]) -> None:
    """The same for many that are new, each as old as it says."""
    languages = {member: _language_of(tx, member) for member in {thing.member_id for thing in things}}
    kept = _all_entries(tx).insert_all(
        replace(entry_of(tx, thing, languages[thing.member_id]), entered_at=tx.now)
        for thing in things
        if is_findable(thing)
    )
    tx.as_system().search.keep_meaning(kept)


def forget(tx: Tx, thing: Written) -> None:
    """Take the thing's words out of the index; nothing happens if they are not there."""
    found, entries = _found(thing), _all_entries(tx)
    for known in entries.find(kind=found.kind, subject_id=getattr(thing, found.subject)):
        entries.delete(known)


def open_found(tx: Tx, kind: EntryKind, subject_id: int) -> Written:
    """What is found as this kind, in the words that this viewer may read. Raises NotFound."""
    for store, found in found_as(kind).items():
        thing = getattr(tx, store).first(**{found.subject: subject_id})
        if thing is not None:
            return cast("Written", thing)
    raise NotFound(kind.shown)


def is_findable(thing: Written) -> bool:
    """Whether it can be found as it is now: not before it was told, and not once it was taken back."""
    found = _found(thing)
    return found.when is None or found.when(thing)


def entry_of(tx: Tx, thing: Written, language: str) -> Entry:
    """What the index holds of a thing, as old as its words."""
    found = _found(thing)
    title, tags = _found_title(tx, found, thing), found.tags(thing) if found.tags else ()
    words = [str(getattr(thing, name)) for name in found_fields(type(thing))]
    body = "\n".join(text for text in words if text and text != title)
    return Entry(
        workspace_id=thing.workspace_id,
        pair_id=thing.pair_id,
        member_id=thing.member_id,
        kind=found.kind,
        subject_id=getattr(thing, found.subject),
        access=found.open_to(thing),
        title=title,
        body=body,
        tokens=tokens(title, body, tags, language),
        created_at=getattr(thing, "told_at", None) or thing.created_at,
        tags=tags,
        language=language,
        outdated=found.outdated is not None and found.outdated(thing),
        story=_story_of(tx.as_system(), thing),
        grade=found.grade(thing) if found.grade else "",
        rule=TOKENS_RULE,
    )


def as_known(entry: Entry, known: Entry, *, entered_at: datetime) -> Entry:
    """The entry in the place of the one that is there."""
    return replace(
        entry, id=known.id, version=known.version, created_at=known.created_at, entered_at=entered_at
    )


def _opened_to_all(entry: Entry, known: Entry) -> bool:
    """Whether everybody here may find it from now on, and only some could until now."""
    return entry.access != known.access and entry.access == workspace_token(entry.workspace_id)


def _story_of(system: Tx, thing: Written) -> str:
    """What all things of one story have in common: the thing with which it began."""
    found = _found(thing)
    place = found.story(thing) if found.story else None
    if place is not None:
        with suppress(NotFound):
            return _story_of(system, open_found(system, *place))
    return f"{found.kind}:{getattr(thing, found.subject)}"


def _language_of(tx: Tx, member: MemberId) -> str:
    return language_of(tx.members.get(member).locale)


def _found(thing: Written) -> Found[Entity]:
    found = described(type(thing)).found
    if found is None:
        raise LookupError(f"{type(thing).__name__} is described as nothing that is found")
    return found


def _found_title(tx: Tx, found: Found[Entity], thing: Written) -> str:
    if not isinstance(found.title, Under):
        return found.title(thing)
    parent = open_found(tx, found.title.kind, found.title.id(thing))
    return _found_title(tx, _found(parent), parent)


def _all_entries(tx: Tx) -> Store[Entry]:
    """The index as Pairloop itself sees it: whoever may change a thing need not be among those who can find it."""
    return tx.as_system().entries
