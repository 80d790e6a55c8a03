"""What Alembic runs: our tables against the engine that `storage.migrations` hands over."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - importing it fills the metadata

engine = context.config.attributes["engine"]

with engine.execution_options(pairloop_write=True).connect() as connection:
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
