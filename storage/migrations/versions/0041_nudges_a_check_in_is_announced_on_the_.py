"""nudges: a check-in is announced on the day before

Revision: 0041
After: 0040
On: 2026-11-22 03:29:23

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heads_up", sa.String(), server_default="none", nullable=False))

    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heads_up_at", storage.types.Moment(), nullable=True))
        batch_op.create_index("ix_nudge_heads_up", ["state", "heads_up_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_index("ix_nudge_heads_up")
        batch_op.drop_column("heads_up_at")

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("heads_up")
