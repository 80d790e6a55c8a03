"""milestones: steps on the way to a goal

Revision: 0063
After: 0062
On: 2026-11-22 18:00:55

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "milestone",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("can", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("by", sa.Date(), nullable=True),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("shown_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", storage.types.Moment(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("voted_by", sa.Integer(), nullable=True),
        sa.Column("voted_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competency_id"], ["competency.id"], name=op.f("fk_milestone_competency_id")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_milestone_evidence_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_milestone_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_milestone_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_milestone_pair_id")),
        sa.ForeignKeyConstraint(["voted_by"], ["member.id"], name=op.f("fk_milestone_voted_by")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_milestone_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_competency_id"), ["competency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_evidence_id"), ["evidence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_pair_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_goal_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_evidence_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_competency_id"))

    op.drop_table("milestone")
