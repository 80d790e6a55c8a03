"""reuse: what others may meet without names

Revision: 0051
After: 0050
On: 2026-11-22 11:04:42

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reusable_try",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_reusable_try_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reusable_try")),
    )
    with op.batch_alter_table("reusable_try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reusable_try_aim"), ["aim"], unique=False)
        batch_op.create_index(batch_op.f("ix_reusable_try_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("may_reuse", sa.String(), server_default="no", nullable=False))
        batch_op.create_index(batch_op.f("ix_result_may_reuse"), ["may_reuse"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_may_reuse"))
        batch_op.drop_column("may_reuse")

    with op.batch_alter_table("reusable_try", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reusable_try_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_reusable_try_aim"))

    op.drop_table("reusable_try")
