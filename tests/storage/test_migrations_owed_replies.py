"""What nobody has answered when Pairloop learns to wait for it: it waits, and nothing comes at once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from storage import migrations
from tests.storage.old_rows import move, read_rows, revisions

HOUR = 3_600_000_000  # microseconds
THEN = 1_795_000_000_000_000


def before() -> str:
    """The revision before the one that brings the table."""
    steps = revisions()
    return steps[next(n for n, step in enumerate(steps) if step == brings()) - 1]


def brings() -> str:
    scripts = ScriptDirectory.from_config(migrations._config()).walk_revisions()
    return next(script.revision for script in scripts if script.doc.startswith("owed replies:"))


def insert(engine: Engine, table: str, **values: object) -> None:
    names = ", ".join(values)
    with engine.execution_options(pairloop_write=True).begin() as connection:
        connection.execute(
            text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in values)})"), values
        )


def a_world(engine: Engine) -> None:
    """Mira mentors Tom in an active pair (1) and once did in another that has ended (2)."""
    base = {"version": 1}
    insert(engine, "workspace", id=1, **base, team_id="T1", enterprise_id="", name="Acme", bot_user_id="UBOT", claim_code="",
           created_at=THEN, sender="")  # fmt: skip
    for id_, name, tz in ((1, "Mira", "Europe/Berlin"), (2, "Tom", "America/New_York")):
        insert(engine, "member", id=id_, **base, workspace_id=1, user_id=f"U{id_}", name=name, tz=tz, locale="en-US",
               refreshed_at=THEN, is_bot=False, is_guest=False, is_deleted=False, is_foreign=False, is_admin=False,
               dm_channel="", home_hash="", full_name="")  # fmt: skip
    insert(engine, "cohort", id=1, **base, workspace_id=1, name="Spring", every_weeks=1, weekday=1, at="10:00:00",
           anchor="2026-11-24", created_at=THEN, pack="classic", open=False, state="active")  # fmt: skip
    for pair, state in ((1, "active"), (2, "ended")):
        insert(engine, "pair", id=pair, **base, workspace_id=1, cohort_id=1, asked_at=THEN, state=state, reminded=0, reason="")
        for member, role in ((1, "mentor"), (2, "mentee")):
            insert(engine, "pair_member", **base, workspace_id=1, pair_id=pair, member_id=member, role=role, consent="yes")


def asks(engine: Engine, id_: int, pair: int = 1) -> None:
    insert(engine, "ask", id=id_, version=1, workspace_id=1, pair_id=pair, member_id=2, situation="They wait",
           created_at=THEN + id_ * HOUR)  # fmt: skip


def test_what_nobody_answered_in_a_running_pair_waits_from_the_upgrade_on(engine: Engine) -> None:
    move(engine, before())
    a_world(engine)
    for id_ in (1, 2, 3):
        asks(engine, id_)
    asks(engine, 4, pair=2)
    insert(engine, "answer", version=1, workspace_id=1, pair_id=1, ask_id=1, member_id=1, kind="story", text="I waited",
           created_at=THEN)  # fmt: skip
    insert(engine, "agenda_item", version=1, workspace_id=1, pair_id=1, member_id=2, source="ask", source_id=2,
           created_at=THEN)  # fmt: skip

    now = datetime.now(UTC)
    move(engine, brings())

    (row,) = read_rows(engine)["owed_reply"]
    assert (row["kind"], row["subject_id"], row["member_id"], row["waits_id"]) == ("ask", 3, 1, 2)
    assert row["created_at"] == THEN + 3 * HOUR
    due = datetime.fromtimestamp(row["due_at"] / 1_000_000, UTC)
    assert now + timedelta(days=1) < due < now + timedelta(days=5)
    local = due.astimezone(ZoneInfo("Europe/Berlin"))
    assert (local.hour, local.minute, local.weekday() < 5) == (10, 0, True)
    assert (row["state"], row["remind_at"], row["promised"]) == ("open", row["due_at"], None)


def test_a_promise_is_kept_and_what_they_talked_of_since_waits_no_more(engine: Engine) -> None:
    move(engine, before())
    a_world(engine)
    asks(engine, 1)
    insert(engine, "session", version=1, workspace_id=1, pair_id=1, member_id=1, takeaway="Ask", created_at=THEN + 2 * HOUR)
    insert(engine, "experiment", id=1, version=1, workspace_id=1, pair_id=1, member_id=2, behaviour="ask", situation="I lead",
           until="2026-12-01", created_at=THEN, sign="", steps="", ask_when="end", state="done")  # fmt: skip
    insert(engine, "result", id=1, version=1, workspace_id=1, pair_id=1, experiment_id=1, member_id=2, adherence="did",
           created_at=THEN, told_at=THEN + 3 * HOUR, what_happened="", why="", other_changes="[]", grade="hunch")  # fmt: skip
    insert(engine, "seen", version=1, workspace_id=1, pair_id=1, result_id=1, member_id=1, answer_by="2033-01-05",
           created_at=THEN)  # fmt: skip

    move(engine, brings())

    (row,) = read_rows(engine)["owed_reply"]
    assert (row["kind"], row["subject_id"]) == ("result", 1)
    assert row["promised"] in ("2033-01-05", date(2033, 1, 5))
    assert datetime.fromtimestamp(row["due_at"] / 1_000_000, UTC) == datetime(2033, 1, 5, 17, tzinfo=UTC)
