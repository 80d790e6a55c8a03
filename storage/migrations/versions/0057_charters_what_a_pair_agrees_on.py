"""charters: what a pair agrees on

Revision: 0057
After: 0056
On: 2026-11-22 17:01:42

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "charter",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("often", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("expects", sa.Text(), nullable=False),
        sa.Column("missed", sa.Text(), nullable=False),
        sa.Column("stays_between", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("said_yes", storage.types.Words(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("agreed_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_charter_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_charter_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_charter_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charter")),
    )
    with op.batch_alter_table("charter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_charter_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_charter_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "feedback_wish",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("moment", sa.String(), nullable=True),
        sa.Column("tone", sa.String(), nullable=True),
        sa.Column("manner", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_feedback_wish_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_feedback_wish_pair_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_feedback_wish_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_wish")),
        sa.UniqueConstraint("pair_id", "member_id", name=op.f("uq_feedback_wish_pair_id_member_id")),
    )
    with op.batch_alter_table("feedback_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_wish_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_wish_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedback_wish_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("feedback_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_wish_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_wish_pair_id"))
        batch_op.drop_index(batch_op.f("ix_feedback_wish_member_id"))

    op.drop_table("feedback_wish")
    with op.batch_alter_table("charter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_charter_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_charter_pair_id"))

    op.drop_table("charter")
