"""next steps: thanks, setbacks, the next try named in a talk

Revision: 0013
After: 0012
On: 2026-11-21 20:18:05

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thanks",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_thanks_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_thanks_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_thanks_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint(
            "member_id", "source", "source_id", name=op.f("uq_thanks_member_id_source_source_id")
        ),
    )
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thanks_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index("ix_thanks_source", ["source", "source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thanks_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "setback",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("said_at", storage.types.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["experiment_id"], ["experiment.id"], name=op.f("fk_setback_experiment_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_setback_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_setback_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_setback_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setback")),
        sa.UniqueConstraint("experiment_id", name=op.f("uq_setback_experiment_id")),
    )
    with op.batch_alter_table("setback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setback_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_setback_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_try", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_column("next_try")

    with op.batch_alter_table("setback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setback_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_setback_pair_id"))

    op.drop_table("setback")
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thanks_workspace_id"))
        batch_op.drop_index("ix_thanks_source")
        batch_op.drop_index(batch_op.f("ix_thanks_pair_id"))

    op.drop_table("thanks")
