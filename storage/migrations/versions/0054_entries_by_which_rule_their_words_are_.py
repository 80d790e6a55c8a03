"""entries: by which rule their words are kept

Revision: 0054
After: 0053
On: 2026-11-22 14:07:37

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry", sa.Column("rule", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("entry", "rule")  # in place: a table that is made anew loses what keeps its index
