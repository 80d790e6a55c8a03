"""turns: a coin for each occasion, drawn before the first

Revision: 0018
After: 0017
On: 2026-11-21 21:21:19

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "toss",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("arms", storage.types.Words(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiment.id"], name=op.f("fk_toss_experiment_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_toss_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_toss_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_toss_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toss")),
        sa.UniqueConstraint("experiment_id", name=op.f("uq_toss_experiment_id")),
    )
    with op.batch_alter_table("toss", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_toss_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_toss_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "turn",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("arm", sa.String(), nullable=False),
        sa.Column("came_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiment.id"], name=op.f("fk_turn_experiment_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_turn_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_turn_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_turn_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint("experiment_id", "place", name=op.f("uq_turn_experiment_id_place")),
    )
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turn_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_turn_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("coin", sa.String(), server_default="none", nullable=False))

    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turn_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_reading_turn_id"), ["turn_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_reading_turn_id"), "turn", ["turn_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_reading_turn_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_reading_turn_id"))
        batch_op.drop_column("turn_id")

    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.drop_column("coin")

    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_turn_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_turn_pair_id"))

    op.drop_table("turn")
    with op.batch_alter_table("toss", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_toss_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_toss_pair_id"))

    op.drop_table("toss")
