"""What Alembic runs: our tables against the engine that `storage.migrations` hands over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlmodel import AutoString, SQLModel

import storage.tables  # importing it fills the metadata
import storage.types
from storage.migrations.defaults import give_defaults


def written_by_hand(name: str | None) -> bool:
    """The search index (revision 0002), which no table class stands for."""
    return name in ("lexemes", "ix_entry_lexemes") or str(name).startswith("entry_fts")


def include_object(_object: object, name: str | None, _kind: str, reflected: bool, _other: Any) -> bool:  # noqa: FBT001 - Alembic's signature
    return not (reflected and written_by_hand(name))


def render_item(kind: str, item: Any, written: AutogenContext) -> str | Literal[False]:
    """How a revision says a type: SQLModel's own text as SQLAlchemy's, ours from where it stands, else as usual."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and type(item).__module__ == storage.types.__name__:
        written.imports.add("import storage.types")
        return f"storage.types.{type(item).__name__}()"
    return False


@contextmanager
def references_unwatched(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by building it anew, and would not let go of an old one that others point at.

    So it looks at the end whether everything still points somewhere (sqlite.org/lang_altertable.html, section 7). The
    switch works outside of transactions only, hence past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.rollback()  # nothing, where all went well
        driver.execute("PRAGMA foreign_keys = ON")


def refuse_loose_ends(connection: Connection) -> None:
    """Raises IntegrityError where SQLite has a row that points nowhere."""
    if connection.dialect.name == "sqlite" and (
        loose := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    ):
        tables = ", ".join(sorted({f"{row.table} points at {row.parent}" for row in loose}))
        raise IntegrityError("PRAGMA foreign_key_check", None, ValueError(tables))


engine = context.config.attributes["engine"]

with (
    engine.execution_options(pairloop_write=True).connect() as connection,
    references_unwatched(connection),
):
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        include_object=include_object,
        render_item=render_item,
        process_revision_directives=give_defaults,
        transactional_ddl=True,  # all of it or nothing: SQLite can, since we begin its transactions ourselves
    )
    with context.begin_transaction():
        context.run_migrations()
        refuse_loose_ends(connection)
    connection.commit()
