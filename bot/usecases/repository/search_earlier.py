"""Recalling what somebody wrote of before, when they have just written: one story of their own at most."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.entries import Filters, Scope
from bot.domain.search import CANDIDATES, parse_query, rank
from bot.domain.search_earlier import rare_words, worth_recalling
from bot.domain.stored import EntryKind
from bot.ports import Tx

MINE = Filters(Scope.MINE)


@dataclass(frozen=True)
class Recalled:
    """An earlier story of one's own, by the entry that comes nearest."""

    kind: EntryKind
    subject_id: int
    title: str
    created_at: datetime


def recall_earlier(tx: Tx, kind: EntryKind, id_: int) -> Recalled | None:
    """What I wrote of before that is much like this new thing of mine; None for nothing near enough."""
    new = tx.entries.first(kind=kind, subject_id=id_, member_id=tx.me)
    if new is None:
        return None
    query = parse_query(f"{new.title}\n{new.body}")
    stats = tx.search.statistics(query.forms)
    rare = rare_words(query, stats)
    rows = tx.search.candidates(rare, MINE, CANDIDATES) if rare else []
    ranked = rank(query, rows, stats, tx.now)
    near = worth_recalling(ranked, {row.id: row.marks for row in rows}, new.id, tx.now)
    entry = tx.entries.first(id=near) if near is not None else None
    if entry is None:
        return None
    return Recalled(entry.kind.shown, entry.subject_id, entry.title, entry.created_at)
