"""pair members: when three ways to begin are shown

Revision: 0035
After: 0034
On: 2026-11-22 03:15:55

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pair_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begin_at", storage.types.Moment(), nullable=True))
        batch_op.create_index(batch_op.f("ix_pair_member_begin_at"), ["begin_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pair_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pair_member_begin_at"))
        batch_op.drop_column("begin_at")
