"""What nobody has answered when Pairloop learns to wait for it: it waits, and nothing comes at once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage import migrations
from tests.storage.old_rows import move, names_of, read_rows, run, tables_of, values_for

HOUR = 3_600_000_000  # microseconds
THEN = 1_795_000_000_000_000
MIRA, TOM = 1, 2


def brings() -> tuple[str, str]:
    """The revision before the one that brings the table, and that one."""
    scripts = ScriptDirectory.from_config(migrations._config()).walk_revisions()
    *_, found = (
        script for script in scripts if script.doc.startswith("owed replies:")
    )  # the newest comes first
    return str(found.down_revision), found.revision


def insert(engine: Engine, table: str, **values: object) -> None:
    """A row in which everything is made up but these; what it points at has the id 1."""
    with engine.execution_options(pairloop_write=True).begin() as connection:
        [found] = tables_of(connection, [table])
        connection.execute(found.insert().values({**values_for(list(found.columns), 1), **values}))


def a_world(engine: Engine) -> None:
    """Mira mentors Tom in a pair (1) that runs, and did in another (2) that has ended."""
    with engine.execution_options(pairloop_write=True).begin() as connection:
        for table in reversed(tables_of(connection, names_of(connection))):
            connection.execute(table.delete())
    insert(engine, "workspace", id=1, team_id="T1")
    for member, tz in ((MIRA, "Europe/Berlin"), (TOM, "America/New_York")):
        insert(engine, "member", id=member, user_id=f"U{member}", tz=tz, is_deleted=False)
    insert(engine, "cohort", id=1, at=time(10), lead_id=None)
    for pair, state in ((1, "active"), (2, "ended")):
        insert(engine, "pair", id=pair, state=state)
        for member, role in ((MIRA, "mentor"), (TOM, "mentee")):
            insert(engine, "pair_member", pair_id=pair, member_id=member, role=role, left_at=None)


def test_what_nobody_answered_in_a_running_pair_waits_from_the_upgrade_on(engine: Engine) -> None:
    before, after = brings()
    move(engine, before)
    a_world(engine)
    for ask, pair in ((1, 1), (2, 1), (3, 1), (4, 2)):
        insert(engine, "ask", id=ask, pair_id=pair, member_id=TOM, created_at=THEN + ask * HOUR)
    insert(engine, "answer", ask_id=1, member_id=MIRA)
    insert(engine, "agenda_item", source="ask", source_id=2, session_id=None)

    now = datetime.now(UTC)
    move(engine, after)

    (row,) = read_rows(engine)["owed_reply"]
    assert (row["kind"], row["subject_id"], row["member_id"], row["waits_id"]) == ("ask", 3, MIRA, TOM)
    assert (row["state"], row["created_at"], row["promised"]) == ("open", THEN + 3 * HOUR, None)
    due = datetime.fromtimestamp(row["due_at"] / 1_000_000, ZoneInfo("Europe/Berlin"))
    assert now + timedelta(days=1) < due < now + timedelta(days=5)
    assert (due.time(), due.weekday() < 5) == (time(10), True)
    assert row["remind_at"] == row["due_at"] < row["offer_at"]


def test_a_promise_is_kept_and_what_they_talked_of_since_waits_no_more(engine: Engine) -> None:
    before, after = brings()
    move(engine, before)
    a_world(engine)
    insert(engine, "ask", id=1, member_id=TOM, created_at=THEN + HOUR)
    insert(engine, "session", created_at=THEN + 2 * HOUR)
    for experiment, told in ((1, THEN + 3 * HOUR), (2, None)):
        insert(engine, "experiment", id=experiment, member_id=TOM, goal_id=None, parent_id=None)
        insert(engine, "result", id=experiment, experiment_id=experiment, member_id=TOM, told_at=told)
    insert(engine, "seen", result_id=1, member_id=MIRA, answer_by=date(2033, 1, 5))

    move(engine, after)

    (row,) = read_rows(engine)["owed_reply"]
    assert (row["kind"], row["subject_id"], str(row["promised"])) == ("result", 1, "2033-01-05")
    evening = datetime(2033, 1, 5, 17, tzinfo=UTC)  # six o'clock in Berlin
    assert datetime.fromtimestamp(row["due_at"] / 1_000_000, UTC) == evening


def test_where_a_demos_clock_is_ahead_nothing_comes_at_once_either(engine: Engine) -> None:
    before, after = brings()
    move(engine, before)
    a_world(engine)
    insert(engine, "ask", id=1, member_id=TOM, created_at=THEN)
    ahead = datetime(2099, 1, 5, 9, tzinfo=UTC)  # a Monday
    insert(engine, "outgoing", nudge_id=None, created_at=int(ahead.timestamp()) * 1_000_000)

    move(engine, after)

    (row,) = read_rows(engine)["owed_reply"]
    assert datetime.fromtimestamp(row["due_at"] / 1_000_000, UTC) == ahead + timedelta(days=2)


def test_a_zone_that_is_unknown_here_stops_nothing(engine: Engine) -> None:
    before, after = brings()
    move(engine, before)
    a_world(engine)
    run(engine, "UPDATE member SET tz = 'nowhere' WHERE id = 1")
    insert(engine, "ask", id=1, member_id=TOM, created_at=THEN)

    move(engine, after)

    (row,) = read_rows(engine)["owed_reply"]
    assert datetime.fromtimestamp(row["due_at"] / 1_000_000, UTC).time() == time(10)
