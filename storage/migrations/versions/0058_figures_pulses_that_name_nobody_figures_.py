"""figures: pulses that name nobody, figures that stay, and who is counted in them

Revision: 0058
After: 0057
On: 2026-11-22 17:06:54

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pulse_key",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pulse_key_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_key")),
        sa.UniqueConstraint("workspace_id", "quarter", name=op.f("uq_pulse_key_workspace_id_quarter")),
    )
    with op.batch_alter_table("pulse_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_key_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "cohort_figure",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("extent", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("middle", storage.types.Exact(), nullable=True),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_figure_cohort_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_cohort_figure_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_figure")),
    )
    with op.batch_alter_table("cohort_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_figure_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_figure_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "pulse",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("votes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_pulse_cohort_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pulse_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
        sa.UniqueConstraint("cohort_id", "quarter", "item", name=op.f("uq_pulse_cohort_id_quarter_item")),
    )
    with op.batch_alter_table("pulse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "counted_share",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("days", storage.types.Words(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_counted_share_cohort_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_counted_share_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_counted_share_pair_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_counted_share_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_share")),
    )
    with op.batch_alter_table("counted_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counted_share_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_counted_share_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_counted_share_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("may_quote", sa.String(), server_default="no", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.drop_column("may_quote")

    with op.batch_alter_table("counted_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counted_share_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_counted_share_pair_id"))
        batch_op.drop_index(batch_op.f("ix_counted_share_cohort_id"))

    op.drop_table("counted_share")
    with op.batch_alter_table("pulse", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_workspace_id"))

    op.drop_table("pulse")
    with op.batch_alter_table("cohort_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_figure_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_cohort_figure_cohort_id"))

    op.drop_table("cohort_figure")
    with op.batch_alter_table("pulse_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pulse_key_workspace_id"))

    op.drop_table("pulse_key")
