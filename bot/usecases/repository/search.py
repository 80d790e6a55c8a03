"""Finding what people wrote: the best entries for some words, of those that one member may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.entries import Entry, Filters, kinds_shown_as
from bot.domain.highlight import highlight, snippet
from bot.domain.ids import EntryId, MemberId, PairId
from bot.domain.privacy import workspace_token
from bot.domain.results import Grade
from bot.domain.search import (
    Candidate,
    Near,
    Query,
    QueryWord,
    Ranked,
    TermStats,
    candidate_plan,
    parse_query,
    rank,
)
from bot.domain.search_fusion import NEIGHBOURS, compares_meaning, fuse, nearest_alone
from bot.domain.search_suggestions import Correction, Known, completed, correct, vocabulary
from bot.domain.stored import EntryKind
from bot.domain.texts import legible
from bot.ports import Tx

PAGE = 5
QUERY_LIMIT = 500  # characters; it travels in buttons and forms, where Slack has little room
TITLE_WIDTH = 150
SNIPPET_WIDTH = 220
NEWEST = 300  # entries that suggestions and tags are taken from
EVERYTHING = Filters()

Segments = tuple[tuple[str, bool], ...]  # pieces of a text, each with whether it was looked for


class Whose(StrEnum):
    """How somebody is spoken of who wrote what was found: by name only within one's own pairs."""

    MINE = "mine"
    PARTNER = "partner"
    COHORT = "cohort"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class Hit:
    """One thing that was found.

    Args:
        subject_id: the id of the thing itself, for `bot.usecases.repository.search_things`.
        title, snippet: pieces with the words that were looked for; the snippet may be empty.
        name: of the writer, "" unless `whose` is PARTNER.
        grade: how far it carries; None for what has no outcome.
        outdated: one of those who wrote it says that it holds no more.
    """

    kind: EntryKind
    subject_id: int
    title: Segments
    snippet: Segments
    tags: tuple[str, ...]
    created_at: datetime
    whose: Whose
    name: str = ""
    grade: Grade | None = None
    outdated: bool = False


@dataclass(frozen=True)
class Found:
    """One page of an answer.

    Args:
        text: what was looked for, at most QUERY_LIMIT characters.
        words: how many words of it were looked for; 0 means that the newest are shown.
        total: how many were found, all of them visible to the viewer; `complete` of them hold all the words.
        newest_only: there are more than were looked at: `total` is only about right.
        only_common: nothing but words that stand nearly everywhere were typed.
        shortened: the text was too long, and only its beginning was looked for.
        suggestion: the text with words that do occur, if nothing was found.
        corrected: a word occurs nowhere, and was put right: what was looked for, and how to look for what was typed.
        by_meaning: nothing holds a word of it; these are the nearest by meaning.
    """

    text: str
    filters: Filters
    offset: int
    hits: tuple[Hit, ...]
    words: int
    total: int
    complete: int = 0
    newest_only: bool = False
    only_common: bool = False
    shortened: bool = False
    suggestion: str | None = None
    corrected: Correction | None = None
    by_meaning: bool = False

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins, None on the last one."""
        after = self.offset + len(self.hits)
        return after if self.hits and after < self.total else None


def find(tx: Tx, text: str, filters: Filters = EVERYTHING, offset: int = 0, *, limit: int = PAGE) -> Found:
    """The best entries for these words, `limit` of them from `offset` on; without words the newest.

    Beyond the end it is the last page, because something may have been taken away meanwhile.

    Any text will do, and nothing is an error. What the viewer may not see plays no part, neither in the hits nor in
    `total` nor in what is put right.
    """
    text, cut = _shortened(text)
    answer = _best_answer(tx, parse_query(text), filters)
    query, ranked = answer.query, answer.ranked
    meant = answer.corrected
    shown = bool(ranked) and not answer.by_meaning
    offset = min(offset, max(len(ranked) - 1, 0) // limit * limit)
    page = ranked[offset : offset + limit]
    return Found(
        text,
        filters,
        offset,
        hits=_hits(tx, query, [found.id for found in page]),
        words=len(query.words),
        total=len(ranked),
        complete=sum(found.matched == len(query.words) for found in ranked),
        newest_only=answer.newest_only,
        only_common=query.only_common,
        shortened=cut or bool(query.left_out),
        suggestion=meant.text if meant and not shown else None,
        corrected=meant if shown else None,
        by_meaning=answer.by_meaning,
    )


def tags_to_choose(tx: Tx) -> list[str]:
    """The tags of the newest insights that this viewer may see, in alphabetical order."""
    newest = tx.entries.find(kind=kinds_shown_as(EntryKind.INSIGHT), order="-id", limit=NEWEST)
    return sorted({tag for entry in newest for tag in entry.tags})


def _shortened(text: str) -> tuple[str, bool]:
    """At most QUERY_LIMIT characters on one line, and whether something was cut."""
    line = " ".join(legible(text).split())
    return line[:QUERY_LIMIT], len(line) > QUERY_LIMIT


@dataclass(frozen=True)
class _Answer:
    """What was looked for in the end, and what was found: all candidates, best first."""

    query: Query
    ranked: list[Ranked]
    newest_only: bool = False
    corrected: Correction | None = None
    by_meaning: bool = False


def _best_answer(tx: Tx, query: Query, filters: Filters) -> _Answer:
    stats = tx.search.statistics(query.forms)
    unknown = _unknown(tx, query, stats)
    if not unknown:
        return _looked_for(tx, query, stats, filters)
    known = _known_words(tx)
    query = replace(query, words=tuple(completed(w, known) if w in unknown else w for w in query.words))
    stats = tx.search.statistics(query.forms)
    unknown = [word for word in query.words if word in unknown]
    corrected = correct(query, unknown, known) if unknown else None
    if corrected is None or len(unknown) == len(query.words):
        found = _looked_for(tx, query, stats, filters)
        by_words = bool(found.ranked) and not found.by_meaning
        return found if by_words or corrected is None else _Answer(query, [], corrected=corrected)
    meant = parse_query(corrected.text)
    return replace(_looked_for(tx, meant, tx.search.statistics(meant.forms), filters), corrected=corrected)


def _unknown(tx: Tx, query: Query, stats: TermStats) -> list[QueryWord]:
    """The words that stand in nothing that the viewer may see; what stood in quotes is meant as it is."""
    quoted = {word.text for phrase in query.phrases for word in phrase}
    rare = [word for word in query.words if word.text not in quoted and not stats.frequency(word)]
    # Where it was counted ahead, words of a single entry were left out.
    return [word for word in rare if not tx.search.candidates([word], EVERYTHING, 1)]


def _looked_for(tx: Tx, query: Query, stats: TermStats, filters: Filters) -> _Answer:
    search = tx.search
    plan = candidate_plan(query, stats)
    rows = search.candidates(plan.all_of, filters, plan.limit + 1)
    more: list[Candidate] = []
    if len(rows) < plan.enough and plan.any_of:
        more = search.candidates_any(plan.any_of, filters, plan.limit + 1)
    newest_only = max(len(rows), len(more)) > plan.limit
    found = {row.id: row for row in (*more[: plan.limit], *rows[: plan.limit]) if query.admits(row.tokens)}
    ranked = rank(query, found.values(), stats, tx.now)
    if not ranked and query.words and not query.phrases:
        near = nearest_alone(_near(tx, query, filters, []))
        return _Answer(query, near, by_meaning=bool(near))
    if compares_meaning(query) and ranked:
        ranked = fuse(ranked, _near(tx, query, filters, list(found)), query)
    return _Answer(query, ranked, newest_only)


def _near(tx: Tx, query: Query, filters: Filters, among: list[EntryId]) -> list[Near]:
    near = tx.search.nearest(query.text, filters, NEIGHBOURS, among)
    return [found for found in near if query.admits(found.candidate.tokens)]


def _known_words(tx: Tx) -> Known:
    newest = tx.search.candidates([], EVERYTHING, NEWEST)
    entries = tx.entries.find(id=[row.id for row in newest])
    return Known(vocabulary(text for entry in entries for text in _texts(entry)))


def _texts(entry: Entry) -> Iterable[str]:
    return entry.title, entry.body, *entry.tags


def _hits(tx: Tx, query: Query, ids: list[EntryId]) -> tuple[Hit, ...]:
    entries = {entry.id: entry for entry in tx.entries.find(id=ids)}
    memberships = tx.memberships.find(member_id=tx.me, left_at=None)
    mine = {membership.pair_id for membership in memberships}
    writers = {entry.member_id for entry in entries.values() if entry.pair_id in mine}
    names = {person.id: person.name for person in tx.members.find(id=writers)}
    grades = _grades(tx, entries.values())
    return tuple(
        replace(_hit(entries[id_], query, _whose(entries[id_], tx.me, mine), names), grade=grades.get(id_))
        for id_ in ids
        if id_ in entries
    )


def _grades(tx: Tx, entries: Iterable[Entry]) -> dict[EntryId, Grade]:
    """How far each of them carries: insights, and results of what was done."""
    ids: dict[EntryKind, dict[int, EntryId]] = defaultdict(dict)
    for entry in entries:
        ids[entry.kind][entry.subject_id] = entry.id
    own, shared, results = ids[EntryKind.INSIGHT], ids[EntryKind.SHARED], ids[EntryKind.RESULT]
    tried = [result for result in tx.results.find(id=list(results)) if result.was_tried]
    return (
        {own[i.id]: i.grade for i in tx.insights.find(id=list(own))}
        | {shared[i.insight_id]: i.grade for i in tx.shared_insights.find(insight_id=list(shared))}
        | {results[result.id]: result.grade for result in tried}
    )


def _hit(entry: Entry, query: Query, whose: Whose, names: dict[MemberId, str]) -> Hit:
    return Hit(
        entry.kind.shown,
        entry.subject_id,
        title=tuple(highlight(snippet(entry.title, query, TITLE_WIDTH), query)),
        snippet=tuple(highlight(snippet(_one_line(entry.body), query, SNIPPET_WIDTH), query)),
        tags=entry.tags,
        created_at=entry.created_at,
        whose=whose,
        name=names[entry.member_id] if whose is Whose.PARTNER else "",
        outdated=entry.outdated,
    )


def _one_line(body: str) -> str:
    """The parts of a body, each of them a field of some form, with a sign between them."""
    return " · ".join(line.strip() for line in body.splitlines() if line.strip())


def _whose(entry: Entry, member: MemberId, mine: set[PairId]) -> Whose:
    if entry.member_id == member:
        return Whose.MINE
    if entry.pair_id in mine:
        return Whose.PARTNER
    shared_with_all = entry.access == workspace_token(entry.workspace_id)
    return Whose.COLLEAGUE if shared_with_all else Whose.COHORT
