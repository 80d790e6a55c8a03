"""working life: region, working days, quiet hours, days off

Revision: 0023
After: 0022
On: 2026-11-21 23:32:46

Members who are there get the presets: Monday to Friday, quiet from 18:00 to 08:00, no holidays.

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_off",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_day_off_member_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_day_off_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_off")),
    )
    with op.batch_alter_table("day_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_day_off_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_day_off_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "cohort_day_off",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_day_off_cohort_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_cohort_day_off_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort_day_off")),
    )
    with op.batch_alter_table("cohort_day_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohort_day_off_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohort_day_off_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("region", sa.String(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column(
                "working_days",
                storage.types.Words(),
                server_default='["mon", "tue", "wed", "thu", "fri"]',
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("quiet_from", sa.Time(), server_default="18:00:00.000000", nullable=True))
        batch_op.add_column(sa.Column("quiet_to", sa.Time(), server_default="08:00:00.000000", nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_column("quiet_to")
        batch_op.drop_column("quiet_from")
        batch_op.drop_column("working_days")
        batch_op.drop_column("region")

    with op.batch_alter_table("cohort_day_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohort_day_off_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_cohort_day_off_cohort_id"))

    op.drop_table("cohort_day_off")
    with op.batch_alter_table("day_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_day_off_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_day_off_member_id"))

    op.drop_table("day_off")
