"""Finding entries by their words, for one viewer."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from bot.domain.entries import Entry, Filters
from bot.ports import EntrySearch
from storage.columns import table_of
from storage.sight import Sight
from storage.store import reader
from storage.tables import EntryRow

_entries = table_of(EntryRow)


class PlainSearch:
    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection = connection
        self._sight = sight

    def candidates(self, terms: Sequence[str], filters: Filters, limit: int) -> list[Entry]:
        return self._find(
            [_entries.c.tokens.contains(term, autoescape=True) for term in terms], filters, limit
        )

    def candidates_any(self, terms: Sequence[str], filters: Filters, limit: int) -> list[Entry]:
        return self._find(
            [or_(*(_entries.c.tokens.contains(t, autoescape=True) for t in terms))], filters, limit
        )

    def _find(self, conditions: list, filters: Filters, limit: int) -> list[Entry]:  # type: ignore[type-arg]
        query = (
            select(_entries)
            .where(*conditions, *self._sight.of(_entries))
            .order_by(_entries.c.id.desc())
            .limit(limit)
        )
        return [reader(Entry)(row._mapping) for row in self._connection.execute(query)]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(terms, 1)

    def size(self) -> tuple[int, float]:
        return int(self._connection.execute(select(func.count()).select_from(_entries)).scalar_one()), 20.0

    def refresh_statistics(self) -> None: ...


def open_search(connection: Connection, sight: Sight) -> EntrySearch:
    return PlainSearch(connection, sight)
