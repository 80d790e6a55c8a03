"""Bringing in what people learned elsewhere: for their pair alone, in steps that can be gone on with and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.errors import NoPair, NotFound, PairloopError, PersonUnfit
from bot.domain.ids import InsightImportId
from bot.domain.insights import FIRST_EDITION, Insight, Visibility, wording_of
from bot.domain.insights_import import InsightImport, InsightRow, fingerprint
from bot.domain.members import Member
from bot.domain.pairs import RUNNING, Pair
from bot.ports import Tx
from bot.usecases.entries import forget, make_all_findable


@dataclass(frozen=True)
class Home:
    """Where the lines of one person go: who they are, and the newest pair of theirs that runs."""

    member: Member
    pair: Pair


@dataclass(frozen=True)
class Sorted:
    """What becomes of lines: those that can be kept, those that are there already, and what is wrong with others."""

    fit: tuple[tuple[InsightRow, Home], ...]
    repeated: tuple[InsightRow, ...]
    wrong: tuple[tuple[InsightRow, PairloopError], ...]


class Sorter:
    """Holds lines against what is there already, and against each other."""

    def __init__(self, tx: Tx, owner: Member, people: Iterable[str]) -> None:
        self._owner = owner
        self._homes = {name: _home_of(tx, owner, name) for name in {"", *people}}
        pairs = {home.pair.id for home in self._homes.values() if isinstance(home, Home)}
        kept = tx.insights.find(pair_id=pairs)
        self._known = {fingerprint(i.pair_id, i.source_key, wording_of(i)) for i in kept}

    def sort(self, rows: Iterable[InsightRow]) -> Sorted:
        fit, repeated, wrong = [], [], []
        for row in rows:
            home = self._homes[row.by]
            if not isinstance(home, Home):
                wrong.append((row, home))
            elif self._is_known(row, home):
                repeated.append(row)
            else:
                fit.append((row, home))
        return Sorted(tuple(fit), tuple(repeated), tuple(wrong))

    def _is_known(self, row: InsightRow, home: Home) -> bool:
        mark = fingerprint(home.pair.id, row.key, row.wording)
        known = mark in self._known
        self._known.add(mark)
        return known


def _home_of(tx: Tx, owner: Member, name: str) -> Home | PairloopError:
    member = tx.members.first(user_id=name, workspace_id=owner.workspace_id) if name else owner
    if member is None:
        return PersonUnfit("unknown", name)
    memberships = tx.memberships.find(member_id=member.id, left_at=None)
    running = tx.pairs.find(id={m.pair_id for m in memberships}, state=RUNNING, order="-id", limit=1)
    return Home(member, running[0]) if running else NoPair()


def begin_import(tx: Tx, owner: Member, file: str) -> InsightImport:
    """The import of this file for this member: a new one, or the one that was stopped half way."""
    known = tx.insight_imports.first(member_id=owner.id, file=file)
    if known is not None:
        return known
    begun = tx.insight_imports.insert(InsightImport(owner.workspace_id, owner.id, file, tx.now))
    tx.audit.insert(AuditEntry(owner.workspace_id, "insights.imported", begun.id, tx.now))
    return begun


def keep_rows(tx: Tx, import_id: InsightImportId, rows: Sequence[tuple[InsightRow, Home]], done: int) -> int:
    """Keep these lines, each for its pair alone, and that all lines up to `done` are dealt with; how many it kept."""
    insights = tx.insights.insert_all(_imported_insight(tx, import_id, row, home) for row, home in rows)
    make_all_findable(tx, insights)
    begun = tx.insight_imports.get(import_id)
    tx.insight_imports.update(replace(begun, done=max(done, begun.done)))
    return len(insights)


def _imported_insight(tx: Tx, import_id: InsightImportId, row: InsightRow, home: Home) -> Insight:
    at = min(row.at or tx.now, tx.now)
    return Insight(
        workspace_id=home.pair.workspace_id,
        pair_id=home.pair.id,
        cohort_id=home.pair.cohort_id,
        member_id=home.member.id,
        created_at=at,
        updated_at=at,
        import_id=import_id,
        source_key=row.key,
        **vars(row.wording),
    )


@dataclass(frozen=True)
class Undone:
    """What a step of undoing did: `stayed` were changed or shared since; `last` was looked at last, 0 for the end."""

    taken: int
    stayed: int
    last: int


def undo_rows(tx: Tx, import_id: InsightImportId, after: int, limit: int) -> Undone:
    """Take back those of the next `limit` insights of an import, behind the id `after`, that nobody worked with since.

    Raises NotFound.
    """
    begun = tx.insight_imports.first(id=import_id)
    if begun is None:
        raise NotFound("import")
    kept = tx.insights.find(import_id=import_id, id__since=after + 1, limit=limit)
    untouched = [insight for insight in kept if _is_untouched(insight)]
    for insight in untouched:
        forget(tx, insight)
        tx.insights.delete(insight)
    if not kept and not tx.insights.count(import_id=import_id):
        tx.insight_imports.delete(begun)
    return Undone(len(untouched), len(kept) - len(untouched), kept[-1].id if kept else 0)


def _is_untouched(insight: Insight) -> bool:
    alone = insight.visibility is Visibility.PAIR and insight.wished is None
    return alone and insight.edition == FIRST_EDITION
