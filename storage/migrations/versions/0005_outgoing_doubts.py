"""outgoing: how often nobody could say what became of a message

Revision: 0005
After: 0004
On: 2026-11-21 14:10:59

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outgoing") as table:
        table.add_column(sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("outgoing") as table:
        table.drop_column("doubts")
