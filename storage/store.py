"""One generic store: rows of any table to the domain's frozen dataclasses and back."""

import dataclasses
import enum
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, RowMapping, Table

from bot.domain.errors import NotFound, Stale
from bot.domain.stored import Entity
from storage.memory import Memory, question_of
from storage.statements import (
    Shape,
    counting,
    deleting,
    finding,
    inserting,
    locking,
    newest,
    numbering,
    shape_of,
    updating,
    values_of,
)
from storage.tables import without_none
from storage.visibility import RowVisibility

E = TypeVar("E", bound=Entity)
KNOWN: Mapping[str, object] = {"id": 0, "version": 0}  # what an update compares with
Reader = Callable[[Mapping[str, Any] | RowMapping], Any]


@cache
def reader(entity: Callable[..., Any]) -> Reader:
    """A function that builds this dataclass from a row, giving enums their type back."""
    kinds = {name: without_none(hint) for name, hint in typing.get_type_hints(entity).items()}
    enums = {name: kind for name, kind in kinds.items() if isinstance(kind, enum.EnumType)}

    def read(row: Mapping[str, Any] | RowMapping) -> Any:
        values = dict(row)
        for name, kind in enums.items():
            if values[name] is not None:
                values[name] = kind(values[name])
        return entity(**values)

    return read


class SqlStore(Generic[E]):
    """The `Store` port over one table, for one viewer; see there for what each method does."""

    def __init__(
        self,
        connection: Connection,
        entity: type[E],
        table: Table,
        visibility: RowVisibility,
        memory: Memory,
    ) -> None:
        self._connection = connection
        self._entity = entity
        self._table = table
        self._visibility = visibility
        self._memory = memory

    def insert(self, entity: E) -> E:
        values = dict(vars(entity))
        values.pop("id")
        self._refuse_foreign(values)
        self._memory.forget(self._table)
        new_id = self._connection.execute(inserting(self._table), values).inserted_primary_key[0]  # type: ignore[index]  # a row was inserted
        return self._changed(entity, id=new_id)

    def insert_all(self, entities: Iterable[E]) -> list[E]:
        kept = list(entities)
        if not kept:
            return []
        numbered = [
            self._changed(entity, id=new) for entity, new in zip(kept, self._new_ids(len(kept)), strict=True)
        ]
        rows = [dict(vars(entity)) for entity in numbered]
        for values in rows:
            self._refuse_foreign(values)
        self._memory.forget(self._table)
        self._connection.execute(inserting(self._table), rows)
        return numbered

    def _new_ids(self, count: int) -> Sequence[int]:
        """PostgreSQL hands them out; on SQLite, where nobody else writes meanwhile, they are counted on."""
        if self._connection.dialect.name == "postgresql":
            return self._connection.execute(numbering(self._table), {"count": count}).scalars().all()
        last = self._connection.execute(newest(self._table)).scalar_one()
        return range(last + 1, last + 1 + count)

    def get(self, id: int, *, lock: bool = False) -> E:  # noqa: A002 - the field's own name
        self._require_writer(lock=lock)
        found = self._locked(id) if lock else self.find(id=id)
        if not found:
            raise NotFound(self._table.name)
        return found[0]

    def _locked(self, id_: int) -> list[E]:
        self._memory.forget_all()
        shape, values = self._question({"id": id_})
        return [self._read(row) for row in self._connection.execute(locking(shape), values)]

    def find(
        self, *, order: str = "id", limit: int | None = None, claim: bool = False, **where: Any
    ) -> list[E]:
        self._require_writer(lock=claim)
        if claim or self._visibility.viewer.member_id is not None:
            return self._asked(where, order, limit, claim=claim)
        question = question_of(order, limit, where)
        known = self._memory.recall(self._table, question)
        if known is None:
            known = self._asked(where, order, limit)
            self._memory.keep(self._table, question, known)
        return list(known)

    def _asked(
        self, where: Mapping[str, object], order: str, limit: int | None, *, claim: bool = False
    ) -> list[E]:
        shape, values = self._question(where)
        query = finding(shape, order, limited=limit is not None, claim=claim)
        return [self._read(row) for row in self._connection.execute(query, {**values, "row_limit": limit})]

    def first(self, *, order: str = "id", **where: Any) -> E | None:
        return next(iter(self.find(order=order, limit=1, **where)), None)

    def count(self, **where: Any) -> int:
        shape, values = self._question(where)
        return int(self._connection.execute(counting(shape), values).scalar_one())

    def update(self, entity: E) -> E:
        return self.update_all([entity])[0]

    def update_all(self, entities: Iterable[E]) -> list[E]:
        kept = list(entities)
        changes = [self._change(entity) for entity in kept]
        if not changes:
            return []
        self._memory.forget(self._table)
        shape = shape_of(self._table, self._visibility.viewer, KNOWN)
        if self._connection.execute(updating(shape), changes).rowcount != len(kept):
            raise Stale(self._table.name)
        return [self._changed(entity, version=entity.version + 1) for entity in kept]

    def _change(self, entity: E) -> dict[str, object]:
        """What fills in an update of this row as it was read."""
        changed = dict(vars(entity))
        known = values_of({name: changed.pop(name) for name in KNOWN})
        return {**known, **self._visibility.parameters(self._table), **changed, "version": entity.version + 1}

    def delete(self, entity: E) -> None:
        self._memory.forget(self._table)
        shape, values = self._question({"id": entity.id})
        self._connection.execute(deleting(shape), values)

    def _question(self, where: Mapping[str, object]) -> tuple[Shape, dict[str, object]]:
        """The shape of a statement for this viewer, and what fills it in."""
        shape = shape_of(self._table, self._visibility.viewer, where)
        return shape, {**values_of(where), **self._visibility.parameters(self._table)}

    def _require_writer(self, *, lock: bool) -> None:
        """PostgreSQL locks nothing for a reader; SQLite, which does not care, must not hide that."""
        if lock and not self._connection.get_execution_options().get("pairloop_write"):
            raise RuntimeError(f"{self._table.name}: only a write may lock rows")

    def _refuse_foreign(self, values: Mapping[str, Any]) -> None:
        mine = self._visibility.viewer.workspace_id
        if mine is not None and values.get("workspace_id", mine) != mine:
            raise NotFound(self._table.name)

    def _read(self, row: Row[Any]) -> E:
        return typing.cast("E", reader(self._entity)(row._mapping))  # noqa: SLF001 - public in SQLAlchemy despite its name

    def _changed(self, entity: E, **changes: Any) -> E:
        return dataclasses.replace(entity, **changes)  # type: ignore[type-var]  # as above
