"""What the tables are made of: the columns that every row has, and the kinds of columns that need a word."""

from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from storage.types import Exact, Moment, Words


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
    """A text of any length. (These return Any, as SQLModel's own `Field` does.)"""
    return Field(default="", sa_type=Text)


def exact() -> Any:
    return Field(default=None, sa_type=Exact)


def word_list() -> Any:
    return Field(default=(), sa_type=Words, nullable=False)
