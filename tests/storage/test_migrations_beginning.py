"""A pair that began before there were three ways to begin: whoever has no goal in it is shown them, and not at once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage import migrations
from tests.storage.old_rows import move, read_rows
from tests.storage.test_migrations_owed_replies import TOM, a_world, insert


def brings() -> tuple[str, str]:
    """The revision before the one that plans them, and that one."""
    scripts = ScriptDirectory.from_config(migrations._config()).walk_revisions()
    found = next(script for script in scripts if "three ways to begin where" in script.doc)
    return str(found.down_revision), found.revision


def parts(engine: Engine) -> list[dict[str, object]]:
    return sorted(read_rows(engine)["pair_member"], key=lambda row: int(str(row["id"])))


def begun(engine: Engine) -> None:
    """The pairs stand as they did before the revision, with nothing planned."""
    move(engine, brings()[0])
    a_world(engine)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        connection.exec_driver_sql("UPDATE pair_member SET begin_at = NULL")


def another_pair(engine: Engine, pair: int) -> int:
    """Tom learns in one more pair that runs; returns the id of his part in it."""
    insert(engine, "pair", id=pair, state="active")
    insert(engine, "pair_member", pair_id=pair, member_id=TOM, role="mentee", left_at=None, begin_at=None)
    return int(str(parts(engine)[-1]["id"]))


def test_who_learns_in_a_running_pair_has_them_to_come_unless_there_is_a_goal_or_they_were_shown(
    engine: Engine,
) -> None:
    begun(engine)
    another_pair(engine, 3)
    insert(engine, "goal", pair_id=3, member_id=TOM)
    shown = another_pair(engine, 4)
    insert(engine, "outgoing", member_id=TOM, kind="goal.ways", subject_id=shown, nudge_id=None, created_at=0)
    another_pair(engine, 5)
    insert(engine, "ledger_line", pair_id=5, member_id=TOM, kind="beginning")
    now = datetime.now(UTC)
    move(engine, brings()[1])

    planned = {(row["pair_id"], row["member_id"]): row["begin_at"] for row in parts(engine)}
    assert {key for key, at in planned.items() if at is not None} == {(1, TOM)}
    begins = datetime.fromtimestamp(int(str(planned[1, TOM])) / 1_000_000, ZoneInfo("America/New_York"))
    assert (begins.hour, begins.minute) == (10, 0)
    assert timedelta(days=9) < begins - now < timedelta(days=11)
