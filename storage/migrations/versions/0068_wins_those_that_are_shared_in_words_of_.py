"""wins: those that are shared, in words of their own

Revision: 0068
After: 0067
On: 2026-11-22 23:32:59

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_win",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_shared_win_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_shared_win_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_shared_win_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_win")),
        sa.UniqueConstraint(
            "pair_id", "source", "source_id", name=op.f("uq_shared_win_pair_id_source_source_id")
        ),
    )
    with op.batch_alter_table("shared_win", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_win_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_win_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shared_win", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_win_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_shared_win_pair_id"))

    op.drop_table("shared_win")
