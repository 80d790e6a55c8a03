"""quotes: words of a mentor that may stand in a portfolio

Revision: 0059
After: 0058
On: 2026-11-22 17:28:53

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quote",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["member.id"], name=op.f("fk_quote_contact_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_quote_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_quote_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint(
            "member_id", "kind", "subject_id", name=op.f("uq_quote_member_id_kind_subject_id")
        ),
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index("ix_quote_subject", ["kind", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_workspace_id"))
        batch_op.drop_index("ix_quote_subject")
        batch_op.drop_index(batch_op.f("ix_quote_contact_id"))

    op.drop_table("quote")
