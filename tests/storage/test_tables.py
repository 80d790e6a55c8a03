"""The schema: tables and dataclasses say the same, and migrations lead to exactly these tables."""

import dataclasses
from typing import get_type_hints

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from bot.ports import Tx
from storage.columns import table_of
from storage.engine import open_engine
from storage.migrations import current, newest, upgrade
from storage.repositories import STORES

# What the search index is made of stands in a revision by hand: SQLModel knows no such tables and columns.
OWN_TO_SEARCH = ("entry_fts", "lexemes", "ix_entry_lexemes")


@pytest.mark.parametrize("name", STORES)
def test_a_table_has_the_columns_of_its_dataclass(name: str) -> None:
    entity, row = STORES[name]

    assert {field.name for field in dataclasses.fields(entity)} == set(table_of(row).columns.keys())  # type: ignore[arg-type]  # every entity is a dataclass


@pytest.mark.parametrize("name", STORES)
def test_what_may_be_missing_in_a_dataclass_may_be_missing_in_its_table(name: str) -> None:
    entity, row = STORES[name]
    optional = {
        field for field, hint in get_type_hints(entity).items() if type(None) in getattr(hint, "__args__", ())
    }

    assert {column.name for column in table_of(row).columns if column.nullable} == optional


def test_every_store_of_the_port_has_a_table() -> None:
    stores = {field.name for field in dataclasses.fields(Tx)}

    assert stores - set(STORES) == {
        "viewer",
        "actor",
        "now",
        "real_now",
        "policy",
        "key",
        "rosters",
        "search",
        "counts",
        "_reopen",
    }


def test_every_table_of_a_thing_carries_its_workspace() -> None:
    tables = [table_of(row) for name, (_, row) in STORES.items() if name != "workspaces"]

    assert all("workspace_id" in table.columns for table in tables)


def test_migrations_lead_to_the_tables_as_they_are_declared(database_url: str) -> None:
    engine = open_engine(database_url)
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        differences = compare_metadata(context, SQLModel.metadata)
    engine.dispose()

    assert differences == []


def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    assert current(engine) == ""
    upgrade(engine)
    upgrade(engine)

    assert current(engine) == newest()
    engine.dispose()


def _ours(_thing: object, name: str | None, _kind: str, _reflected: bool, _other: object) -> bool:  # noqa: FBT001 - Alembic's signature
    return not str(name).startswith(OWN_TO_SEARCH)
