"""insights: what they said before, merged and outdated

Revision: 0049
After: 0048
On: 2026-11-22 10:33:34

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "insight_edition",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("tags", storage.types.Words(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["insight_id"], ["insight.id"], name=op.f("fk_insight_edition_insight_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_insight_edition_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_insight_edition_pair_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_insight_edition_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_edition")),
        sa.UniqueConstraint("insight_id", "edition", name=op.f("uq_insight_edition_insight_id_edition")),
    )
    with op.batch_alter_table("insight_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insight_edition_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_insight_edition_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outdated", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("insight", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outdated_at", storage.types.Moment(), nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_insight_merged_into"), ["merged_into"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_insight_merged_into"), "insight", ["merged_into"], ["id"])

    with op.batch_alter_table("shared_insight", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outdated_at", storage.types.Moment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("shared_insight", schema=None) as batch_op:
        batch_op.drop_column("outdated_at")

    with op.batch_alter_table("insight", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_insight_merged_into"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_insight_merged_into"))
        batch_op.drop_column("merged_into")
        batch_op.drop_column("outdated_at")

    op.drop_column("entry", "outdated")  # in place: a table that is made anew loses what keeps its index

    with op.batch_alter_table("insight_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_insight_edition_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_insight_edition_pair_id"))

    op.drop_table("insight_edition")
