"""profiles: no level is asked, since nothing comes of it

Revision: 0066
After: 0065
On: 2026-11-22 20:50:00

No version that was released has had the column, so it goes at once.
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cohort_profile", schema=None) as batch_op:
        batch_op.drop_column("level")


def downgrade() -> None:
    with op.batch_alter_table("cohort_profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.Text(), nullable=False, server_default=""))
