"""Hits: what of a story is shown of it in two lines, as far as its reader may see it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.entries import Entry
from bot.domain.experiments import Experiment
from bot.domain.highlight import highlight, snippet
from bot.domain.ids import EntryId, ExperimentId, MemberId, PairId
from bot.domain.privacy import workspace_token
from bot.domain.results import Grade, Result
from bot.domain.search import Marks, Query
from bot.domain.search_stories import Story, best_grade
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.loop.experiments import versions_of

TWO_LINES = 70  # characters on a phone
DONE_WIDTH = 34  # of these for what was done, if what came of it needs the rest
TITLE_WIDTH, SNIPPET_WIDTH = 150, 220  # where there is more room
OF_A_TRY = f"{EntryKind.EXPERIMENT}:"

Segments = tuple[tuple[str, bool], ...]  # pieces of a text, each with whether it was looked for


class Whose(StrEnum):
    """How somebody is spoken of who wrote what was found: by name only within one's own pairs."""

    MINE = "mine"
    PARTNER = "partner"
    COHORT = "cohort"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class Hit:
    """One story that was found, or one entry by itself; what it says of itself is that of its best entry.

    Args:
        subject_id: the id of the thing itself, for `bot.usecases.repository.search_things`.
        title, snippet: what was done and what came of it, in pieces with the words that were looked for; the snippet
            may be empty.
        name: of the writer, "" unless `whose` is PARTNER.
        grade: how far it carries; None for what has no outcome.
        also: in which other ways it was tried, the oldest first.
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
    also: tuple[str, ...] = ()
    outdated: bool = False


@dataclass(frozen=True)
class _Thread:
    """The tries of a story that the viewer may see, the oldest first, and what came of them."""

    tries: Sequence[Experiment] = ()
    results: Sequence[Result] = ()

    def others(self, entry: Entry) -> tuple[str, ...]:
        """The behaviours of the other tries: than the one that the entry names, else than the newest."""
        named = [one for one in self.tries if entry.title.startswith(one.behaviour)]
        shown = (named or [*self.tries])[-1:]
        return tuple(one.behaviour for one in self.tries if one not in shown)

    @property
    def outcome(self) -> str:
        """The newest of what happened."""
        return next((result.what_happened for result in reversed(self.results)), "")

    @property
    def grade(self) -> Grade | None:
        return best_grade([result.grade for result in self.results if result.was_tried])


def pairs_of_reader(tx: Tx) -> frozenset[PairId]:
    """In which pairs the reader is now."""
    return frozenset(one.pair_id for one in tx.memberships.find(member_id=tx.me, left_at=None))


def hits_of(
    tx: Tx,
    query: Query,
    stories: Sequence[Story],
    marks: Mapping[EntryId, Marks],
    pairs: frozenset[PairId],
) -> tuple[Hit, ...]:
    """A hit for each story, for a reader who is in these pairs; what is gone meanwhile is left out."""
    entries = {entry.id: entry for entry in tx.entries.find(id=[found.id for s in stories for found in s])}
    writers = _Writers.of(tx, entries.values(), pairs)
    hits = []
    for story in stories:
        found = [entries[ranked.id] for ranked in story if ranked.id in entries]
        if found:
            thread = _thread_of(tx, marks[found[0].id].story)
            hits.append(_story_hit(found, query, writers, thread))
    return tuple(hits)


def single_hits(tx: Tx, query: Query, entries: Sequence[Entry]) -> Iterator[Hit]:
    """A hit for each of these entries, with more of its words."""
    writers = _Writers.of(tx, entries, pairs_of_reader(tx))
    for entry in entries:
        yield _hit(
            entry, query, writers, (TITLE_WIDTH, SNIPPET_WIDTH), came=entry.body, grade=_grade_of(entry)
        )


@dataclass(frozen=True)
class _Writers:
    """Who wrote what was found, as this reader knows them."""

    me: MemberId
    pairs: frozenset[PairId]
    names: Mapping[MemberId, str]

    @classmethod
    def of(cls, tx: Tx, entries: Iterable[Entry], pairs: frozenset[PairId]) -> "_Writers":
        near = {entry.member_id for entry in entries if entry.pair_id in pairs}
        return cls(tx.me, pairs, {person.id: person.name for person in tx.members.find(id=near)})

    def whose(self, entry: Entry) -> Whose:
        if entry.member_id == self.me:
            return Whose.MINE
        if entry.pair_id in self.pairs:
            return Whose.PARTNER
        shared_with_all = entry.access == workspace_token(entry.workspace_id)
        return Whose.COLLEAGUE if shared_with_all else Whose.COHORT


def _thread_of(tx: Tx, story: str) -> _Thread:
    """The tries of this story as far as the viewer may see them; nothing for a story of something else."""
    root = tx.experiments.first(id=int(story.removeprefix(OF_A_TRY))) if story.startswith(OF_A_TRY) else None
    if root is None:
        return _Thread()
    tries = versions_of(tx, root)
    results = tx.results.find(experiment_id=[ExperimentId(one.id) for one in tries], order="told_at")
    return _Thread(tries, [result for result in results if result.told_at is not None])


def _story_hit(found: Sequence[Entry], query: Query, writers: _Writers, thread: _Thread) -> Hit:
    """The best entry, with the passage that holds what was looked for; else with what came of it."""
    best = found[0]
    told = [entry.body for entry in found if _holds(entry, query)]
    told_of = [
        *told,
        "" if best.kind is not EntryKind.EXPERIMENT else thread.outcome,
        best.body,
        thread.outcome,
    ]
    came = _one_line(next(filter(None, told_of), ""))
    done = max(DONE_WIDTH, TWO_LINES - len(came))
    grade = best_grade([grade for entry in found if (grade := _grade_of(entry))])
    return _hit(
        best,
        query,
        writers,
        (done, TWO_LINES - min(len(best.title), done)),
        came=came,
        grade=grade or thread.grade,
        also=thread.others(best),
    )


def _holds(entry: Entry, query: Query) -> bool:
    return any(found for _, found in highlight(entry.body, query, entry.language))


def _grade_of(entry: Entry) -> Grade | None:
    return Grade(entry.grade) if entry.grade else None


def _hit(
    entry: Entry,
    query: Query,
    writers: _Writers,
    widths: tuple[int, int],
    *,
    came: str,
    grade: Grade | None,
    also: tuple[str, ...] = (),
) -> Hit:
    whose = writers.whose(entry)
    return Hit(
        entry.kind.shown,
        entry.subject_id,
        title=_marked(entry.title, query, widths[0], entry.language),
        snippet=_marked(_one_line(came), query, widths[1], entry.language),
        tags=entry.tags,
        created_at=entry.created_at,
        whose=whose,
        name=writers.names[entry.member_id] if whose is Whose.PARTNER else "",
        grade=grade,
        also=also,
        outdated=entry.outdated,
    )


def _marked(text: str, query: Query, width: int, language: str) -> tuple[tuple[str, bool], ...]:
    return tuple(highlight(snippet(text, query, width, language), query, language))


def _one_line(body: str) -> str:
    """The parts of a body, each of them a field of some form, with a sign between them."""
    return " · ".join(line.strip() for line in body.splitlines() if line.strip())
