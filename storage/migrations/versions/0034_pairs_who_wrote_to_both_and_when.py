"""pairs: who wrote to both, and when

Revision: 0034
After: 0033
On: 2026-11-22 03:06:01

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nudge_repair"), ["repair"], unique=False)

    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("written_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("written_at", storage.types.Moment(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_pair_written_by"), "member", ["written_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pair_written_by"), type_="foreignkey")
        batch_op.drop_column("written_at")
        batch_op.drop_column("written_by")

    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nudge_repair"))
