"""ledger: what came by itself, and why; members: how much of it

Revision: 0025
After: 0024
On: 2026-11-21 23:41:15

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_line",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("at", storage.types.Moment(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("held_until", storage.types.Moment(), nullable=True),
        sa.Column("posted", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_ledger_line_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_ledger_line_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_ledger_line_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_line")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_line_key")),
    )
    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_line_age", ["at"], unique=False)
        batch_op.create_index("ix_ledger_line_member", ["member_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_line_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_line_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("intensity", sa.String(), server_default="normal", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("intensity")

    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_line_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_line_pair_id"))
        batch_op.drop_index("ix_ledger_line_member")
        batch_op.drop_index("ix_ledger_line_age")

    op.drop_table("ledger_line")
