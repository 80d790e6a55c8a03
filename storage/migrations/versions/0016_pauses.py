"""pauses: somebody is away until a day

Revision: 0016
After: 0015
On: 2026-11-21 20:09:55

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pause",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ends_at", storage.types.Moment(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_pause_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pause_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index("ix_pause_due", ["state", "ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pause_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pause_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pause_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_nudge_pause_id"), "pause", ["pause_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("nudge", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_nudge_pause_id"), type_="foreignkey")
        batch_op.drop_column("pause_id")

    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pause_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_pause_member_id"))
        batch_op.drop_index("ix_pause_due")

    op.drop_table("pause")
