"""How the schema comes to be: Alembic revisions inside the package, applied from code, without an alembic.ini."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, Table, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - importing it fills the metadata
from bot.domain.errors import StoreUnavailable
from storage.errors import translated

VERSIONS = Path(__file__).with_name("versions")


def _config(engine: Engine | None = None, versions: Path = VERSIONS) -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
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


def require_columns(engine: Engine) -> None:
    """Raise RuntimeError where the database, at its newest revision, has not all columns that the tables declare.

    Raises StoreUnavailable.
    """
    try:
        missing = missing_columns(engine)
    except SQLAlchemyError as error:
        raise translated(error) from error
    if missing:
        raise RuntimeError(
            f"no revision in storage/migrations/versions brings {', '.join(missing)}; write one:"
            ' make migration MESSAGE="area: why"'
        )


def missing_columns(engine: Engine) -> list[str]:
    """What tables declare and the database has not, as "experiment.steps"; of a missing table its name alone."""
    with engine.connect() as connection:
        found = inspect(connection).get_multi_columns(filter_names=list(SQLModel.metadata.tables))
    there = {name: {column["name"] for column in columns} for (_, name), columns in found.items()}
    tables = sorted(SQLModel.metadata.tables.items())
    return [place for name, table in tables for place in _missing(table, there.get(name))]


def _missing(table: Table, there: set[str] | None) -> list[str]:
    if there is None:
        return [table.name]
    return [f"{table.name}.{name}" for name in table.columns.keys() if name not in there]  # noqa: SIM118 - not a dict


def write_revision(engine: Engine, message: str, versions: Path = VERSIONS) -> Path:
    """Write the next revision, for what `storage.tables` has and the (upgraded) database has not; `make migration`.

    Raises CommandError where the message is empty, or where rows that are there would have no value.
    """
    if not message:
        raise CommandError('say what for: make migration MESSAGE="experiments: why"')
    config = _config(engine, versions)
    after = ScriptDirectory.from_config(config).get_current_head() or "0"
    script = command.revision(config, message, autogenerate=True, rev_id=f"{int(after) + 1:04}")
    path = Path(script.path)  # type: ignore[union-attr]  # one revision, since autogenerate writes no more
    _tidy(path)
    return path


def _tidy(revision: Path) -> None:
    """As if by hand: no import that nothing needs, and our format. Ruff passes over revisions that are not named."""
    for order in (["check", "--fix", "--select", "F401,I001"], ["format"]):
        ruff = [sys.executable, "-m", "ruff", *order, "--quiet", "--config", "pyproject.toml", str(revision)]
        subprocess.run(ruff, check=True)  # noqa: S603 - the words are ours
