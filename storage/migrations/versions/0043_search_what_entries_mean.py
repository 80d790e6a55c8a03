"""search: what entries mean

Revision: 0043
After: 0042
On: 2026-11-22 06:08:33

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_vector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_vector_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_vector")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_entry_vector_entry_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("entry_vector", schema=None) as batch_op:
        batch_op.create_index("ix_entry_vector_access", ["access", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("entry_vector", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_vector_access")

    op.drop_table("entry_vector")
