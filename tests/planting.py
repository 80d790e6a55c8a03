"""Some row in every store, made up from the types of its fields: for tests that look at all of them."""

import dataclasses
import enum
import types
import typing
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from bot.domain.texts import Text
from bot.domain.things import THINGS
from bot.ports import Tx

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TYPED, SECRET = "zebrafinch", "quokka"
WORDS = f"{TYPED} {SECRET}"  # what stands in every text
MADE_UP = {
    datetime: NOW, date: NOW.date(), time: time(10), Decimal: Decimal(1), int: 1, bool: False, str: WORDS,
}  # fmt: skip


def plant_everywhere(tx: Tx, known: dict[str, Any], *, but: Collection[str] = ()) -> dict[str, int]:
    """A row in each store but these; returns ids by the name of the store.

    Args:
        known: values by the name of the field, such as whose it is.
    """
    known, rows = dict(known), {}
    for store, stored in THINGS.items():
        if store not in but:
            rows[store] = getattr(tx, store).insert(_a_thing(store, known)).id
            known[f"{stored.table}_id"] = rows[store]
    return rows


def _a_thing(store: str, known: dict[str, Any]) -> Any:
    entity: Any = THINGS[store].entity
    hints = typing.get_type_hints(entity, include_extras=True)
    needed = [
        field.name for field in dataclasses.fields(entity) if _is_needed(field) or _is_text(hints[field.name])
    ]
    values = {name: known[name] if name in known else _made_up(hints[name]) for name in needed}
    owned = {"pair_id", "member_id", "workspace_id", "cohort_id"} & hints.keys() - values.keys()
    return entity(**values, **{name: known[name] for name in owned})


def _is_needed(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _is_text(hint: Any) -> bool:
    """Whether people type it; they may leave it out, and then again not."""
    return any(isinstance(part, Text) for part in getattr(hint, "__metadata__", ()))


def _made_up(kind: Any) -> Any:
    if _is_text(kind):
        return WORDS
    if isinstance(kind, types.UnionType):
        return None
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return list(kind)[-1]
    return MADE_UP.get(kind, 1)
