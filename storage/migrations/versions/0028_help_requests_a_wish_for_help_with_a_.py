"""help_requests: a wish for help with a pair

Revision: 0028
After: 0027
On: 2026-11-22 00:24:07

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "help_request",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["member.id"], name=op.f("fk_help_request_contact_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_help_request_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_help_request_pair_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_help_request_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
    )
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_request_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_request_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_request_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_help_request_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_request_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_pair_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_member_id"))
        batch_op.drop_index(batch_op.f("ix_help_request_contact_id"))

    op.drop_table("help_request")
