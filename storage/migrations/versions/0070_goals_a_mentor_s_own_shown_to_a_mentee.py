"""goals: a mentor's own, shown to a mentee

Revision: 0070
After: 0069
On: 2026-11-23 00:21:31

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_to", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_goal_shown_to"), ["shown_to"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_goal_shown_to"), "member", ["shown_to"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_goal_shown_to"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_goal_shown_to"))
        batch_op.drop_column("shown_to")
