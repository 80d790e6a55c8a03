"""readings: every number is a series from its first day

Revision: 0011
After: 0010
On: 2026-11-21 20:10:00

Where a number stood when it was promised becomes its first reading, on that day; what was told with a result stays a
reading, on the day that it was told. A try that goes on from another one goes on with its numbers, by their names: what
its form had taken over from there unchanged is no reading of its own. On the way back only what was told with a result
stays, the newest of each number.

Revisions run on a live database: add first, move data, take away in a later release.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBERS = sa.text(
    "SELECT i.id, i.workspace_id, i.pair_id, i.experiment_id, i.name, i.baseline, i.target, e.parent_id, e.member_id,"
    " e.created_at, m.tz FROM indicator i JOIN experiment e ON e.id = i.experiment_id"
    " JOIN member m ON m.id = e.member_id ORDER BY i.id"
)
TOLD = sa.text(
    "SELECT reading.id, result.member_id, COALESCE(result.told_at, result.created_at) AS at, member.tz FROM reading"
    " JOIN result ON result.id = reading.result_id JOIN member ON member.id = result.member_id"
)
WHEN_TOLD = sa.text("UPDATE reading SET member_id = :member_id, at = :at, day = :day WHERE id = :id").bindparams(
    sa.bindparam("day", type_=sa.Date())
)
START = sa.text(
    "INSERT INTO reading (version, workspace_id, pair_id, indicator_id, member_id, day, at, value, phase, arm, source,"
    " note) VALUES (1, :workspace_id, :pair_id, :id, :member_id, :day, :at, :baseline, :phase, 'none', 'start', '')"
).bindparams(sa.bindparam("day", type_=sa.Date()))
SERIES = sa.text("UPDATE indicator SET direction = :direction, series_id = :series_id WHERE id = :id")
BACK = (
    "DELETE FROM reading WHERE result_id IS NULL",
    "DELETE FROM reading WHERE EXISTS (SELECT 1 FROM reading AS newer WHERE newer.result_id = reading.result_id"
    " AND newer.indicator_id = reading.indicator_id AND newer.id > reading.id)",
    "DELETE FROM reading WHERE indicator_id IN (SELECT id FROM indicator WHERE experiment_id IS NULL)",
    "DELETE FROM indicator WHERE experiment_id IS NULL",
)
POINTS_AT = (("goal_id", "goal"), ("series_id", "indicator"))


def upgrade() -> None:
    with op.batch_alter_table("indicator") as table:
        table.alter_column("experiment_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("kind", sa.String(), server_default="number", nullable=False))
        table.add_column(sa.Column("direction", sa.String(), nullable=True))
        for name, pointed_at in POINTS_AT:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_indicator_{name}"), pointed_at, [name], ["id"])
            table.create_index(op.f(f"ix_indicator_{name}"), [name])
    with op.batch_alter_table("reading") as table:
        table.drop_constraint("uq_reading_result_id_indicator_id", type_="unique")
        table.alter_column("result_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("member_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("day", sa.Date(), nullable=True))
        table.add_column(sa.Column("at", storage.types.Moment(), nullable=True))
        for name, preset in (("phase", "during"), ("arm", "none"), ("source", "result")):
            table.add_column(sa.Column(name, sa.String(), server_default=preset, nullable=False))
        table.add_column(sa.Column("note", sa.Text(), server_default="", nullable=False))
    _move(op.get_bind())
    with op.batch_alter_table("reading") as table:
        for name, kind in (("member_id", sa.Integer()), ("day", sa.Date()), ("at", storage.types.Moment())):
            table.alter_column(name, existing_type=kind, nullable=False)
        table.create_foreign_key(op.f("fk_reading_member_id"), "member", ["member_id"], ["id"])
        table.create_index(op.f("ix_reading_indicator_id"), ["indicator_id"])
        table.create_index(op.f("ix_reading_result_id"), ["result_id"])


def downgrade() -> None:
    for statement in BACK:
        op.execute(statement)
    with op.batch_alter_table("reading") as table:
        table.drop_index(op.f("ix_reading_result_id"))
        table.drop_index(op.f("ix_reading_indicator_id"))
        table.drop_constraint(op.f("fk_reading_member_id"), type_="foreignkey")
        for name in ("note", "source", "arm", "phase", "at", "day", "member_id"):
            table.drop_column(name)
        table.alter_column("result_id", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint("uq_reading_result_id_indicator_id", ["result_id", "indicator_id"])
    with op.batch_alter_table("indicator") as table:
        for name, _ in reversed(POINTS_AT):
            table.drop_index(op.f(f"ix_indicator_{name}"))
            table.drop_constraint(op.f(f"fk_indicator_{name}"), type_="foreignkey")
            table.drop_column(name)
        table.drop_column("direction")
        table.drop_column("kind")
        table.alter_column("experiment_id", existing_type=sa.Integer(), nullable=False)


def _move(connection: sa.Connection) -> None:
    for row in connection.execute(TOLD).mappings().all():
        connection.execute(WHEN_TOLD, {**row, "day": _day(row)})
    numbers: dict[tuple[int, str], Any] = {}
    roots: dict[int, int] = {}
    for row in connection.execute(NUMBERS).mappings().all():
        earlier = numbers.get((row["parent_id"], row["name"].casefold()))
        numbers[row["experiment_id"], row["name"].casefold()] = row
        roots[row["id"]] = roots[earlier["id"]] if earlier else row["id"]
        series = roots[row["id"]] if earlier else None
        connection.execute(SERIES, {"id": row["id"], "direction": _direction(row), "series_id": series})
        if row["baseline"] is not None and not (earlier and earlier["baseline"] == row["baseline"]):
            phase = "during" if earlier else "before"
            connection.execute(START, {**row, "at": row["created_at"], "day": _day(row), "phase": phase})


def _day(row: Any) -> Any:
    """The day of the writer's calendar; moments are microseconds since 1970."""
    at = row["at"] if "at" in row else row["created_at"]
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(_zone(row["tz"])).date()


def _zone(name: str) -> tzinfo:
    """What Slack says may be nothing that is known here; the day is then that of UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _direction(row: Any) -> str | None:
    if row["baseline"] is None or row["target"] is None or Decimal(row["baseline"]) == Decimal(row["target"]):
        return None
    return "up" if Decimal(row["target"]) > Decimal(row["baseline"]) else "down"
