"""outgoing: from when on the calendar a message may be posted

Revision: 0007
After: 0006
On: 2026-11-21 17:30:00

What is there was due when it was written.

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outgoing") as table:
        table.add_column(sa.Column("due_at", storage.types.Moment(), nullable=False, server_default="0"))
        table.create_index("ix_outgoing_calendar", ["state", "due_at"])
    op.execute("UPDATE outgoing SET due_at = created_at")


def downgrade() -> None:
    # A Pairloop of before knows no message that is held back; it posts them at once.
    op.execute("UPDATE outgoing SET state = 'planned' WHERE state = 'held'")
    with op.batch_alter_table("outgoing") as table:
        table.drop_index("ix_outgoing_calendar")
        table.drop_column("due_at")
