"""pairs: who asked for fewer check-ins

Revision: 0040
After: 0039
On: 2026-11-22 03:49:48

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_rare_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("made_rare_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_pair_made_rare_by"), "member", ["made_rare_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pair_made_rare_by"), type_="foreignkey")
        batch_op.drop_column("made_rare_on")
        batch_op.drop_column("made_rare_by")
