"""objectives: aims of the organisation that goals serve

Revision: 0048
After: 0047
On: 2026-11-22 11:19:36

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "objective",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_objective_cohort_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_objective_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_objective_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objective_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objective_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("objective_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_goal_objective_id"), ["objective_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_goal_objective_id"), "objective", ["objective_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_goal_objective_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_goal_objective_id"))
        batch_op.drop_column("objective_id")

    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objective_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_objective_cohort_id"))

    op.drop_table("objective")
