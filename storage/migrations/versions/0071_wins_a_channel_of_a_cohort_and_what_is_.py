"""wins: a channel of a cohort, and what is agreed to be told there

Revision: 0071
After: 0070
On: 2026-11-22 23:54:46

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohort_channel",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("post_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_channel_cohort_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_cohort_channel_member_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_cohort_channel_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_channel")),
        sa.UniqueConstraint("cohort_id", name=op.f("uq_cohort_channel_cohort_id")),
    )
    with op.batch_alter_table("cohort_channel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_channel_post_at"), ["post_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_channel_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "win_post",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_win_post_cohort_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_win_post_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_win_post_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win_post")),
        sa.UniqueConstraint("cohort_id", "day", name=op.f("uq_win_post_cohort_id_day")),
    )
    with op.batch_alter_table("win_post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_win_post_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "channel_win",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("expires_at", storage.types.Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("win_post_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_channel_win_cohort_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_channel_win_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_channel_win_pair_id")),
        sa.ForeignKeyConstraint(["win_post_id"], ["win_post.id"], name=op.f("fk_channel_win_win_post_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_channel_win_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_win")),
    )
    with op.batch_alter_table("channel_win", schema=None) as batch_op:
        batch_op.create_index("ix_channel_win_cohort", ["cohort_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_channel_win_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index("ix_channel_win_source", ["member_id", "source", "source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_channel_win_win_post_id"), ["win_post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_channel_win_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "win_consent",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("channel_win_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_win_id"], ["channel_win.id"], name=op.f("fk_win_consent_channel_win_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_win_consent_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_win_consent_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win_consent")),
        sa.UniqueConstraint(
            "channel_win_id", "member_id", name=op.f("uq_win_consent_channel_win_id_member_id")
        ),
    )
    with op.batch_alter_table("win_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_win_consent_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("shared_win", schema=None) as batch_op:
        batch_op.add_column(sa.Column("there", sa.String(), server_default="no", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("shared_win", schema=None) as batch_op:
        batch_op.drop_column("there")

    with op.batch_alter_table("win_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_win_consent_workspace_id"))

    op.drop_table("win_consent")
    with op.batch_alter_table("channel_win", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_channel_win_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_channel_win_win_post_id"))
        batch_op.drop_index("ix_channel_win_source")
        batch_op.drop_index(batch_op.f("ix_channel_win_pair_id"))
        batch_op.drop_index("ix_channel_win_cohort")

    op.drop_table("channel_win")
    with op.batch_alter_table("win_post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_win_post_workspace_id"))

    op.drop_table("win_post")
    with op.batch_alter_table("cohort_channel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_channel_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_cohort_channel_post_at"))

    op.drop_table("cohort_channel")
