"""observations: what one of a pair saw the other do

Revision: 0017
After: 0016
On: 2026-11-21 21:01:16

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "observation",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("changed_at", storage.types.Moment(), nullable=True),
        sa.Column("taken_back_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_observation_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_observation_pair_id")),
        sa.ForeignKeyConstraint(["to_id"], ["member.id"], name=op.f("fk_observation_to_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_observation_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_observation_to_id"), ["to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_observation_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_observation_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_observation_to_id"))
        batch_op.drop_index(batch_op.f("ix_observation_pair_id"))

    op.drop_table("observation")
