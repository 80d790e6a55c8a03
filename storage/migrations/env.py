"""What Alembic runs: our tables against the engine that `storage.migrations` hands over."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - importing it fills the metadata


def written_by_hand(name: str | None) -> bool:
    """The search index (revision 0002), which no table class stands for."""
    return name in ("lexemes", "ix_entry_lexemes") or str(name).startswith("entry_fts")


def include_object(_object: object, name: str | None, _kind: str, reflected: bool, _other: Any) -> bool:  # noqa: FBT001 - Alembic's signature
    return not (reflected and written_by_hand(name))


engine = context.config.attributes["engine"]

with engine.execution_options(pairloop_write=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        include_object=include_object,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
