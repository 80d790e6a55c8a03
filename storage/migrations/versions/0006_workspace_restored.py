"""workspace: when a copy of the database was put back, and which message was the last that it knew of

Revision: 0006
After: 0005
On: 2026-11-21 14:40:00

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workspace") as table:
        table.add_column(sa.Column("restored_at", storage.types.Moment(), nullable=True))
        table.add_column(sa.Column("restored_ts", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("workspace") as table:
        table.drop_column("restored_ts")
        table.drop_column("restored_at")
