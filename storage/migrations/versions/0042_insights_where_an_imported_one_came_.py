"""insights: where an imported one came from, and the imports

Revision: 0042
After: 0041
On: 2026-11-22 05:58:54

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "insight_import",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_insight_import_member_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_insight_import_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_import")),
        sa.UniqueConstraint("member_id", "file", name=op.f("uq_insight_import_member_id_file")),
    )
    with op.batch_alter_table("insight_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insight_import_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("insight", schema=None) as batch_op:
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("source_key", sa.Text(), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_insight_import_id"), ["import_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_insight_import_id"), "insight_import", ["import_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("insight", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_insight_import_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_insight_import_id"))
        batch_op.drop_column("source_key")
        batch_op.drop_column("import_id")

    with op.batch_alter_table("insight_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_insight_import_workspace_id"))

    op.drop_table("insight_import")
