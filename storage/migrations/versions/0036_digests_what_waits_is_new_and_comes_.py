"""digests: what waits, is new and comes, once a day

Revision: 0036
After: 0035
On: 2026-11-22 02:50:07

Revisions run on a live database: add first, move data, take away in a later release.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due_at", storage.types.Moment(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("sent_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_digest_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_digest_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("member_id", "day", name=op.f("uq_digest_member_id_day")),
    )
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.create_index("ix_digest_age", ["sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_digest_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_digest_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "digest_line",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_digest_line_digest_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_digest_line_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_digest_line_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_line")),
        sa.UniqueConstraint(
            "member_id", "kind", "subject_id", name=op.f("uq_digest_line_member_id_kind_subject_id")
        ),
    )
    with op.batch_alter_table("digest_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_line_digest_id"), ["digest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_digest_line_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest", sa.String(), server_default="auto", nullable=False))
    _begin()


def _begin() -> None:
    """Who mentors three already has one to come; what is in it is looked at when it is due."""
    member, other, pair = (sa.table(name, *_columns(names)) for name, names in _READ)
    mine, theirs = member.alias("mine"), other.alias("theirs")
    now = sa.literal(datetime.now(UTC), storage.types.Moment())
    today = sa.literal(datetime.now(UTC).date(), sa.Date())
    found = (
        sa.select(mine.c.workspace_id, mine.c.member_id, now, today, now, sa.false(), sa.literal(1))
        .join(pair, pair.c.id == mine.c.pair_id)
        .join(theirs, sa.and_(theirs.c.pair_id == pair.c.id, theirs.c.member_id != mine.c.member_id))
        .where(pair.c.state == "active", mine.c.left_at.is_(None), theirs.c.left_at.is_(None))
        .where(mine.c.role.in_(("mentor", "both")), theirs.c.role.in_(("mentee", "both")))
        .group_by(mine.c.workspace_id, mine.c.member_id)
        .having(sa.func.count(theirs.c.member_id.distinct()) >= 3)
    )
    new = ("workspace_id", "member_id", "created_at", "day", "due_at", "alone", "version")
    op.execute(sa.insert(sa.table("digest", *_columns(new))).from_select(list(new), found))


def _columns(names: Iterable[str]) -> "list[sa.ColumnClause[Any]]":
    return [sa.column(name) for name in names]


_MEMBERSHIP = ("pair_member", ("workspace_id", "member_id", "pair_id", "role", "left_at"))
_READ = (_MEMBERSHIP, _MEMBERSHIP, ("pair", ("id", "state")))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("digest")

    with op.batch_alter_table("digest_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_line_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_digest_line_digest_id"))

    op.drop_table("digest_line")
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_digest_due_at"))
        batch_op.drop_index("ix_digest_age")

    op.drop_table("digest")
