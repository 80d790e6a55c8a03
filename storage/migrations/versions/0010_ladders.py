"""ladders: five lines of a goal, and where both see the mentee on them

Revision: 0010
After: 0009
On: 2026-11-21 20:08:42

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goal_ladder",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("today", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("changed_at", storage.types.Moment(), nullable=False),
        sa.Column("less", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("best", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_ladder_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_goal_ladder_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_goal_ladder_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_goal_ladder_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_ladder")),
        sa.UniqueConstraint("goal_id", name=op.f("uq_goal_ladder_goal_id")),
    )
    with op.batch_alter_table("goal_ladder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_ladder_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_ladder_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "goal_round",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("told_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_round_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_goal_round_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_goal_round_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_goal_round_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_round")),
    )
    with op.batch_alter_table("goal_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_round_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_round_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_round_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "goal_score",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("told_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_score_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_goal_score_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_goal_score_pair_id")),
        sa.ForeignKeyConstraint(["round_id"], ["goal_round.id"], name=op.f("fk_goal_score_round_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_goal_score_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_score")),
        sa.UniqueConstraint("round_id", "member_id", name=op.f("uq_goal_score_round_id_member_id")),
    )
    with op.batch_alter_table("goal_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_score_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_score_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("goal_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_score_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_goal_score_pair_id"))

    op.drop_table("goal_score")
    with op.batch_alter_table("goal_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_round_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_goal_round_pair_id"))
        batch_op.drop_index(batch_op.f("ix_goal_round_goal_id"))

    op.drop_table("goal_round")
    with op.batch_alter_table("goal_ladder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_ladder_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_goal_ladder_pair_id"))

    op.drop_table("goal_ladder")
