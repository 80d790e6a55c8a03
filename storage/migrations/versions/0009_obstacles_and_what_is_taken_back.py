"""wording: obstacle and plan B of a try, and what became of an answer that was changed or taken back

Revision: 0009
After: 0008
On: 2026-11-21 20:05:45

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", storage.types.Moment(), nullable=True))
        batch_op.add_column(sa.Column("taken_back_at", storage.types.Moment(), nullable=True))

    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("obstacle", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("plan_b", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", storage.types.Moment(), nullable=True))
        batch_op.add_column(sa.Column("taken_back_at", storage.types.Moment(), nullable=True))

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("obstacle_met", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_column("obstacle_met")

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_column("taken_back_at")
        batch_op.drop_column("changed_at")

    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.drop_column("plan_b")
        batch_op.drop_column("obstacle")

    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_column("taken_back_at")
        batch_op.drop_column("changed_at")
