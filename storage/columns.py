"""What the tables are made of: the columns that every row has, and the kinds of columns that need a word."""

from typing import Any

from sqlalchemy import Table, Text
from sqlmodel import Field, SQLModel

from storage.types import Exact, Moment, Words

# Names that we choose, so that later revisions can find a constraint on either engine.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """What every row has: an id, and a version that rises with each change."""

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1


class OfWorkspace(Row):
    workspace_id: int = Field(foreign_key="workspace.id", index=True)


class OfPair(OfWorkspace):
    pair_id: int = Field(foreign_key="pair.id", index=True)


def moment(*, index: bool = False) -> Any:
    return Field(sa_type=Moment, index=index)


def maybe_moment(*, index: bool = False) -> Any:
    return Field(default=None, sa_type=Moment, index=index)


def prose() -> Any:
    """A text of any length. All of these are typed as Any, because SQLModel's own `Field` is."""
    return Field(default="", sa_type=Text)


def exact() -> Any:
    return Field(default=None, sa_type=Exact)


def word_list() -> Any:
    return Field(default=(), sa_type=Words, nullable=False)


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class, for queries in SQLAlchemy Core."""
    table: Table = row.metadata.tables[str(row.__tablename__)]
    return table
