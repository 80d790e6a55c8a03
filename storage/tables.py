"""The schema: a table for each thing that is kept (`bot.domain.things`), column by column of its frozen dataclass.

Every row carries its workspace, and everything that a pair wrote carries its pair: that is what `storage.visibility`
filters by. Rows that no entity stands for are written out, with who sees them.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import NoneType
from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, Time, UniqueConstraint
from sqlmodel import AutoString, Field, SQLModel

from bot.domain import texts
from bot.domain.stored import AnyLength, Audience, Entity, Stored
from bot.domain.things import THINGS
from storage.types import Days, Exact, Moment, Words

# Names that we choose, so that later revisions can find a constraint on either engine.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

COLUMN_TYPES: Mapping[object, Any] = {
    str: AutoString,
    int: Integer,
    bool: Boolean,
    datetime: Moment,
    date: Date,
    time: Time,
    Decimal: Exact,
    tuple[str, ...]: Words,
    tuple[date, ...]: Days,
}
ALWAYS_INDEXED = ("workspace_id", "pair_id")
# The type of an id, and the table that it is an id of.
TABLES_BY_ID = {typing.get_type_hints(stored.entity)["id"]: stored.table for stored in THINGS.values()}


def without_none(hint: Any) -> Any:
    """What an annotation says is there, if anything is."""
    options = typing.get_args(hint)
    return next(option for option in options if option is not NoneType) if NoneType in options else hint


def _type_of(field: str, kind: Any) -> Any:
    """The column type for an annotation. Raises RuntimeError where there is none."""
    marks = getattr(kind, "__metadata__", ())
    if any(isinstance(mark, texts.Text | AnyLength) for mark in marks):
        return Text
    kind = getattr(kind, "__supertype__", kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return AutoString
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return Integer
    if kind not in COLUMN_TYPES:
        raise RuntimeError(f"storage/tables.py has no type of column for {field}: {kind}")
    return COLUMN_TYPES[kind]


def _points_at(field: str, kind: Any) -> list[ForeignKey]:
    """An id of another thing must point at it. Raises RuntimeError for an id of nothing that is kept."""
    if not hasattr(kind, "__supertype__"):
        return []
    if kind not in TABLES_BY_ID:
        raise RuntimeError(f"{field} is an id of nothing that bot/domain/things.py lists: {kind.__name__}")
    return [ForeignKey(f"{TABLES_BY_ID[kind]}.id")]


def _column(stored: Stored[Entity], field: "dataclasses.Field[Any]", hint: Any) -> Column[Any]:
    if field.name == "id":
        return Column(field.name, Integer, primary_key=True)
    kind, named = without_none(hint), f"{stored.entity.__name__}.{field.name}"
    return Column(
        field.name,
        _type_of(named, kind),
        *_points_at(named, kind),
        nullable=kind is not hint,
        index=field.name in (*ALWAYS_INDEXED, *stored.indexed) or None,
        default=None if field.default is dataclasses.MISSING else field.default,
    )


def _row_class(stored: Stored[Entity]) -> type[SQLModel]:
    """The row class of a thing."""
    hints = typing.get_type_hints(stored.entity, include_extras=True)
    columns = {
        field.name: Field(sa_column=_column(stored, field, hints[field.name]))
        for field in dataclasses.fields(stored.entity)  # type: ignore[arg-type]  # every entity is a dataclass
    }
    uniques = [UniqueConstraint(*names) for names in stored.unique]
    indexes = [Index(f"ix_{stored.table}_{end}", *names) for end, names in stored.indexes.items()]
    body = {
        "__module__": __name__,
        "__tablename__": stored.table,
        "__table_args__": (*uniques, *indexes),
        "__annotations__": dict.fromkeys(columns, Any),
        **columns,
    }
    row: type[SQLModel] = types.new_class(
        f"{stored.entity.__name__}Row", (SQLModel,), {"table": True}, lambda space: space.update(body)
    )
    return row


ROWS: dict[type[object], type[SQLModel]] = {stored.entity: _row_class(stored) for stored in THINGS.values()}


class InboundRow(SQLModel, table=True):
    """What arrived from Slack and was dealt with, and what came of it, so that a second delivery answers the same."""

    __tablename__ = "inbound"
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    result: str = "null"


class TermStatRow(SQLModel, table=True):
    """In how many entries of a workspace a term stands; refreshed by a job, for the search to rank by."""

    __tablename__ = "term_stat"
    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    term: str = Field(primary_key=True)
    entries: int


class SearchStatRow(SQLModel, table=True):
    """How many entries a workspace had when its terms were counted, and how many terms one had on average."""

    __tablename__ = "search_stat"
    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    entries: int
    average_length: float


class EntryVectorRow(SQLModel, table=True):
    """What an entry means, see `storage.search_meaning`; a changed entry gets a new row, whose id was never used."""

    __tablename__ = "entry_vector"
    __table_args__ = (Index("ix_entry_vector_access", "access", "id"), {"sqlite_autoincrement": True})
    id: int = Field(sa_column=Column(Integer, primary_key=True))
    entry_id: int = Field(
        sa_column=Column(Integer, ForeignKey("entry.id", ondelete="CASCADE"), nullable=False, unique=True)
    )
    access: str
    vector: bytes


OWN_ROWS: dict[type[SQLModel], Audience] = dict.fromkeys(
    (InboundRow, TermStatRow, SearchStatRow, EntryVectorRow), Audience.NOBODY
)


def table_of(kind: type[object]) -> Table:
    """The table of an entity, or of a row that no entity stands for, for queries in SQLAlchemy Core."""
    row: type[Any] = ROWS.get(kind, kind)
    table: Table = row.__table__
    return table


# Who sees the rows of a table, by its name.
AUDIENCES: dict[str, Audience] = {
    **{stored.table: stored.seen_by for stored in THINGS.values()},
    **{table_of(row).name: audience for row, audience in OWN_ROWS.items()},
}
