"""cohort questions: what a lead turns off and asks themselves

Revision: 0066
After: 0065
On: 2026-11-22 20:41:02

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort_question",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_in", sa.String(), nullable=False),
        sa.Column("asked_of", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("of_pack", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_question_cohort_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_cohort_question_member_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_cohort_question_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_question")),
    )
    with op.batch_alter_table("cohort_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_question_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_question_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cohort_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_question_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_cohort_question_cohort_id"))

    op.drop_table("cohort_question")
