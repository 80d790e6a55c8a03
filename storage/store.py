"""One generic store: rows of any table to the domain's frozen dataclasses and back."""

import dataclasses
import enum
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Row,
    RowMapping,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.domain.errors import NotFound, Stale
from bot.ports import Entity
from storage.sight import Sight

E = TypeVar("E", bound=Entity)
Reader = Callable[[Mapping[str, Any] | RowMapping], Any]


def _enum_of(annotation: object) -> type[enum.Enum] | None:
    """The enum in an annotation, be it plain or one of a union with None."""
    options = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    return next((o for o in options if isinstance(o, type) and issubclass(o, enum.Enum)), None)


@cache
def reader(entity: Callable[..., Any]) -> Reader:
    """A function that builds this dataclass from a row, giving enums their type back."""
    hints = typing.get_type_hints(entity)
    enums = {name: kind for name, hint in hints.items() if (kind := _enum_of(hint))}

    def read(row: Mapping[str, Any] | RowMapping) -> Any:
        values = dict(row)
        for name, kind in enums.items():
            if values[name] is not None:
                values[name] = kind(values[name])
        return entity(**values)

    return read


@cache
def _select(table: Table) -> Select[Any]:
    """All columns; built once, because building takes longer than asking."""
    return select(table)


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


class SqlStore(Generic[E]):
    """The `Store` port over one table, for one viewer; see there for what each method does."""

    def __init__(self, connection: Connection, entity: type[E], table: Table, sight: Sight) -> None:
        self._connection = connection
        self._entity = entity
        self._table = table
        self._sight = sight

    def insert(self, entity: E) -> E:
        values = dataclasses.asdict(entity)  # type: ignore[call-overload]  # every entity is a dataclass
        values.pop("id")
        self._refuse_foreign(values)
        new_id = self._connection.execute(_insert(self._table), values).inserted_primary_key[0]  # type: ignore[index]  # a row was inserted
        return self._changed(entity, id=new_id)

    def get(self, id: int, *, lock: bool = False) -> E:  # noqa: A002 - the field's own name
        query = _select(self._table).where(self._table.c.id == id, *self._sight.of(self._table))
        row = self._connection.execute(query.with_for_update() if lock else query).first()
        if row is None:
            raise NotFound(self._table.name)
        return self._read(row)

    def find(
        self, *, order: str = "id", limit: int | None = None, claim: bool = False, **where: Any
    ) -> list[E]:
        column = self._table.c[order.removeprefix("-")]
        query = (
            _select(self._table)
            .where(*self._conditions(where))
            .order_by(column.desc() if order.startswith("-") else column.asc(), self._table.c.id)
            .limit(limit)
        )
        if claim:
            query = query.with_for_update(skip_locked=True)
        return [self._read(row) for row in self._connection.execute(query)]

    def first(self, *, order: str = "id", **where: Any) -> E | None:
        return next(iter(self.find(order=order, limit=1, **where)), None)

    def count(self, **where: Any) -> int:
        query = select(func.count()).select_from(self._table).where(*self._conditions(where))
        return int(self._connection.execute(query).scalar_one())

    def update(self, entity: E) -> E:
        values = dataclasses.asdict(entity)  # type: ignore[call-overload]  # every entity is a dataclass
        id_, version = values.pop("id"), values.pop("version")
        statement = (
            update(self._table)
            .where(self._table.c.id == id_, self._table.c.version == version, *self._sight.of(self._table))
            .values(**values, version=version + 1)
        )
        if self._connection.execute(statement).rowcount != 1:
            raise Stale(self._table.name)
        return self._changed(entity, version=version + 1)

    def delete(self, entity: E) -> None:
        self._connection.execute(
            delete(self._table).where(self._table.c.id == entity.id, *self._sight.of(self._table))
        )

    def _conditions(self, where: Mapping[str, object]) -> list[ColumnElement[bool]]:
        return [
            *(self._condition(name, value) for name, value in where.items()),
            *self._sight.of(self._table),
        ]

    def _condition(self, name: str, value: object) -> ColumnElement[bool]:
        field, _, comparison = name.partition("__")
        column = self._table.c[field]
        if comparison == "upto":
            return column <= value
        if comparison == "since":
            return column >= value
        if isinstance(value, (list, tuple, set, frozenset)):
            return column.in_(value)
        return column.is_(None) if value is None else column == value

    def _refuse_foreign(self, values: Mapping[str, Any]) -> None:
        mine = self._sight.viewer.workspace_id
        if mine is not None and values.get("workspace_id", mine) != mine:
            raise NotFound(self._table.name)

    def _read(self, row: Row[Any]) -> E:
        return typing.cast("E", reader(self._entity)(row._mapping))  # noqa: SLF001 - public in SQLAlchemy despite its name

    def _changed(self, entity: E, **changes: Any) -> E:
        return dataclasses.replace(entity, **changes)  # type: ignore[type-var]  # as above
