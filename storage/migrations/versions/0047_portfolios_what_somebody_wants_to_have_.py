"""portfolios: what somebody wants to have made

Revision: 0047
After: 0046
On: 2026-11-22 10:34:58

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "portfolio",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("parts", storage.types.Words(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_portfolio_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_portfolio_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
    )
    with op.batch_alter_table("portfolio", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portfolio_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_portfolio_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("portfolio", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portfolio_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_portfolio_member_id"))

    op.drop_table("portfolio")
