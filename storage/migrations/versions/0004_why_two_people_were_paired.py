"""pairs: why these two, and the full names of people

Revision: 0004
After: 0003
On: 2026-11-21 14:17:52

Rows that are there get an empty text: a pair of before has no reason, and a full name comes with the next look at the
person's profile, once a day.

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("full_name", sa.String(), nullable=False, server_default=""))
    op.add_column("pair", sa.Column("reason", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("pair", "reason")
    op.drop_column("member", "full_name")
