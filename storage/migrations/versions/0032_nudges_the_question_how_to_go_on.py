"""nudges: the question how to go on

Revision: 0032
After: 0031
On: 2026-11-22 02:39:34

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("repair", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("passed_on_at", storage.types.Moment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_column("passed_on_at")
        batch_op.drop_column("repair")
