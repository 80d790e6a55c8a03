"""What people wrote stays through every migration, up and down, on both engines."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.entries import Filters
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.privacy import SYSTEM, Viewer
from bot.domain.search import parse_query
from bot.domain.things import THINGS
from bot.ports import Policy, Tx
from storage import migrations
from storage.transactions import open_transaction
from tests.storage.old_rows import (
    FIRST,
    MOVED,
    OLD_ROWS,
    move,
    read_rows,
    revisions,
    run,
    shared,
    walk_up,
)
from tests.two_workspaces import NOW

TOM = Viewer(WorkspaceId(2), MemberId(2))
NEWEST = revisions()[-1]
INDEXED = "0002"  # brings the index of the search
WITH_DEFAULT = {
    ("cohort", "state"): "active",
    ("goal", "signs"): "",
    ("insight", "tags"): "[]",
    ("member", "dm_channel"): "",
    ("member", "is_bot"): False,
    ("outgoing", "attempts"): 0,
    ("workspace", "sender"): "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a test puts a revision that comes after the newest."""
    (tmp_path / "versions").mkdir()
    return tmp_path / "versions"


@contextmanager
def opened(engine: Engine, viewer: Viewer = SYSTEM) -> Iterator[Tx]:
    with engine.execution_options(pairloop_write=True).begin() as connection:
        yield open_transaction(connection, viewer, now=NOW, real_now=NOW, policy=Policy(), key="")


def found(engine: Engine, words: str) -> list[int]:
    """The entries that Tom finds."""
    with opened(engine, TOM) as tx:
        hits = tx.search.candidates(parse_query(words).words, Filters(), 50)
    return [hit.id for hit in hits]


def after_the_newest(engine: Engine, folder: Path) -> Config:
    """Alembic with one more folder of revisions."""
    config = migrations._config(engine)
    ours = Path(migrations.__file__).parent / "versions"
    config.set_main_option("version_locations", os.pathsep.join([str(ours), str(folder)]))
    return config


def hand_written(folder: Path, *lines: str) -> None:
    head = [
        "import sqlalchemy as sa",
        "from alembic import op",
        f'revision, down_revision = "9999", "{NEWEST}"',
    ]
    body = ["def upgrade():", *(f"    {line}" for line in lines), "def downgrade():", "    pass"]
    (folder / "9999.py").write_text("\n".join([*head, *body]))


def test_the_rows_of_the_first_schema_fill_every_table_and_every_column(engine: Engine) -> None:
    rows = read_rows(engine)

    assert rows.keys() == OLD_ROWS.keys()
    assert [name for name, (full, _) in rows.items() if None in full.values()] == []


def test_what_was_written_is_there_after_every_revision(engine: Engine) -> None:
    for before, step in walk_up(engine):
        assert all(before.values())
        kept = {name: rows for name, rows in before.items() if name not in MOVED.get(step, ())}
        assert shared(read_rows(engine), kept) == kept, step


def test_a_message_that_was_there_is_due_since_it_was_written(engine: Engine) -> None:
    move(engine, "0007")

    moments = [(row["due_at"], row["created_at"]) for row in read_rows(engine)["outgoing"]]
    assert len(moments) == 2
    assert all(due == written for due, written in moments)


def test_what_is_held_back_is_posted_by_a_pairloop_that_cannot_hold_it_back(grown: Engine) -> None:
    run(grown, "UPDATE outgoing SET state = 'held'")

    move(grown, "0006")

    assert {row["state"] for row in read_rows(grown)["outgoing"]} == {"planned"}


def test_the_way_back_gives_every_revision_what_it_had(engine: Engine) -> None:
    had = [before for before, _ in walk_up(engine)]

    for step, before in zip(revisions()[-2::-1], reversed(had), strict=True):
        move(engine, step)
        assert read_rows(engine) == before, step


def test_the_way_back_ends_with_nothing(grown: Engine) -> None:

    move(grown, "base")

    assert read_rows(grown) == {}


def test_old_rows_are_read_as_what_they_are_and_written_back_as_they_were(grown: Engine) -> None:
    before = read_rows(grown)

    with opened(grown) as tx:
        for name, stored in THINGS.items():
            store = getattr(tx, name)
            changed = [store.update(thing) for thing in store.find()]
            assert len(changed) == len(before[stored.table]) > 0, name

    risen = [
        [{**row, "version": row["version"] + 1} for row in rows if "version" in row]
        for rows in before.values()
    ]
    after = [[row for row in rows if "version" in row] for rows in read_rows(grown).values()]
    assert after == risen


@pytest.mark.parametrize("revision", [FIRST, INDEXED])
def test_old_entries_are_found_and_found_anew_when_they_change(grown: Engine, revision: str) -> None:
    move(grown, revision)
    move(grown, NEWEST)
    assert found(grown, "question") == [2]

    run(grown, "UPDATE entry SET tokens = 'calm' WHERE id = 2")

    assert (found(grown, "question"), found(grown, "calm")) == ([], [2])


def test_a_written_revision_gives_the_rows_that_are_there_the_default(engine: Engine, folder: Path) -> None:
    move(engine, NEWEST)
    run(engine, *(f"ALTER TABLE {table} DROP COLUMN {column}" for table, column in WITH_DEFAULT))

    config = after_the_newest(engine, folder)
    command.revision(config, "again", autogenerate=True, version_path=str(folder))
    command.upgrade(config, "head")

    rows = read_rows(engine)
    given = {place: [row[place[1]] for row in rows[place[0]]] for place in WITH_DEFAULT}
    assert given == {place: [default, default] for place, default in WITH_DEFAULT.items()}


def test_a_required_column_without_a_default_is_refused_by_its_name(engine: Engine, folder: Path) -> None:
    move(engine, NEWEST)
    run(engine, "ALTER TABLE cohort DROP COLUMN name")

    with pytest.raises(CommandError, match=r"cohort\.name"):
        command.revision(
            after_the_newest(engine, folder), "name", autogenerate=True, version_path=str(folder)
        )


def test_a_revision_that_fails_leaves_everything_as_it_was(grown: Engine, folder: Path) -> None:
    before = read_rows(grown)
    hand_written(
        folder,
        "op.add_column('member', sa.Column('pet', sa.String(), nullable=True))",
        "op.add_column('member', sa.Column('mood', sa.String(), nullable=False))",
    )

    with pytest.raises(SQLAlchemyError, match=r"mood|NOT NULL"):
        command.upgrade(after_the_newest(grown, folder), "head")

    assert read_rows(grown) == before
    assert migrations.current(grown) == NEWEST


def test_a_revision_may_rebuild_a_table_that_others_point_at(grown: Engine, folder: Path) -> None:
    before = read_rows(grown)
    hand_written(
        folder,
        "with op.batch_alter_table('member') as batch:",
        "    batch.drop_column('home_hash')",
    )

    command.upgrade(after_the_newest(grown, folder), "head")

    after = read_rows(grown)
    assert "home_hash" not in after["member"][0]
    assert shared(before, after) == after


def test_a_revision_that_leaves_something_pointing_nowhere_is_refused(grown: Engine, folder: Path) -> None:
    before = read_rows(grown)
    hand_written(folder, "op.execute('DELETE FROM member WHERE id = 2')")

    with pytest.raises(SQLAlchemyError, match="member"):
        command.upgrade(after_the_newest(grown, folder), "head")

    assert read_rows(grown) == before


def test_after_a_migration_the_engine_watches_over_references_again(engine: Engine) -> None:
    migrations.upgrade(engine)

    with pytest.raises(SQLAlchemyError, match=r"(?i)foreign key"):
        run(engine, "DELETE FROM member WHERE id = 2")
