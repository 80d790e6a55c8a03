"""drifts: whether a goal still is one is asked once for each cause

Revision: 0012
After: 0011
On: 2026-11-21 20:46:17

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goal_drift",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("settled_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_drift_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_goal_drift_member_id")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_goal_drift_occurrence_id")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_goal_drift_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_goal_drift_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_drift")),
        sa.UniqueConstraint("goal_id", "cause", "about", name=op.f("uq_goal_drift_goal_id_cause_about")),
    )
    with op.batch_alter_table("goal_drift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_drift_occurrence_id"), ["occurrence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_drift_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_drift_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("goal_drift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_drift_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_goal_drift_pair_id"))
        batch_op.drop_index(batch_op.f("ix_goal_drift_occurrence_id"))

    op.drop_table("goal_drift")
