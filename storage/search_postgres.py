"""How PostgreSQL finds entries: a GIN index over the column `lexemes` (revision 0002).

The access token is a lexeme like the words, behind an "@" that no word can hold: one query of the index answers both.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, FromClause, cast, column, func, literal
from sqlalchemy.dialects.postgresql import JSONB, TSQUERY, TSVECTOR

from bot.domain.entries import Entry
from storage.tables import table_of

_entries = table_of(Entry)
_lexemes: ColumnElement[str] = column("lexemes", TSVECTOR)

NEWEST_FIRST = _entries.c.id.desc()
FROM: FromClause = _entries
COUNTED = FROM


def holding(groups: Sequence[Sequence[str]], access: Sequence[str]) -> ColumnElement[bool]:
    """Entries that hold a term of every group, and one of these access tokens."""
    parts = [f"({_any(terms)})" for terms in ([f"@{token}" for token in access], *groups)]
    return _lexemes.bool_op("@@")(cast(literal(" & ".join(parts)), TSQUERY))


def tagged(tag: str) -> ColumnElement[bool]:
    return func.jsonb_exists(cast(_entries.c.tags, JSONB), tag)


def agrees(_connection: Connection) -> bool:
    """The column is made by the database itself, from the row in which it stands."""
    return True


def rebuild(connection: Connection) -> None:
    connection.exec_driver_sql("REINDEX INDEX ix_entry_lexemes")


def _any(terms: Sequence[str]) -> str:
    """Each term as a quoted lexeme, in which nothing but quote and backslash has a meaning."""
    return " | ".join("'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in terms)
