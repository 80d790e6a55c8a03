"""owed replies: what waits for somebody, since when and by when

Revision: 0014
After: 0013
On: 2026-11-21 20:11:16

Situations and results of running pairs that nobody has answered wait from now on: they are due so many working days
after the upgrade, so that nothing is brought up on the first tick. What they talked of since, or want
to talk about, waits for no reply.

Revisions run on a live database: add first, move data, take away in a later release.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


UNANSWERED = """
SELECT 'ask' AS kind, ask.id AS subject_id, ask.pair_id, ask.member_id, ask.created_at AS moment FROM ask
 WHERE NOT EXISTS (SELECT 1 FROM answer WHERE answer.ask_id = ask.id)
 AND NOT EXISTS (SELECT 1 FROM agenda_item WHERE agenda_item.source = 'ask' AND agenda_item.source_id = ask.id)
UNION ALL
SELECT 'result', result.id, result.pair_id, result.member_id, result.told_at FROM result
 WHERE result.told_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM response WHERE response.result_id = result.id)
"""
# What each waits for: a reply of everybody who mentors its writer in a pair that runs.
WAITING = f"""
SELECT pair.workspace_id, pair.id AS pair_id, mentor.id AS member_id, waits.member_id AS waits_id, waits.kind,
 waits.subject_id, waits.moment, mentor.tz, cohort.at,
 (SELECT seen.answer_by FROM seen WHERE waits.kind = 'result' AND seen.result_id = waits.subject_id
  AND seen.member_id = mentor.id) AS promised
FROM ({UNANSWERED}) AS waits
JOIN pair ON pair.id = waits.pair_id AND pair.state = 'active'
JOIN cohort ON cohort.id = pair.cohort_id
JOIN pair_member ON pair_member.pair_id = pair.id AND pair_member.left_at IS NULL
 AND pair_member.role IN ('mentor', 'both') AND pair_member.member_id <> waits.member_id
JOIN member AS mentor ON mentor.id = pair_member.member_id AND NOT mentor.is_deleted
WHERE NOT EXISTS (SELECT 1 FROM session WHERE session.pair_id = pair.id AND session.created_at > waits.moment)
ORDER BY waits.moment
"""
WITHIN = {"ask": 2, "result": 3}  # working days
OFFER_AFTER = 10
PROMISED_AT = time(18)
SATURDAY = 5


def _owed(row: Any, now: datetime) -> dict[str, Any]:
    """The row of a reply that is waited for from this moment on."""
    at = row["at"] if isinstance(row["at"], time) else time.fromisoformat(str(row["at"]))
    due = _workday(now, WITHIN[row["kind"]], at, row["tz"])
    promised = row["promised"]
    if promised is not None:
        promised = promised if isinstance(promised, date) else date.fromisoformat(str(promised))
        due = max(due, datetime.combine(promised, PROMISED_AT, _zone(row["tz"])).astimezone(UTC))
    names = ("workspace_id", "pair_id", "member_id", "waits_id", "kind", "subject_id")
    return {
        **{name: row[name] for name in names},
        "created_at": EPOCH + row["moment"] * MICROSECOND,
        "due_at": due,
        "remind_at": due,
        "offer_at": max(due, _workday(now, OFFER_AFTER, at, row["tz"])),
        "state": "open",
        "promised": promised,
        "version": 1,
    }


def _workday(now: datetime, days: int, at: time, tz: str) -> datetime:
    """So many working days later at this time of day, in UTC."""
    zone = _zone(tz)
    day = now.astimezone(zone).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day, at, zone).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    """What Slack says may be nothing that is known here; the day is then that of UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _now(connection: sa.Connection) -> datetime:
    """The calendar of whoever uses this database, which a demo's clock may have moved ahead of the machine's."""
    newest = connection.execute(sa.text("SELECT MAX(created_at) FROM outgoing")).scalar() or 0
    return max(datetime.now(UTC), EPOCH + newest * MICROSECOND)


def upgrade() -> None:
    table = op.create_table(
        "owed_reply",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("waits_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("due_at", storage.types.Moment(), nullable=False),
        sa.Column("remind_at", storage.types.Moment(), nullable=True),
        sa.Column("offer_at", storage.types.Moment(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("promised", sa.Date(), nullable=True),
        sa.Column("reminded_at", storage.types.Moment(), nullable=True),
        sa.Column("again_at", storage.types.Moment(), nullable=True),
        sa.Column("reminded_with", sa.Integer(), nullable=True),
        sa.Column("offered_with", sa.Integer(), nullable=True),
        sa.Column("closed_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_owed_reply_member_id")),
        sa.ForeignKeyConstraint(["offered_with"], ["owed_reply.id"], name=op.f("fk_owed_reply_offered_with")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_owed_reply_pair_id")),
        sa.ForeignKeyConstraint(
            ["reminded_with"], ["owed_reply.id"], name=op.f("fk_owed_reply_reminded_with")
        ),
        sa.ForeignKeyConstraint(["waits_id"], ["member.id"], name=op.f("fk_owed_reply_waits_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_owed_reply_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_reply")),
        sa.UniqueConstraint(
            "kind", "subject_id", "member_id", name=op.f("uq_owed_reply_kind_subject_id_member_id")
        ),
    )
    with op.batch_alter_table("owed_reply", schema=None) as batch_op:
        batch_op.create_index("ix_owed_reply_by", ["waits_id", "state"], unique=False)
        batch_op.create_index("ix_owed_reply_of", ["member_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_owed_reply_offer_at"), ["offer_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_owed_reply_offered_with"), ["offered_with"], unique=False)
        batch_op.create_index(batch_op.f("ix_owed_reply_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_owed_reply_remind_at"), ["remind_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_owed_reply_reminded_with"), ["reminded_with"], unique=False)
        batch_op.create_index(batch_op.f("ix_owed_reply_workspace_id"), ["workspace_id"], unique=False)
    now = _now(op.get_bind())
    rows = [_owed(row, now) for row in op.get_bind().execute(sa.text(WAITING)).mappings()]
    if rows:
        op.bulk_insert(table, rows)


def downgrade() -> None:
    with op.batch_alter_table("owed_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_owed_reply_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_owed_reply_reminded_with"))
        batch_op.drop_index(batch_op.f("ix_owed_reply_remind_at"))
        batch_op.drop_index(batch_op.f("ix_owed_reply_pair_id"))
        batch_op.drop_index(batch_op.f("ix_owed_reply_offered_with"))
        batch_op.drop_index(batch_op.f("ix_owed_reply_offer_at"))
        batch_op.drop_index("ix_owed_reply_of")
        batch_op.drop_index("ix_owed_reply_by")

    op.drop_table("owed_reply")
