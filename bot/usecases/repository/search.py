"""Finding what people wrote: the best entries for some words, of those that one member may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.entries import Entry, Filters, kinds_shown_as
from bot.domain.ids import EntryId
from bot.domain.search import (
    Candidate,
    Marks,
    Near,
    Query,
    QueryWord,
    Ranked,
    TermStats,
    candidate_plan,
    parse_query,
    rank,
    shortened,
)
from bot.domain.search_fusion import COMPARED, NEIGHBOURS, compares_meaning, fuse, nearest_alone
from bot.domain.search_stories import Counts, Story, count_marks, in_stories
from bot.domain.search_suggestions import (
    FEW,
    Correction,
    begun,
    completed,
    correct,
    known_from,
    last_written,
)
from bot.domain.stored import EntryKind
from bot.domain.tokens import fold
from bot.ports import Tx
from bot.usecases.repository.search_hits import Hit, hits_of, pairs_of_reader, single_hits

PAGE = 5
NEWEST = 300  # entries that suggestions and tags are taken from
EVERYTHING = Filters()


@dataclass(frozen=True)
class Found:
    """One page of an answer.

    Args:
        text: what was looked for, at most QUERY_LIMIT characters.
        words: how many words of it were looked for; 0 means that the newest are shown.
        total: how many were found, all of them visible to the viewer; in `complete` of them something holds all the
            words.
        counts: what they can be narrowed by.
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
    counts: Counts = field(default_factory=Counts)

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins, None on the last one."""
        after = self.offset + len(self.hits)
        return after if self.hits and after < self.total else None


def find(tx: Tx, text: str, filters: Filters = EVERYTHING, offset: int = 0, *, limit: int = PAGE) -> Found:
    """The best stories for these words, `limit` of them from `offset` on; without words the newest.

    Beyond the end it is the last page, because something may have been taken away meanwhile.

    Any text will do, and nothing is an error. What the viewer may not see plays no part, neither in the hits nor in
    `total`, the counts, nor in what is put right; a story holds what of it the viewer may see.
    """
    text, cut = shortened(text)
    answer = _best_answer(tx, parse_query(text), filters)
    marks = {found.id: answer.marks[found.id] for found in answer.ranked}
    stories = in_stories(answer.ranked, marks)
    mine = pairs_of_reader(tx)
    offset = min(offset, max(len(stories) - 1, 0) // limit * limit)
    hits = hits_of(tx, answer.query, stories[offset : offset + limit], marks, mine)
    found = _told_of_answer(text, filters, answer, stories, shortened=cut)
    return replace(found, offset=offset, hits=hits, counts=count_marks(marks.values(), tx.me, mine, tx.now))


def find_entries(tx: Tx, text: str, *, limit: int) -> tuple[Found, list[Entry]]:
    """The best `limit` entries for these words, each by itself, for programs; otherwise as in `find`."""
    text, cut = shortened(text)
    answer = _best_answer(tx, parse_query(text), EVERYTHING)
    best = [(found,) for found in answer.ranked]
    entries = {entry.id: entry for entry in tx.entries.find(id=[found.id for found in answer.ranked[:limit]])}
    shown = [story for story in best[:limit] if story[0].id in entries]
    found = _told_of_answer(text, EVERYTHING, answer, best, shortened=cut)
    hits = tuple(single_hits(tx, answer.query, [entries[found.id] for (found,) in shown]))
    return replace(found, hits=hits), [entries[found.id] for (found,) in shown]


def _told_of_answer(
    text: str, filters: Filters, answer: "_Answer", stories: Sequence[Story], *, shortened: bool
) -> Found:
    """All of the answer but its hits."""
    meant = answer.corrected
    shown = bool(answer.ranked) and not answer.by_meaning
    words = len(answer.query.words)
    return Found(
        text,
        filters,
        0,
        hits=(),
        words=words,
        total=len(stories),
        complete=sum(any(found.matched == words for found in story) for story in stories),
        newest_only=answer.newest_only,
        only_common=answer.query.only_common,
        shortened=shortened or bool(answer.query.left_out),
        suggestion=meant.text if meant and not shown else None,
        corrected=meant if shown else None,
        by_meaning=answer.by_meaning,
    )


def tags_to_choose(tx: Tx, typed: str = "") -> list[str]:
    """The tags of the newest insights that this viewer may see, that begin so, in alphabetical order."""
    newest = tx.entries.find(kind=kinds_shown_as(EntryKind.INSIGHT), order="-id", limit=NEWEST)
    wanted = fold(typed.strip(" #"))
    return sorted({tag for entry in newest for tag in entry.tags if fold(tag).startswith(wanted)})


@dataclass(frozen=True)
class _Answer:
    """What was looked for in the end, and what was found, best first, with the marks of all of it."""

    query: Query
    ranked: list[Ranked] = field(default_factory=list)
    marks: Mapping[EntryId, Marks] = field(default_factory=dict)
    newest_only: bool = False
    corrected: Correction | None = None
    by_meaning: bool = False


def _best_answer(tx: Tx, query: Query, filters: Filters) -> _Answer:
    stats = tx.search.statistics(query.forms)
    unknown, last = _unknown(tx, query, stats), _last_begun(tx, query, stats)
    if not unknown and last is None:
        return _looked_for(tx, query, stats, filters)
    known = known_from(tuple(tx.search.newest_texts(NEWEST)))
    longer = {
        **{word: completed(word, known) for word in unknown},
        **({last: begun(last, known)} if last else {}),
    }
    query = replace(query, words=tuple(longer.get(word, word) for word in query.words))
    stats = tx.search.statistics(query.forms)
    unknown = [word for word in query.words if word in unknown]
    corrected = correct(query, unknown, known) if unknown else None
    if corrected is None or len(unknown) == len(query.words):
        found = _looked_for(tx, query, stats, filters)
        by_words = bool(found.ranked) and not found.by_meaning
        return found if by_words or corrected is None else _Answer(query, corrected=corrected)
    meant = parse_query(corrected.text)
    return replace(_looked_for(tx, meant, tx.search.statistics(meant.forms), filters), corrected=corrected)


def _unknown(tx: Tx, query: Query, stats: TermStats) -> list[QueryWord]:
    """The words that stand in nothing that the viewer may see; what stood in quotes is meant as it is."""
    quoted = {word.text for phrase in query.phrases for word in phrase}
    return [word for word in query.words if word.text not in quoted and not _held_in(tx, word, stats, 1)]


def _last_begun(tx: Tx, query: Query, stats: TermStats) -> QueryWord | None:
    """The last word, where it may only be begun: a few of the entries that the viewer may see hold it."""
    word = last_written(query)
    return word if word and 0 < _held_in(tx, word, stats, FEW + 1) <= FEW else None


def _held_in(tx: Tx, word: QueryWord, stats: TermStats, at_most: int) -> int:
    """In how many entries that the viewer may see the word stands, counted so far at least."""
    return (
        stats.frequency(word) if stats.of_viewer else len(tx.search.candidates([word], EVERYTHING, at_most))
    )


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
    near: list[Near] = []
    nothing = not ranked and query.words and not query.phrases
    if nothing or (ranked and compares_meaning(query)):
        near = _near(tx, query, filters, [one.id for one in ranked[:COMPARED]])
    marks = {one.id: one.marks for one in (*found.values(), *(each.candidate for each in near))}
    if nothing:
        ranked = nearest_alone(near)
        return _Answer(query, ranked, marks, by_meaning=bool(ranked))
    return _Answer(query, fuse(ranked, near, query) if near else ranked, marks, newest_only)


def _near(tx: Tx, query: Query, filters: Filters, among: list[EntryId]) -> list[Near]:
    near = tx.search.nearest(query.text, filters, NEIGHBOURS, among)
    return [found for found in near if query.admits(found.candidate.tokens)]
