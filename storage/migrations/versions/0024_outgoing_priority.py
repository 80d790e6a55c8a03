"""outgoing: who goes first, found without what is not due

Revision: 0024
After: 0023
On: 2026-11-21 23:33:47

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.Integer(), server_default="2", nullable=False))
        batch_op.drop_index(batch_op.f("ix_outgoing_member_id"))
        batch_op.create_index("ix_outgoing_lease", ["state", "lease_until"], unique=False)
        batch_op.create_index("ix_outgoing_person", ["member_id", "state"], unique=False)
        batch_op.create_index(
            "ix_outgoing_queue", ["state", "workspace_id", "priority", "not_before", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_queue")
        batch_op.drop_index("ix_outgoing_person")
        batch_op.drop_index("ix_outgoing_lease")
        batch_op.create_index(batch_op.f("ix_outgoing_member_id"), ["member_id"], unique=False)
        batch_op.drop_column("priority")
