"""goals: a goal's number is an indicator, and a series from its first day

Revision: 0022
After: 0021
On: 2026-11-21 21:20:00

Where the number stood becomes its first reading, on the day that the goal was set. On the way back the goal has its name,
where it stood then and what is hoped for; what was noted since goes.

Revisions run on a live database: add first, move data, take away in a later release. Here what is taken away goes with
the move, for nothing reads it any more.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBERS = sa.text(
    "SELECT goal.id, goal.workspace_id, goal.pair_id, goal.member_id, goal.created_at, goal.number_name,"
    " goal.number_now, goal.number_target, member.tz FROM goal JOIN member ON member.id = goal.member_id"
    " WHERE goal.number_name <> '' ORDER BY goal.id"
)
INDICATOR = sa.text(
    "INSERT INTO indicator (version, workspace_id, pair_id, name, unit, baseline, target, kind, direction, goal_id)"
    " VALUES (1, :workspace_id, :pair_id, :number_name, '', :number_now, :number_target, 'number', :direction, :id)"
)
START = sa.text(
    "INSERT INTO reading (version, workspace_id, pair_id, indicator_id, member_id, day, at, value, phase, arm, source,"
    " note) SELECT 1, :workspace_id, :pair_id, indicator.id, :member_id, :day, :created_at, :number_now, 'before',"
    " 'none', 'start', '' FROM indicator WHERE indicator.goal_id = :id AND indicator.experiment_id IS NULL"
).bindparams(sa.bindparam("day", type_=sa.Date()))
OF_GOALS = "SELECT id FROM indicator WHERE experiment_id IS NULL AND goal_id IS NOT NULL"
HELD = (("number_name", "name"), ("number_now", "baseline"), ("number_target", "target"))


def upgrade() -> None:
    connection = op.get_bind()
    for row in connection.execute(NUMBERS).mappings().all():
        connection.execute(INDICATOR, {**row, "direction": _direction(row)})
        if row["number_now"] is not None:
            connection.execute(START, {**row, "day": _day(row)})
    with op.batch_alter_table("goal") as table:
        for name, _ in HELD:
            table.drop_column(name)


def downgrade() -> None:
    with op.batch_alter_table("goal") as table:
        table.add_column(sa.Column("number_name", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("number_now", storage.types.Exact(), nullable=True))
        table.add_column(sa.Column("number_target", storage.types.Exact(), nullable=True))
    for name, held in HELD:
        op.execute(
            f"UPDATE goal SET {name} = (SELECT indicator.{held} FROM indicator WHERE indicator.goal_id = goal.id"
            " AND indicator.experiment_id IS NULL) WHERE EXISTS (SELECT 1 FROM indicator"
            " WHERE indicator.goal_id = goal.id AND indicator.experiment_id IS NULL)"
        )
    op.execute(f"DELETE FROM reading WHERE indicator_id IN ({OF_GOALS})")
    op.execute(f"DELETE FROM indicator WHERE id IN ({OF_GOALS})")


def _day(row: Any) -> Any:
    """The day of the writer's calendar; moments are microseconds since 1970."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=row["created_at"])
    return moment.astimezone(_zone(row["tz"])).date()


def _zone(name: str) -> tzinfo:
    """What Slack says may be nothing that is known here; the day is then that of UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _direction(row: Any) -> str | None:
    if row["number_now"] is None or row["number_target"] is None:
        return None
    start, hoped = Decimal(row["number_now"]), Decimal(row["number_target"])
    return None if start == hoped else "up" if hoped > start else "down"
