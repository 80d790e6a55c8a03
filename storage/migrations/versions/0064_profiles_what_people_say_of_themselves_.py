"""profiles: what people say of themselves when they join, and the lists of matches

Revision: 0064
After: 0063
On: 2026-11-22 17:21:36

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_with",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_not_with_member_id")),
        sa.ForeignKeyConstraint(["other_id"], ["member.id"], name=op.f("fk_not_with_other_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_not_with_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_with")),
        sa.UniqueConstraint("member_id", "other_id", name=op.f("uq_not_with_member_id_other_id")),
    )
    with op.batch_alter_table("not_with", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_with_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_not_with_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "cohort_profile",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wants", storage.types.Words(), nullable=False),
        sa.Column("cans", storage.types.Words(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("languages", storage.types.Words(), nullable=False),
        sa.Column("likes", sa.String(), nullable=True),
        sa.Column("takes", sa.String(), nullable=True),
        sa.Column("gives", sa.String(), nullable=True),
        sa.Column("decides", sa.String(), nullable=True),
        sa.Column("values", storage.types.Words(), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_profile_cohort_id")),
        sa.ForeignKeyConstraint(["manager_id"], ["member.id"], name=op.f("fk_cohort_profile_manager_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_cohort_profile_member_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_cohort_profile_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_profile")),
        sa.UniqueConstraint("cohort_id", "member_id", name=op.f("uq_cohort_profile_cohort_id_member_id")),
    )
    with op.batch_alter_table("cohort_profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_profile_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_profile_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "match_run",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_match_run_cohort_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_match_run_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_match_run_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_run_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_run_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "match_line",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("match_run_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("mentee_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", storage.types.Words(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_match_line_cohort_id")),
        sa.ForeignKeyConstraint(["match_run_id"], ["match_run.id"], name=op.f("fk_match_line_match_run_id")),
        sa.ForeignKeyConstraint(["mentee_id"], ["member.id"], name=op.f("fk_match_line_mentee_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["member.id"], name=op.f("fk_match_line_mentor_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_match_line_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_line")),
    )
    with op.batch_alter_table("match_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_line_match_run_id"), ["match_run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_match_line_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.add_column(sa.Column("joining", sa.String(), server_default="invited", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.drop_column("joining")

    with op.batch_alter_table("match_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_line_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_match_line_match_run_id"))

    op.drop_table("match_line")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_run_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_match_run_cohort_id"))

    op.drop_table("match_run")
    with op.batch_alter_table("cohort_profile", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_profile_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_cohort_profile_member_id"))

    op.drop_table("cohort_profile")
    with op.batch_alter_table("not_with", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_not_with_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_not_with_other_id"))

    op.drop_table("not_with")
