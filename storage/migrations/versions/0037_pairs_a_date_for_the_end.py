"""pairs: a date for the end

Revision: 0037
After: 0036
On: 2026-11-22 03:26:18

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("end_asked_at", storage.types.Moment(), nullable=True))
        batch_op.create_index(batch_op.f("ix_pair_end_asked_at"), ["end_asked_at"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_pair_ends_by"), "member", ["ends_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pair_ends_by"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_pair_end_asked_at"))
        batch_op.drop_column("end_asked_at")
        batch_op.drop_column("ends_by")
        batch_op.drop_column("ends_on")
