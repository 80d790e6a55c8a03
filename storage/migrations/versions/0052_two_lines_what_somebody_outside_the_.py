"""two lines: what somebody outside the pair is asked for

Revision: 0052
After: 0051
On: 2026-11-22 13:39:17

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stakeholder_ask",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("expires_at", storage.types.Moment(), nullable=False),
        sa.Column("remind_at", storage.types.Moment(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("experiment_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reminded_at", storage.types.Moment(), nullable=True),
        sa.Column("closed_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["member.id"], name=op.f("fk_stakeholder_ask_contact_id")),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiment.id"], name=op.f("fk_stakeholder_ask_experiment_id")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_stakeholder_ask_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_stakeholder_ask_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_stakeholder_ask_pair_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_stakeholder_ask_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_ask")),
    )
    with op.batch_alter_table("stakeholder_ask", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_ask_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index("ix_stakeholder_ask_due", ["state", "expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_ask_experiment_id"), ["experiment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_ask_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_ask_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_ask_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index("ix_stakeholder_ask_remind", ["state", "remind_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_ask_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "two_lines",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("stakeholder_ask_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("helped", sa.Text(), nullable=False),
        sa.Column("helps_more", sa.Text(), nullable=False),
        sa.Column("quotable", sa.String(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("experiment_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", storage.types.Moment(), nullable=True),
        sa.Column("taken_back_at", storage.types.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiment.id"], name=op.f("fk_two_lines_experiment_id")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_two_lines_goal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_two_lines_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_two_lines_pair_id")),
        sa.ForeignKeyConstraint(
            ["stakeholder_ask_id"], ["stakeholder_ask.id"], name=op.f("fk_two_lines_stakeholder_ask_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["member.id"], name=op.f("fk_two_lines_to_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_two_lines_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_two_lines")),
        sa.UniqueConstraint("stakeholder_ask_id", name=op.f("uq_two_lines_stakeholder_ask_id")),
    )
    with op.batch_alter_table("two_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_two_lines_experiment_id"), ["experiment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_lines_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_lines_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_lines_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_lines_to_id"), ["to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_lines_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("two_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_two_lines_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_two_lines_to_id"))
        batch_op.drop_index(batch_op.f("ix_two_lines_pair_id"))
        batch_op.drop_index(batch_op.f("ix_two_lines_member_id"))
        batch_op.drop_index(batch_op.f("ix_two_lines_goal_id"))
        batch_op.drop_index(batch_op.f("ix_two_lines_experiment_id"))

    op.drop_table("two_lines")
    with op.batch_alter_table("stakeholder_ask", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_ask_workspace_id"))
        batch_op.drop_index("ix_stakeholder_ask_remind")
        batch_op.drop_index(batch_op.f("ix_stakeholder_ask_pair_id"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_ask_member_id"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_ask_goal_id"))
        batch_op.drop_index(batch_op.f("ix_stakeholder_ask_experiment_id"))
        batch_op.drop_index("ix_stakeholder_ask_due")
        batch_op.drop_index(batch_op.f("ix_stakeholder_ask_contact_id"))

    op.drop_table("stakeholder_ask")
