"""reviews: looking back each month and quarter

Revision: 0062
After: 0061
On: 2026-11-22 17:27:13

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("since", storage.types.Moment(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_at", storage.types.Moment(), nullable=True),
        sa.Column("differently", sa.Text(), nullable=False),
        sa.Column("still", sa.String(), nullable=True),
        sa.Column("next_try", sa.Text(), nullable=False),
        sa.Column("next_try_too", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_review_member_id")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_review_occurrence_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_review_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_review_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("occurrence_id", "member_id", name=op.f("uq_review_occurrence_id_member_id")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "retro_item",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_retro_item_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_retro_item_pair_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_retro_item_review_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_retro_item_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retro_item")),
    )
    with op.batch_alter_table("retro_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retro_item_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_retro_item_review_id"), ["review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_retro_item_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_nudge_review_id"), "review", ["review_id"], ["id"])

    with op.batch_alter_table("pattern", schema=None) as batch_op:
        batch_op.add_column(sa.Column("review_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_pattern_review_id"), "review", ["review_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("pattern", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pattern_review_id"), type_="foreignkey")
        batch_op.drop_column("review_id")

    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_nudge_review_id"), type_="foreignkey")
        batch_op.drop_column("review_id")

    with op.batch_alter_table("retro_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retro_item_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_retro_item_review_id"))
        batch_op.drop_index(batch_op.f("ix_retro_item_pair_id"))

    op.drop_table("retro_item")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_review_pair_id"))
        batch_op.drop_index(batch_op.f("ix_review_member_id"))

    op.drop_table("review")
