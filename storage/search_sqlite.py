"""How SQLite finds entries: FTS5 over the table `entry`, kept up by triggers (revision 0002).

Everything that decides is inside MATCH, the access tokens too: filtering afterwards costs six times as much
(`docs/decisions.md`).
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Text,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.sql.selectable import TableValuedAlias

from storage.columns import table_of
from storage.tables import EntryRow

_entries = table_of(EntryRow)
_index = table("entry_fts", column("rowid", Integer))
_whole_index: ColumnElement[str] = literal_column(
    "entry_fts", Text
)  # MATCH names the table as if it were a column

NEWEST_FIRST = _index.c.rowid.desc()
FROM: FromClause = _index.join(_entries, _entries.c.id == _index.c.rowid)


def holding(groups: Sequence[Sequence[str]], access: Sequence[str]) -> ColumnElement[bool]:
    """Entries that hold a term of every group, and one of these access tokens."""
    parts = [f"access : ({_any(access)})", *(f"tokens : ({_any(terms)})" for terms in groups)]
    return _whole_index.match(" AND ".join(parts))


def tagged(tag: str) -> ColumnElement[bool]:
    tags: TableValuedAlias = func.json_each(_entries.c.tags).table_valued("value")
    return exists(select(1).select_from(tags).where(tags.c.value == tag))


def _any(terms: Sequence[str]) -> str:
    """Each term as a string of FTS5, in which nothing but the quote has a meaning."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
