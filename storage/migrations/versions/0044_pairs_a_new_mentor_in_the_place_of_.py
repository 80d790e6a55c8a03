"""pairs: a new mentor in the place of another

Revision: 0044
After: 0043
On: 2026-11-22 06:07:31

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("mentor_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shown", storage.types.Words(), server_default="[]", nullable=False))
        batch_op.create_index(batch_op.f("ix_pair_replaces"), ["replaces"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_pair_mentor_id"), "member", ["mentor_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_pair_replaces"), "pair", ["replaces"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pair_replaces"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_pair_mentor_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_pair_replaces"))
        batch_op.drop_column("shown")
        batch_op.drop_column("mentor_id")
        batch_op.drop_column("replaces")
