"""rhythms: a pair's own, and proposals of it

Revision: 0039
After: 0038
On: 2026-11-22 03:15:54

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rhythm_proposal",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("cadence_kind", sa.String(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("to_cohort", sa.Boolean(), nullable=False),
        sa.Column("said_yes", storage.types.Words(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_rhythm_proposal_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_rhythm_proposal_pair_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_rhythm_proposal_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rhythm_proposal")),
    )
    with op.batch_alter_table("rhythm_proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rhythm_proposal_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rhythm_proposal_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cadence_kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("cadence_every_weeks", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cadence_nth", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cadence_weekday", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cadence_at", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("cadence_anchor", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_column("cadence_anchor")
        batch_op.drop_column("cadence_at")
        batch_op.drop_column("cadence_weekday")
        batch_op.drop_column("cadence_nth")
        batch_op.drop_column("cadence_every_weeks")
        batch_op.drop_column("cadence_kind")

    with op.batch_alter_table("rhythm_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rhythm_proposal_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_rhythm_proposal_pair_id"))

    op.drop_table("rhythm_proposal")
