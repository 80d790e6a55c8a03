"""experiments: a number is noted three times first

Revision: 0021
After: 0020
On: 2026-11-21 21:58:36

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("starts", sa.String(), server_default="at_once", nullable=False))
        batch_op.add_column(sa.Column("began_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.drop_column("began_on")
        batch_op.drop_column("starts")
