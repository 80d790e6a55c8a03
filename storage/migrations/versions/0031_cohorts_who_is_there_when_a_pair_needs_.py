"""cohorts: who is there when a pair needs help

Revision: 0031
After: 0030
On: 2026-11-22 02:25:52

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_cohort_contact_id"), "member", ["contact_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_cohort_contact_id"), type_="foreignkey")
        batch_op.drop_column("contact_id")
