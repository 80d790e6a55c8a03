"""What whoever learns shows a new mentor of the time before: it goes from the pair that ended into the one that began.

Who sees a row is decided by its pair alone, so what nobody picked stays unseen wherever somebody looks: it stays in a
pair in which the new mentor has no part.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from bot.domain.entries import Entry
from bot.domain.ids import PairId
from bot.domain.nudges import Occurrence
from bot.domain.pairs_replacing import EarlierKind
from bot.domain.privacy import pair_token
from bot.domain.stored import Beside, Earlier, Entity, Stored
from bot.domain.things import THINGS
from bot.ports import Tx

# By what people count a kind; the rest of it hangs on these.
COUNTED = {
    Earlier.GOALS: "goals",
    Earlier.TRIES: "experiments",
    Earlier.CHECK_INS: "check_ins",
    Earlier.ASKS: "asks",
    Earlier.TALKS: "sessions",
    Earlier.OBSERVATIONS: "observations",
    Earlier.MESSAGES: "evidence",
    Earlier.INSIGHTS: "insights",
}
Pieces = Mapping[Earlier, list[tuple[str, Any]]]  # the name of the store, and the row


def earlier_kinds(tx: Tx, pair: PairId) -> list[EarlierKind]:
    """What there is to show of this pair, as Pairloop sees it."""
    pieces = _pieces(tx, pair)
    kinds = (
        EarlierKind(kind, sum(store == COUNTED[kind] for store, _ in found), _edition(found))
        for kind, found in pieces.items()
    )
    return [kind for kind in kinds if kind.count]


def hand_over(tx: Tx, old: PairId, new: PairId, kinds: Collection[Earlier]) -> list[tuple[str, Entity]]:
    """From now on everybody in `new` sees all that is of these kinds in `old`; returns it as it was kept.

    The transaction has to be Pairloop's own.
    """
    pieces = _pieces(tx, old)
    kept = [
        (store, getattr(tx, store).update(_of_pair(tx, row, new)))
        for kind in kinds
        for store, row in pieces[kind]
    ]
    _let_find(tx, old, new, kept)
    return kept


def _of_pair(tx: Tx, row: Any, pair: PairId) -> Any:
    """The row as that pair's; of two rounds on one day, the earlier one is told from the other by its pair."""
    moved = replace(row, pair_id=pair)
    if isinstance(row, Occurrence):
        alike = {"ritual": row.ritual, "source_id": row.source_id, "key": row.key}
        if tx.occurrences.count(pair_id=pair, **alike):
            return replace(moved, key=f"{row.key}/{row.pair_id}")
    return moved


def _pieces(tx: Tx, pair: PairId) -> Pieces:
    """All that this pair wrote, by its kind; what is of none is left out."""
    kinds: dict[Beside, Earlier] = {}
    found: dict[Earlier, list[tuple[str, Any]]] = {kind: [] for kind in Earlier}
    for store, stored in THINGS.items():
        for row in getattr(tx, store).find(pair_id=pair) if stored.earlier else ():
            kind = _kind_of(stored, row, kinds)
            if kind is not None:
                kinds[Beside(store, row.id)] = kind
                found[kind].append((store, row))
    return found


def _kind_of(stored: Stored[Entity], row: Entity, known: Mapping[Beside, Earlier]) -> Earlier | None:
    """What a row hangs on stands before it in `THINGS`."""
    earlier = stored.earlier(row) if callable(stored.earlier) else stored.earlier
    return known.get(earlier) if isinstance(earlier, Beside) else earlier


def _edition(found: Iterable[tuple[str, Entity]]) -> str:
    """What they say: a version also rises where only what stands beside a row has changed."""
    told = "\n".join(f"{store} { {**vars(row), 'version': 0} }" for store, row in found)
    return sha256(told.encode()).hexdigest()[:16]


def _let_find(tx: Tx, old: PairId, new: PairId, moved: Iterable[tuple[str, Any]]) -> None:
    for entry in _entries_of(tx, old, moved):
        access = pair_token(new) if entry.access == pair_token(old) else entry.access
        tx.search.keep_meaning([tx.entries.update(replace(entry, pair_id=new, access=access))])


def _entries_of(tx: Tx, pair: PairId, moved: Iterable[tuple[str, Any]]) -> Iterator[Entry]:
    known = {(entry.kind, entry.subject_id): entry for entry in tx.entries.find(pair_id=pair)}
    for store, row in moved:
        found = THINGS[store].found
        if found is not None and (entry := known.get((found.kind, getattr(row, found.subject)))):
            yield entry
