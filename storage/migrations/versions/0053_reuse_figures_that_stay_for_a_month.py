"""reuse: figures that stay for a month

Revision: 0053
After: 0052
On: 2026-11-22 13:45:39

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counted_try",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiment.id"], name=op.f("fk_counted_try_experiment_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_counted_try_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_counted_try_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_counted_try_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_try")),
    )
    with op.batch_alter_table("counted_try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counted_try_aim"), ["aim"], unique=False)
        batch_op.create_index(batch_op.f("ix_counted_try_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_counted_try_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("reusable_try", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grade", sa.String(), server_default="hunch", nullable=False))
        batch_op.add_column(sa.Column("checked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reusable_try", schema=None) as batch_op:
        batch_op.drop_column("checked_on")
        batch_op.drop_column("grade")

    with op.batch_alter_table("counted_try", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counted_try_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_counted_try_pair_id"))
        batch_op.drop_index(batch_op.f("ix_counted_try_aim"))

    op.drop_table("counted_try")
