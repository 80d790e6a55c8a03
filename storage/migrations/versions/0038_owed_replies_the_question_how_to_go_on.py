"""owed replies: the question how to go on

Revision: 0038
After: 0037
On: 2026-11-22 03:32:52

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("owed_reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("repair", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("repaired_at", storage.types.Moment(), nullable=True))
        batch_op.create_index(batch_op.f("ix_owed_reply_repair"), ["repair"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("owed_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_owed_reply_repair"))
        batch_op.drop_column("repaired_at")
        batch_op.drop_column("repair")
