"""How the schema comes to be: Alembic revisions inside the package, applied from code, without an alembic.ini."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import StoreUnavailable
from storage.errors import translated


def _config(engine: Engine | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest revision; nothing happens where it is there. Raises StoreUnavailable."""
    if not is_known(current(engine)):
        raise StoreUnavailable("new")
    try:
        command.upgrade(_config(engine), "head")
    except SQLAlchemyError as error:
        raise translated(error) from error


def newest() -> str:
    """The revision that this code was written for."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def is_known(revision: str) -> bool:
    """Whether this code knows the revision; a newer Pairloop may have written one that it does not."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return not revision or revision in known


def current(engine: Engine) -> str:
    """The revision that the database is at; "" for an empty one. Raises StoreUnavailable."""
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() or ""
    except SQLAlchemyError as error:
        raise translated(error) from error


def write_revision(engine: Engine, message: str) -> None:
    """Write a revision for what `storage.tables` has and the (upgraded) database has not; `make migration`."""
    command.revision(_config(engine), message=message, autogenerate=True)
