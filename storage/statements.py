"""Statements of the stores, built once for each shape: building one takes longer than asking with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Integer,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.domain.privacy import Viewer
from storage.visibility import BIND_PARAMETERS, ViewerScope, visibility_conditions

LIST = (list, tuple, set, frozenset)


@dataclass(frozen=True)
class Shape:
    """What decides how a statement is built: the table, the kind of viewer, and the kinds of comparison by name."""

    table: Table
    scope: ViewerScope
    where: tuple[tuple[str, str], ...] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions, with a bind parameter for each value that is compared with; see `values_of`."""
        return [
            *(self._condition(*each) for each in self.where),
            *visibility_conditions(self.scope, self.table),
        ]

    def _condition(self, name: str, comparison: str) -> ColumnElement[bool]:
        column = self.table.c[name.partition("__")[0]]
        if comparison == "none":
            return column.is_(None)
        if comparison == "one of":
            return column.in_(bindparam(f"where_{name}", expanding=True, type_=column.type))
        value = bindparam(f"where_{name}", type_=column.type)
        if comparison == "upto":
            return column <= value
        return column >= value if comparison == "since" else column == value


def shape_of(table: Table, viewer: Viewer, where: Mapping[str, object]) -> Shape:
    """The shape of a question about a table; `where` as in `bot.ports.Store`."""
    return Shape(
        table, _scope_for(viewer), tuple((name, _comparison(name, value)) for name, value in where.items())
    )


def values_of(where: Mapping[str, object]) -> dict[str, object]:
    """What fills in the bind parameters of a shape."""
    return {
        f"where_{name}": list(value) if isinstance(value, LIST) else value
        for name, value in where.items()
        if value is not None
    }


@cache
def finding(shape: Shape, order: str, *, limited: bool, claim: bool) -> Select[Any]:
    column = shape.table.c[order.removeprefix("-")]
    query = (
        select(shape.table)
        .where(*shape.conditions())
        .order_by(column.desc() if order.startswith("-") else column.asc(), shape.table.c.id)
    )
    if limited:
        query = query.limit(bindparam("row_limit", type_=Integer))
    return query.with_for_update(skip_locked=True) if claim else query


@cache
def locking(shape: Shape) -> Select[Any]:
    return select(shape.table).where(*shape.conditions()).with_for_update()


@cache
def counting(shape: Shape) -> Select[Any]:
    return select(func.count()).select_from(shape.table).where(*shape.conditions())


@cache
def inserting(table: Table) -> Insert:
    return insert(table)


@cache
def numbering(table: Table) -> Select[Any]:
    """As many new ids as `count` says, on PostgreSQL."""
    new = func.nextval(func.pg_get_serial_sequence(table.name, table.c.id.name))
    return select(new).select_from(func.generate_series(1, bindparam("count", type_=Integer)))


@cache
def newest(table: Table) -> Select[Any]:
    """The highest id, 0 where there is no row."""
    return select(func.coalesce(func.max(table.c.id), 0))


@cache
def updating(shape: Shape) -> Update:
    return update(shape.table).where(*shape.conditions())


@cache
def deleting(shape: Shape) -> Delete:
    return delete(shape.table).where(*shape.conditions())


@cache
def _scope(*, in_workspace: bool, by_member: bool) -> ViewerScope:
    return ViewerScope(
        BIND_PARAMETERS.workspace if in_workspace else None,
        BIND_PARAMETERS.member if by_member else None,
        BIND_PARAMETERS.tokens,
    )


def _scope_for(viewer: Viewer) -> ViewerScope:
    return _scope(in_workspace=viewer.workspace_id is not None, by_member=viewer.member_id is not None)


def _comparison(name: str, value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, LIST):
        return "one of"
    return name.partition("__")[2] or "equal"
