"""cohorts: months and quarters besides weeks

Revision: 0033
After: 0032
On: 2026-11-22 02:32:48

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cadence_kind", sa.String(), server_default="weeks", nullable=False))
        batch_op.add_column(sa.Column("nth", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.drop_column("nth")
        batch_op.drop_column("cadence_kind")
