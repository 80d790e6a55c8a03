"""Saved searches: kept and seen by whoever looks, and looked through once for each message that brings what is new."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.digests import wants_digest
from bot.domain.entries import Entry, Filters, Scope, kinds_shown_as
from bot.domain.ids import DigestId, MemberId, OccurrenceId, SavedSearchId
from bot.domain.members import Member
from bot.domain.nudges import Nudge, Occurrence
from bot.domain.saved_searches import (
    ALL_UP_TO,
    SETTLES,
    Place,
    SavedSearch,
    SearchNews,
    place_of,
    require_room_for,
    require_telling,
    telling_ones,
)
from bot.domain.search import CANDIDATES, parse_query, shortened
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import memberships_from

TEXT = "text"  # the field of the form
NEWEST = 300  # insights in which a tag is looked for, as the search window does


@dataclass(frozen=True)
class SaveSearch:
    """What is to be saved; `text` as it was typed."""

    text: str
    filters: Filters


@dataclass(frozen=True)
class SaveForm:
    """What the form begins with, and where its owner will read what is new."""

    text: str
    filters: Filters
    place: Place


@dataclass(frozen=True)
class SearchLine:
    """What is new for a saved search: so many stories that its owner may see now."""

    saved: SavedSearch
    count: int


@dataclass(frozen=True)
class SavedLine:
    """A saved search in the list.

    Args:
        count: how much is new since the last message that told of it.
        gone: what it is narrowed to is there no more: the tag, or the pair and with it the cohort.
    """

    saved: SavedSearch
    count: int
    gone: bool = False


@dataclass(frozen=True)
class SavedList:
    lines: tuple[SavedLine, ...]
    place: Place


def open_save_form(tx: Tx, text: str, filters: Filters) -> SaveForm:
    """Raises TooManySaved."""
    require_room_for(tx.saved_searches.find(member_id=tx.me), None)
    return SaveForm(shortened(text)[0], filters, place_for(tx, tx.me))


def save_search(tx: Tx, command: SaveSearch) -> SavedSearchId:
    """Keep it; what can be found already is not new. The same once more changes nothing.

    Raises TooManySaved, NothingToLookFor.
    """
    me = tx.members.get(tx.me, lock=True)  # so that of two at once the second meets the first
    text, filters = shortened(command.text)[0], replace(command.filters, entered=None)
    require_telling(text, TEXT)
    saved = tx.saved_searches.find(member_id=me.id)
    same = [one for one in saved if (one.text, one.filters) == (text, filters)]
    if same:
        return same[0].id
    require_room_for(saved, TEXT)
    narrowed = {name: value for name, value in vars(filters).items() if name != "entered"}
    kept = SavedSearch(me.workspace_id, me.id, tx.now, tx.now, text, **narrowed)
    return tx.saved_searches.insert(kept).id


def see_saved(tx: Tx) -> SavedList:
    """All that I saved, the oldest first."""
    saved = tx.saved_searches.find(member_id=tx.me)
    lines = [SavedLine(one, len(_stories(_new_for(tx, one))), gone=_is_gone(tx, one)) for one in saved]
    return SavedList(tuple(lines), place_for(tx, tx.me))


def open_saved(tx: Tx, saved_id: SavedSearchId) -> SavedSearch:
    """One of mine. Raises NotFound."""
    return tx.saved_searches.get(saved_id)


def remove_saved(tx: Tx, saved_id: SavedSearchId) -> SavedSearchId:
    """Look for it no more, and forget what was new. Raises NotFound."""
    saved = my_own(tx, tx.saved_searches, saved_id, lock=True)
    for news in tx.search_news.find(saved_search_id=saved.id):
        tx.search_news.delete(news)
    tx.saved_searches.delete(saved)
    return saved.id


def has_search_news(tx: Tx, member: Member) -> bool:
    """Whether anything is new for what this member saved."""
    return any(_new_for(tx.as_member(member), one) for one in tx.saved_searches.find(member_id=member.id))


def tell_search_news(
    tx: Tx, member: Member, *, digest: DigestId | None = None, occurrence: OccurrenceId | None = None
) -> None:
    """Note with a message that is about to be sent what is new for each; it is not new a second time."""
    for saved in tx.saved_searches.find(member_id=member.id):
        found = _new_for(tx.as_member(member), saved)
        if found:
            things = tuple(_name_of(entry) for entry in found)
            of = (saved.workspace_id, member.id, saved.id, tx.now, things)
            tx.search_news.insert(SearchNews(*of, digest_id=digest, occurrence_id=occurrence))
        tx.saved_searches.update(replace(saved, looked_upto=max(saved.looked_upto, tx.now - SETTLES)))


def tell_with_check_in(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> None:
    """The same with a check-in that is about to be sent, for somebody who has no digest."""
    member = tx.members.get(nudge.member_id)
    if tx.saved_searches.count(member_id=member.id) and place_for(tx, member.id) is Place.CHECK_IN:
        tell_search_news(tx, member, occurrence=occurrence.id)


def search_lines(
    tx: Tx, *, digest: DigestId | None = None, occurrence: OccurrenceId | None = None
) -> tuple[SearchLine, ...]:
    """What a message says is new, as far as its reader may see it now."""
    told = (
        tx.search_news.find(digest_id=digest, member_id=tx.me)
        if digest is not None
        else tx.search_news.find(occurrence_id=occurrence, member_id=tx.me)
    )
    if not told:
        return ()
    saved = {one.id: one for one in tx.saved_searches.find(id=[news.saved_search_id for news in told])}
    lines = [SearchLine(saved[one.saved_search_id], len(_stories(_still_there(tx, one)))) for one in told]
    return tuple(line for line in lines if line.count)


def forget_news_of(tx: Tx, digest: DigestId) -> None:
    """The digest goes, and what stood in it."""
    for news in tx.search_news.find(digest_id=digest):
        tx.search_news.delete(news)


def _new_for(tx: Tx, saved: SavedSearch) -> list[Entry]:
    """What its owner, who reads here, could not find when it was last looked through, and was not told of."""
    query = parse_query(saved.text)
    filters = replace(saved.filters, entered=(saved.looked_upto, tx.now - SETTLES))
    look = tx.search.candidates if len(query.words) <= ALL_UP_TO else tx.search.candidates_any
    found = telling_ones(query, look(query.words, filters, CANDIDATES), saved.member_id, tx.now)
    entries = tx.entries.find(id=found) if found else []
    told = {thing for news in tx.search_news.find(saved_search_id=saved.id) for thing in news.things}
    return [entry for entry in entries if _name_of(entry) not in told]


def _still_there(tx: Tx, news: SearchNews) -> list[Entry]:
    ids = defaultdict[str, list[int]](list)
    for thing in news.things:
        kind, _, subject = thing.partition(":")
        ids[kind].append(int(subject))
    return [
        entry
        for kind, some in ids.items()
        for entry in tx.entries.find(kind=EntryKind(kind), subject_id=some)
    ]


def _stories(entries: Iterable[Entry]) -> set[str]:
    return {entry.story or _name_of(entry) for entry in entries}


def _name_of(entry: Entry) -> str:
    return f"{entry.kind}:{entry.subject_id}"


def place_for(tx: Tx, member_id: MemberId) -> Place:
    """Where this member reads what is not urgent."""
    memberships = memberships_from(tx.rosters.of(member_id), member_id)
    mentees = {mentee.id for one in memberships if one.role.mentors for mentee in one.mentees}
    wish = tx.members.get(member_id).digest
    learns = any(one.role.learns for one in memberships)
    return place_of(has_digest=wants_digest(wish, len(mentees)), has_check_ins=learns)


def _is_gone(tx: Tx, saved: SavedSearch) -> bool:
    if saved.scope in (Scope.PAIR, Scope.COHORT) and not tx.rosters.of(tx.me):
        return True
    return bool(saved.tag) and saved.tag not in _known_tags(tx)


def _known_tags(tx: Tx) -> Sequence[str]:
    newest = tx.entries.find(kind=kinds_shown_as(EntryKind.INSIGHT), order="-id", limit=NEWEST)
    return [tag for entry in newest for tag in entry.tags]
