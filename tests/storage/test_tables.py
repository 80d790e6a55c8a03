"""The schema: migrations lead to exactly the tables that are made of the dataclasses."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from storage.engine import open_engine
from storage.migrations import current, missing_columns, newest, upgrade

# What the search index is made of stands in a revision by hand: SQLModel knows no such tables and columns.
OWN_TO_SEARCH = ("entry_fts", "lexemes", "ix_entry_lexemes")


def test_migrations_lead_to_the_tables_as_they_are_declared(database_url: str) -> None:
    engine = open_engine(database_url)
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        differences = compare_metadata(context, SQLModel.metadata)
    missing = ", ".join(missing_columns(engine))
    engine.dispose()

    assert differences == [], (
        f"tables and revisions differ (no revision brings: {missing or 'nothing is missing'});"
        ' write one: make migration MESSAGE="area: why"'
    )


def test_a_second_upgrade_changes_nothing(database_url: str) -> None:
    engine = open_engine(database_url)
    assert current(engine) == ""
    upgrade(engine)
    upgrade(engine)

    assert current(engine) == newest()
    engine.dispose()


def _ours(_thing: object, name: str | None, _kind: str, _reflected: bool, _other: object) -> bool:  # noqa: FBT001 - Alembic's signature
    return not str(name).startswith(OWN_TO_SEARCH)
