"""Databases of earlier revisions with rows in them: two in every table, one with all columns filled, one with few.

`old_rows.json` is what the first schema held, as it was stored; it stays as it is. What later revisions added is
filled in by its kind, so a new revision is tested without a line here.
"""

import enum
import json
import typing
from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Time,
    inspect,
    text,
)

from bot.domain.things import THINGS
from storage import migrations
from storage.engine import open_engine
from storage.tables import without_none

Rows = dict[str, list[dict[str, Any]]]


def revision_called(name: str) -> str:
    """The number of a revision by the name of its file."""
    (path,) = migrations.VERSIONS.glob(f"*_{name}.py")
    return path.name.partition("_")[0]


FIRST = "0001"
OLD_ROWS: Rows = json.loads(Path(__file__).with_name("old_rows.json").read_text(encoding="utf-8"))
HINTS = {stored.table: typing.get_type_hints(stored.entity) for stored in THINGS.values()}
# The tables in which a revision changes what is there, on purpose, and has tests of its own for it.
MOVED = {
    "0003": {"entry", "insight"},
    revision_called("readings_over_time"): {"reading"},
    revision_called("goal_numbers"): {"goal", "indicator", "reading"},
}
LISTS = {tuple[str, ...]: '["größe"]', tuple[date, ...]: '["2026-11-24"]'}
NOT_OURS = ("alembic_version", "entry_fts")


@cache
def revisions() -> list[str]:
    """Every revision, from the first to the newest."""
    scripts = ScriptDirectory.from_config(migrations._config())
    return [script.revision for script in scripts.walk_revisions()][::-1]


def move(engine: Engine, revision: str) -> None:
    """Bring the schema up or down to a revision or "base"."""
    steps = ["base", *revisions()]
    here, there = steps.index(migrations.current(engine) or "base"), steps.index(revision)
    if here < there:
        command.upgrade(migrations._config(engine), revision)
    elif there < here:
        command.downgrade(migrations._config(engine), revision)


def names_of(connection: Connection) -> list[str]:
    """The tables that are in this database."""
    return [name for name in inspect(connection).get_table_names() if not name.startswith(NOT_OURS)]


def tables_of(connection: Connection, names: list[str]) -> list[Table]:
    """These tables as they are in this database, those that others point at first."""
    metadata = MetaData()
    metadata.reflect(connection, only=names)
    return [table for table in metadata.sorted_tables if table.name in names]


def _fill_first(engine: Engine) -> None:
    """Rows for an empty database of the first revision."""
    with engine.execution_options(pairloop_write=True).begin() as connection:
        for table in tables_of(connection, names_of(connection)):
            for row in OLD_ROWS[table.name]:
                connection.execute(table.insert(), {name: parsed(table.c[name], row[name]) for name in row})


def fill_new(engine: Engine, before: Rows) -> None:
    """Rows for the tables, and values for the columns, that came since `before` was read."""
    with engine.execution_options(pairloop_write=True).begin() as connection:
        grown = [name for name in names_of(connection) if columns_of(connection, name) - known(before, name)]
        for table in tables_of(connection, grown):
            if table.name not in before:
                moved = len(connection.execute(table.select()).all())
                for number in range(moved + 1, 3):
                    connection.execute(table.insert(), values_for(list(table.c), number))
            elif new := [c for c in table.c if c.name not in before[table.name][0] and c.computed is None]:
                key = next(iter(table.primary_key))
                first = connection.execute(table.select().order_by(key)).mappings().all()[0]
                connection.execute(table.update().where(key == first[key.name]), values_for(new, 1))


def columns_of(connection: Connection, name: str) -> set[str]:
    return set(connection.execute(text(f"SELECT * FROM {name} LIMIT 0")).keys())  # noqa: S608 - our own table


def known(rows: Mapping[str, list[dict[str, Any]]], name: str) -> set[str]:
    return set(rows[name][0]) if name in rows else set()


def read_rows(engine: Engine) -> Rows:
    """Everything that is there, in its order, as the database keeps it."""
    with engine.connect() as connection:
        return {name: rows_of(connection, name) for name in names_of(connection)}


def rows_of(connection: Connection, name: str) -> list[dict[str, Any]]:
    """The rows of a table by their first column, which is their key."""
    found = connection.execute(text(f"SELECT * FROM {name} ORDER BY 1")).mappings()  # noqa: S608 - our own table
    return [dict(row) for row in found]


def walk_up(engine: Engine) -> Iterator[tuple[Rows, str]]:
    """Go through all revisions, with what was there before each of them; what it brings is filled in afterwards."""
    for step in revisions()[1:]:
        before = read_rows(engine)
        move(engine, step)
        yield before, step
        fill_new(engine, before)


def begin(engine: Engine) -> None:
    """The first revision in an empty database, with rows in every table."""
    move(engine, FIRST)
    _fill_first(engine)


def grow(url: str) -> None:
    """The newest revision in an empty database, by all revisions, with rows and what each of them brought filled in."""
    engine = open_engine(url)
    begin(engine)
    for _ in walk_up(engine):
        pass
    engine.dispose()


def run(engine: Engine, *statements: str) -> None:
    with engine.execution_options(pairloop_write=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def shared(rows: Rows, others: Rows) -> Rows:
    """These rows with those tables and columns alone that the others have, too."""
    return {
        name: [{key: value for key, value in row.items() if key in others[name][0]} for row in rows[name]]
        for name in rows
        if name in others
    }


def parsed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return time.fromisoformat(value) if isinstance(column.type, Time) else value


def values_for(columns: list[Column[Any]], number: int) -> dict[str, Any]:
    return {column.name: value_for(column, number) for column in columns if column.name != "id"}


def value_for(column: Column[Any], number: int) -> Any:
    """A value that the column can hold: of the enum or list that the code has for it today, else of its type."""
    if column.foreign_keys:
        return number
    hint = without_none(HINTS.get(column.table.name, {}).get(column.name))
    if isinstance(hint, enum.EnumType):
        return next(iter(hint)).value
    if hint in LISTS:
        return LISTS[hint]
    for kind_of_column, value in (
        (Boolean, True),
        (Date, date(2026, 11, 24)),
        (Time, time(10, 30)),
        (Float, 1.5),
        (LargeBinary, bytes([number]) * 512),
        (Integer, 1_795_000_000_000_000 if "BIGINT" in str(column.type) else number),
    ):
        if isinstance(column.type, kind_of_column):
            return value
    return f"{number}.50"  # a text, and a decimal as well
