"""reuse: approved words, for those who wish to read them

Revision: 0061
After: 0060
On: 2026-11-22 17:59:38

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reuse_report",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("approved_at", storage.types.Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reuse_report_member_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_reuse_report_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reuse_report")),
        sa.UniqueConstraint("workspace_id", "quarter", name=op.f("uq_reuse_report_workspace_id_quarter")),
    )
    with op.batch_alter_table("reuse_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reuse_report_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "reuse_report_telling",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reuse_report_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_reuse_report_telling_digest_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reuse_report_telling_member_id")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_reuse_report_telling_occurrence_id")
        ),
        sa.ForeignKeyConstraint(
            ["reuse_report_id"], ["reuse_report.id"], name=op.f("fk_reuse_report_telling_reuse_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_reuse_report_telling_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reuse_report_telling")),
        sa.UniqueConstraint(
            "member_id", "reuse_report_id", name=op.f("uq_reuse_report_telling_member_id_reuse_report_id")
        ),
    )
    with op.batch_alter_table("reuse_report_telling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reuse_report_telling_digest_id"), ["digest_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reuse_report_telling_occurrence_id"), ["occurrence_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reuse_report_telling_workspace_id"), ["workspace_id"], unique=False
        )

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("what_helped", sa.String(), server_default="no", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("what_helped")

    with op.batch_alter_table("reuse_report_telling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reuse_report_telling_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_reuse_report_telling_occurrence_id"))
        batch_op.drop_index(batch_op.f("ix_reuse_report_telling_digest_id"))

    op.drop_table("reuse_report_telling")
    with op.batch_alter_table("reuse_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reuse_report_workspace_id"))

    op.drop_table("reuse_report")
