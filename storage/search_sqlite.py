"""How SQLite finds entries: FTS5 over the table `entry`, kept up by triggers (revision 0002).

Everything that decides is inside MATCH, the access tokens too: filtering afterwards costs six times as much
(`docs/decisions.md`).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
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
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import Join, TableValuedAlias

from bot.domain.entries import Entry
from storage.tables import table_of

_entries = table_of(Entry)
_index = table("entry_fts", column("rowid", Integer))
_whole_index: ColumnElement[str] = literal_column(
    "entry_fts", Text
)  # MATCH names the table as if it were a column


class InThisOrder(Join):
    """A join that SQLite must not turn round: a row at a time, the index would be asked anew for each row."""

    inherit_cache = True

    def __init__(self, left: FromClause, right: FromClause, condition: ColumnElement[bool]) -> None:
        super().__init__(left, right, condition)
        self.condition = condition


@compiles(InThisOrder, "sqlite")
def _cross_join(join: InThisOrder, compiler: SQLCompiler, **options: Any) -> str:
    """CROSS JOIN keeps the order (sqlite.org/optoverview.html, "Manual Control Of Query Plans")."""
    left, right = (compiler.process(side, **options) for side in (join.left, join.right))
    return f"{left} CROSS JOIN {right} ON {compiler.process(join.condition, **options)}"


NEWEST_FIRST = _index.c.rowid.desc()
COUNTED: FromClause = _index  # a row of the table itself takes ten times as long as its place in the index
FROM: FromClause = InThisOrder(_index, _entries, _entries.c.id == _index.c.rowid)


def holding(groups: Sequence[Sequence[str]], access: Sequence[str]) -> ColumnElement[bool]:
    """Entries that hold a term of every group, and one of these access tokens."""
    parts = [f"access : ({_any(access)})", *(f"tokens : ({_any(terms)})" for terms in groups)]
    return _whole_index.match(" AND ".join(parts))


def tagged(tag: str) -> ColumnElement[bool]:
    tags: TableValuedAlias = func.json_each(_entries.c.tags).table_valued("value")
    return exists(select(1).select_from(tags).where(tags.c.value == tag))


def agrees(connection: Connection) -> bool:
    """SQLite holds the index against the table itself (sqlite.org/fts5.html, "The 'integrity-check' Command")."""
    try:
        connection.exec_driver_sql("INSERT INTO entry_fts(entry_fts, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def rebuild(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO entry_fts(entry_fts) VALUES ('rebuild')")


def _any(terms: Sequence[str]) -> str:
    """Each term as a string of FTS5, in which nothing but the quote has a meaning."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
