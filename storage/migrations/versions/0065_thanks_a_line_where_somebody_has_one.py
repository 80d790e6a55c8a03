"""thanks: a line, where somebody has one

Revision: 0065
After: 0064
On: 2026-11-22 20:33:20

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.drop_column("line")
