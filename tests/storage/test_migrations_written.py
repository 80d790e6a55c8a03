"""What `make migration` writes, and what is said where nobody called it."""

import dataclasses
import re
import shutil
import typing
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy import Engine, MetaData
from sqlmodel import SQLModel

from bot import bootstrap
from bot.clock import SystemClock
from bot.domain.experiments import EXPERIMENTS, AskWhen
from bot.domain.texts import Text
from bot.settings import read_settings
from storage import migrations
from storage.engine import open_engine
from storage.tables import _column
from tests.storage.old_rows import move, read_rows, revisions, run

NEWEST = revisions()[-1]


@dataclasses.dataclass
class More:
    """What an experiment has besides, in a Pairloop of some later day."""

    mantra: Annotated[str, Text(300)] = ""
    place: str = "anywhere"
    mood: AskWhen = AskWhen.MIDWAY
    day: date | None = None
    met_at: datetime | None = None
    urgent: bool = False


WRITTEN = f'''"""experiments: why

Revision: NEXT
After: {NEWEST}
On: WHEN

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "NEXT"
down_revision = "{NEWEST}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mantra", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("place", sa.String(), server_default="anywhere", nullable=False))
        batch_op.add_column(sa.Column("mood", sa.String(), server_default="midway", nullable=False))
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("met_at", storage.types.Moment(), nullable=True))
        batch_op.add_column(sa.Column("urgent", sa.Boolean(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.drop_column("urgent")
        batch_op.drop_column("met_at")
        batch_op.drop_column("day")
        batch_op.drop_column("mood")
        batch_op.drop_column("place")
        batch_op.drop_column("mantra")
'''


@pytest.fixture
def more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables as they are declared, and an experiment with more columns."""
    tables = MetaData(naming_convention=SQLModel.metadata.naming_convention)
    for table in SQLModel.metadata.tables.values():
        table.to_metadata(tables)
    hints = typing.get_type_hints(More, include_extras=True)
    for field in dataclasses.fields(More):
        tables.tables["experiment"].append_column(_column(EXPERIMENTS, field, hints[field.name]))
    monkeypatch.setattr(SQLModel, "metadata", tables)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Our revisions, where a test can write the next one."""
    return Path(shutil.copytree(migrations.VERSIONS, tmp_path / "copied"))


@pytest.mark.usefixtures("more")
def test_a_written_revision_is_ready_to_commit_and_goes_up_and_down(grown: Engine, copied: Path) -> None:
    before = read_rows(grown)

    path = migrations.write_revision(grown, "experiments: why", copied)

    written = re.sub("(?m)^On: .*-.*:..$", "On: WHEN", path.read_text(encoding="utf-8"))
    following = f"{int(NEWEST) + 1:04}"
    assert path.name == f"{following}_experiments_why.py"
    assert written == WRITTEN.replace("NEXT", following)

    config = migrations._config(grown, copied)
    command.upgrade(config, "head")
    new = {
        "mantra": "",
        "place": "anywhere",
        "mood": "midway",
        "day": None,
        "met_at": None,
        "urgent": False,
    }
    after = read_rows(grown)
    assert after["experiment"] == [{**row, **new} for row in before["experiment"]]
    migrations.require_columns(grown)
    command.downgrade(config, NEWEST)
    assert read_rows(grown) == before


def test_a_revision_that_nothing_is_said_about_is_refused(engine: Engine, copied: Path) -> None:
    with pytest.raises(CommandError, match="MESSAGE"):
        migrations.write_revision(engine, "", copied)


@pytest.mark.usefixtures("more")
def test_columns_that_no_revision_brings_are_named_with_what_to_do(engine: Engine) -> None:
    move(engine, NEWEST)

    with pytest.raises(
        RuntimeError, match=r"brings experiment\.mantra, .*experiment\.urgent; .*make migration"
    ):
        migrations.require_columns(engine)


def test_a_table_that_no_revision_brings_is_named(engine: Engine) -> None:
    move(engine, NEWEST)
    run(engine, "DROP TABLE audit")

    with pytest.raises(RuntimeError, match="brings audit;"):
        migrations.require_columns(engine)


async def test_a_pairloop_with_a_column_that_no_revision_brings_does_not_start(database_url: str) -> None:
    engine = open_engine(database_url)
    migrations.upgrade(engine)
    run(engine, "ALTER TABLE experiment DROP COLUMN steps")
    engine.dispose()
    settings = read_settings(None, bot_token="xoxb-1", app_token="xapp-1", database_url=database_url)

    with pytest.raises(RuntimeError, match=r"brings experiment\.steps; .*make migration"):
        await bootstrap.start(settings, SystemClock())
