"""Which entries may answer a query, for one viewer.

The engine's index finds them (`search_sqlite`, `search_postgres`), already narrowed to the viewer's access tokens;
each row is held against the tokens once more. Ranking is the domain's (`bot.domain.search`), so that every engine
answers alike.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    FromClause,
    Select,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)

from bot.domain.entries import SINCE, Entry, Filters, Scope, kinds_shown_as
from bot.domain.ids import EntryId, WorkspaceId
from bot.domain.pairs import Pair
from bot.domain.results import Grade
from bot.domain.search import Candidate, Marks, Near, QueryWord, TermStats
from bot.domain.stored import EntryKind
from bot.domain.things import THINGS
from bot.domain.tokens import TOKENS_RULE
from storage import search_meaning, search_postgres, search_sqlite
from storage.tables import EntryVectorRow, SearchStatRow, TermStatRow, table_of
from storage.visibility import RowVisibility, own_copies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALL = 5_000  # entries that a viewer may see; up to here terms are counted anew for each search
LENGTHS = 200  # entries that stand for the length of all
NEARBY = 20_000  # entries that a viewer may see; above it only the best by words are compared by meaning
SAMPLE = 20_000  # entries; of a larger workspace the newest are counted, once a day
BATCH = 1_000  # rows read or written at once

_entries, _pairs, _term_stats, _search_stats, _vectors = (
    table_of(kind) for kind in (Entry, Pair, TermStatRow, SearchStatRow, EntryVectorRow)
)
_CANDIDATE = tuple(
    _entries.c[name]
    for name in (
        *("access", "id", "tokens", "outdated", "kind", "subject_id", "story", "grade"),
        *("tags", "created_at", "member_id", "pair_id"),
    )
)
_KINDS: dict[str, EntryKind] = {kind.value: kind.shown for kind in EntryKind}
_GRADES: dict[str, Grade | None] = {"": None, **{grade.value: grade for grade in Grade}}


class Index(Protocol):
    """What the two engines say differently. Modules, not objects, stand behind it."""

    @property
    def FROM(self) -> FromClause: ...  # noqa: N802 - a constant of the modules

    @property
    def COUNTED(self) -> FromClause: ...  # noqa: N802 - a constant of the modules

    @property
    def NEWEST_FIRST(self) -> ColumnElement[Any]: ...  # noqa: N802 - as above

    def holding(self, groups: Sequence[Sequence[str]], access: Sequence[str]) -> ColumnElement[bool]: ...

    def tagged(self, tag: str) -> ColumnElement[bool]: ...

    def agrees(self, connection: Connection) -> bool: ...

    def rebuild(self, connection: Connection) -> None: ...


INDEXES: dict[str, Index] = {"sqlite": search_sqlite, "postgresql": search_postgres}


class SqlSearch:
    """The `EntrySearch` port over the index of one engine, for one viewer; nobody in particular finds nothing."""

    def __init__(self, connection: Connection, visibility: RowVisibility, now: datetime) -> None:
        self._now = now
        self._connection = connection
        self._visibility = visibility
        self._index = INDEXES[connection.dialect.name]
        self._counted: dict[str, int] = {}

    def candidates(self, words: Sequence[QueryWord], filters: Filters, limit: int) -> list[Candidate]:
        return self._found([word.forms for word in words], filters, limit)

    def candidates_any(self, words: Sequence[QueryWord], filters: Filters, limit: int) -> list[Candidate]:
        return self._found([[form for word in words for form in word.forms]], filters, limit)

    def newest_texts(self, limit: int) -> list[str]:
        if not self._visibility.tokens:
            return []
        texts = self._matching([], _entries.c.access, _entries.c.title, _entries.c.body, _entries.c.tags)
        rows = self._run(texts.order_by(self._index.NEWEST_FIRST).limit(limit))
        seen = [row for row in rows if row.access in self._visibility.tokens]
        return [text for _, title, body, tags in seen for text in (title, body, *tags)]

    def statistics(self, terms: Sequence[str]) -> TermStats:
        if not self._visibility.tokens:
            return TermStats(0, 0, {})
        kept = self._kept_statistics(terms) if self._seen > SMALL else None
        return kept or self._live_statistics(terms)

    def nearest(self, text: str, filters: Filters, limit: int, among: Sequence[EntryId]) -> list[Near]:
        allowed, model = self._visibility.tokens, search_meaning.model()
        if model is None or not allowed:
            return []
        known = search_meaning.vectors_of(self._connection)
        wanted = self._wanted_vectors(filters, among)
        for ids in known.missing_in_steps(wanted, BATCH):
            rows = select(_vectors.c.id, _vectors.c.entry_id, _vectors.c.vector).where(_vectors.c.id.in_(ids))
            known.add(self._run(rows))
        found = known.nearest(wanted, model.vectors([text])[0], limit)
        seen = self._seen_of([near.entry_id for near in found], filters)
        return [Near(seen[near.entry_id], near.nearness) for near in found if near.entry_id in seen]

    def _wanted_vectors(self, filters: Filters, among: Sequence[EntryId]) -> "NDArray[np.int64]":
        """The ids of the vectors of all that the viewer may see, or where that is too much, of these entries."""
        narrowed = self._filtered(filters)
        query = select(_vectors.c.id).where(_vectors.c.access.in_(self._visibility.tokens))
        if narrowed:
            query = query.join(_entries, _entries.c.id == _vectors.c.entry_id).where(*narrowed)
        found = self._numbers(query.limit(NEARBY + 1))
        if len(found) <= NEARBY:
            return found
        return self._numbers(select(_vectors.c.id).where(_vectors.c.entry_id.in_(among)))

    def _numbers(self, query: Select[Any]) -> "NDArray[np.int64]":
        """Thousands of numbers at once: as one text they are read ten times as fast as in rows."""
        numbers = query.subquery()
        text = func.aggregate_strings(cast(numbers.c.id, Text), ",")
        return search_meaning.numbers(self._run(select(text))[0][0] or "")

    def _seen_of(self, ids: Sequence[int], filters: Filters) -> dict[int, Candidate]:
        """What the viewer may see of these entries, by their id."""
        query = select(*_CANDIDATE).where(_entries.c.id.in_(ids), *self._here(_entries), *self._not_twice())
        return {found.id: found for found in self._allowed(self._run(query.where(*self._filtered(filters))))}

    def keep_meaning(self, entries: Sequence[Entry]) -> None:
        ids = [entry.id for entry in entries]
        self._connection.execute(delete(_vectors).where(_vectors.c.entry_id.in_(ids)))
        model = search_meaning.model()
        if model is None or not entries:
            return
        found = model.vectors([f"{entry.title}\n{entry.body}" for entry in entries]).astype("<f2")
        rows = [
            {"entry_id": entry.id, "access": entry.access, "vector": vector.tobytes()}
            for entry, vector in zip(entries, found, strict=True)
        ]
        self._connection.execute(insert(_vectors), rows)

    def refresh_meaning(self, limit: int) -> int:
        if not search_meaning.installed():
            return 0
        unknown = select(_entries).outerjoin(_vectors, _vectors.c.entry_id == _entries.c.id)
        query = unknown.where(_vectors.c.id.is_(None), *self._here(_entries)).limit(limit)
        entries = [Entry(**row._mapping) for row in self._connection.execute(query)]  # noqa: SLF001 - public in SQLAlchemy
        self.keep_meaning(entries)
        return len(entries)

    def without_entry(self, store: str, after: int, limit: int) -> list[int]:
        stored = THINGS[store]
        things, found = table_of(stored.entity), stored.found
        if found is None:
            return []
        known = select(_entries.c.id).where(
            _entries.c.workspace_id == things.c.workspace_id,
            _entries.c.kind == found.kind,
            _entries.c.subject_id == things.c[found.subject],
            _entries.c.story != "",
            _entries.c.rule == TOKENS_RULE,
        )
        query = select(things.c.id).where(things.c.id > after, ~known.exists(), *self._here(things))
        return list(self._connection.scalars(query.order_by(things.c.id).limit(limit)))

    def agrees(self) -> bool:
        return self._index.agrees(self._connection)

    def rebuild(self) -> None:
        self._index.rebuild(self._connection)

    def refresh_statistics(self) -> None:
        """Counts of a workspace that grew small again go too: their terms are people's words."""
        for stats in (_term_stats, _search_stats):
            self._connection.execute(delete(stats).where(*self._here(stats)))
        sizes = (
            select(_entries.c.workspace_id, func.count())
            .where(*self._here(_entries))
            .group_by(_entries.c.workspace_id)
            .having(func.count() > SMALL)
        )
        for workspace, entries in self._connection.execute(sizes).all():
            self._refresh(WorkspaceId(workspace), entries)

    def _here(self, rows: Table) -> list[ColumnElement[bool]]:
        """The viewer's workspace; for the clock, which belongs to none, every one."""
        here = self._visibility.viewer.workspace_id
        return [] if here is None else [rows.c.workspace_id == here]

    def _found(self, groups: Sequence[Sequence[str]], filters: Filters, limit: int) -> list[Candidate]:
        allowed = self._visibility.tokens
        if not allowed:
            return []
        query = self._matching(groups, *_CANDIDATE).where(*self._filtered(filters))
        return self._allowed(self._run(query.order_by(self._index.NEWEST_FIRST).limit(limit)))

    def _allowed(self, rows: Sequence[Any]) -> list[Candidate]:
        """The rows, which begin with their access token, as far as the viewer holds it."""
        allowed = {*self._visibility.tokens}
        return [_candidate(row) for row in rows if row.access in allowed]

    def _matching(self, groups: Sequence[Sequence[str]], *columns: ColumnElement[Any]) -> Select[Any]:
        found = self._index.holding(groups, self._visibility.tokens)
        here = _entries.c.workspace_id == self._visibility.viewer.workspace_id
        return select(*columns).select_from(self._index.FROM).where(found, here, *self._not_twice())

    def _not_twice(self) -> list[ColumnElement[bool]]:
        return [~own_copies(_entries, self._visibility.pairs)] if self._visibility.pairs else []

    def _run(self, query: Executable) -> Sequence[Any]:
        return self._planning.execute(query).all()

    @cached_property
    def _planning(self) -> Connection:
        """The connection: a plan that PostgreSQL makes for any words cannot know that these are common."""
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
        return self._connection

    def _filtered(self, filters: Filters) -> list[ColumnElement[bool]]:
        conditions = self._scoped(filters.scope)
        if filters.kind is not None:
            conditions.append(_entries.c.kind.in_(kinds_shown_as(filters.kind)))
        if filters.tag:
            conditions.append(self._index.tagged(filters.tag))
        if filters.grade is not None:
            conditions.append(_entries.c.grade == filters.grade)
        if filters.since is not None:
            conditions.append(_entries.c.created_at >= self._now - SINCE[filters.since])
        if filters.entered is not None:
            after, upto = filters.entered
            conditions += [_entries.c.entered_at > after, _entries.c.entered_at <= upto]
        return conditions

    def _scoped(self, scope: Scope) -> list[ColumnElement[bool]]:
        match scope:
            case Scope.MINE:
                return [_entries.c.member_id == self._visibility.viewer.member_id]
            case Scope.PAIR:
                return [_entries.c.pair_id.in_(self._visibility.pairs)]
            case Scope.COHORT:
                near = select(_pairs.c.id).where(_pairs.c.cohort_id.in_(self._visibility.cohorts))
                return [_entries.c.pair_id.in_(near)]
            case Scope.WORKSPACE:
                return []

    def _live_statistics(self, terms: Sequence[str]) -> TermStats:
        """Counts of what the viewer may see, so that not even the order of results hints at anything else."""
        self._counted.update(self._frequencies([term for term in terms if term not in self._counted]))
        counted = {term: self._counted[term] for term in terms}
        entries = self._seen if self._seen <= SMALL else self._count_seen(None)
        return TermStats(entries, self._average_length, counted)

    def _frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        counts = [self._counting(term) for term in terms]
        return dict(self._run(union_all(*counts))) if counts else {}

    @cached_property
    def _seen(self) -> int:
        """How many entries the viewer may see; one more than SMALL for all that is above it."""
        return self._count_seen(SMALL + 1)

    def _count_seen(self, at_most: int | None) -> int:
        """By the access tokens alone, which are of one workspace, as the index over them lists them."""
        seen = select(_entries.c.id).where(_entries.c.access.in_(self._visibility.tokens)).limit(at_most)
        return int(self._run(select(func.count()).select_from(seen.subquery()))[0][0])

    def _counting(self, term: str) -> Select[str, int]:
        """In the index alone, without its rows; the viewer's tokens are of their workspace."""
        return (
            select(literal(term), func.count())
            .select_from(self._index.COUNTED)
            .where(self._index.holding([[term]], self._visibility.tokens))
        )

    @cached_property
    def _average_length(self) -> float:
        """Of the newest that the viewer may see."""
        newest = self._matching([], _length().label("terms")).order_by(self._index.NEWEST_FIRST)
        lengths = newest.limit(LENGTHS).subquery()
        return float(self._run(select(func.avg(lengths.c.terms)))[0][0] or 0)

    def _kept_statistics(self, terms: Sequence[str]) -> TermStats | None:
        here = self._visibility.viewer.workspace_id
        kept = self._connection.execute(
            select(_search_stats.c.entries, _search_stats.c.average_length).where(
                _search_stats.c.workspace_id == here
            )
        ).first()
        if kept is None:
            return None
        found: Sequence[Any] = self._connection.execute(
            select(_term_stats.c.term, _term_stats.c.entries).where(
                _term_stats.c.workspace_id == here, _term_stats.c.term.in_(terms)
            )
        ).all()
        return TermStats(kept.entries, kept.average_length, dict(found), of_viewer=False)

    def _refresh(self, workspace: WorkspaceId, entries: int) -> None:
        held: Counter[str] = Counter()
        terms = sampled = 0
        for tokens in self._newest_tokens(workspace):
            words = tokens.split()
            held.update(set(words))
            terms += len(words)
            sampled += 1
        share = entries / sampled
        # A term of one entry is as rare as a term of none; leaving these out halves the table.
        counts = {term: round(count * share) for term, count in held.items() if count > 1}
        self._keep(workspace, counts, entries=entries, average_length=terms / sampled)

    def _newest_tokens(self, workspace: WorkspaceId) -> list[str]:
        newest = (
            select(_entries.c.tokens)
            .where(_entries.c.workspace_id == workspace)
            .order_by(_entries.c.id.desc())
            .limit(SAMPLE)
        )
        return list(self._connection.scalars(newest))

    def _keep(
        self, workspace: WorkspaceId, counts: dict[str, int], *, entries: int, average_length: float
    ) -> None:
        rows = [{"workspace_id": workspace, "term": term, "entries": n} for term, n in sorted(counts.items())]
        for start in range(0, len(rows), BATCH):
            self._connection.execute(insert(_term_stats), rows[start : start + BATCH])
        self._connection.execute(
            insert(_search_stats).values(
                workspace_id=workspace, entries=entries, average_length=average_length
            )
        )


def _candidate(row: Any) -> Candidate:
    """What stands in the columns `_CANDIDATE`."""
    _, id_, tokens, outdated, kind, subject, story, grade, tags, created_at, member, pair = row
    known_as = story or f"{kind}:{subject}"
    marks = Marks(known_as, _KINDS[kind], _GRADES[grade], tags, created_at, member, pair)
    return Candidate(id_, tokens, marks, outdated)


def _length() -> ColumnElement[int]:
    """About the number of terms of an entry: the blanks and line ends between them."""
    words = func.replace(func.replace(_entries.c.tokens, "\n", ""), " ", "")
    return func.length(_entries.c.tokens) - func.length(words)


def open_search(connection: Connection, visibility: RowVisibility, now: datetime) -> SqlSearch:
    return SqlSearch(connection, visibility, now)
