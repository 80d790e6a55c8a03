"""patterns: what keeps coming back in what somebody tries

Revision: 0050
After: 0049
On: 2026-11-22 10:51:30

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pattern",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("of_n", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("result_ids", storage.types.Words(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("of_others", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("check_in_id", sa.Integer(), nullable=True),
        sa.Column("insight_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name=op.f("fk_pattern_check_in_id")),
        sa.ForeignKeyConstraint(["insight_id"], ["insight.id"], name=op.f("fk_pattern_insight_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_pattern_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_pattern_pair_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_pattern_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pattern")),
        sa.UniqueConstraint(
            "pair_id", "member_id", "fingerprint", name=op.f("uq_pattern_pair_id_member_id_fingerprint")
        ),
    )
    with op.batch_alter_table("pattern", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pattern_check_in_id"), ["check_in_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pattern_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pattern_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("pair_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("look_back_at", storage.types.Moment(), nullable=True))
        batch_op.create_index(batch_op.f("ix_pair_member_look_back_at"), ["look_back_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pair_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pair_member_look_back_at"))
        batch_op.drop_column("look_back_at")

    with op.batch_alter_table("pattern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pattern_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_pattern_pair_id"))
        batch_op.drop_index(batch_op.f("ix_pattern_check_in_id"))

    op.drop_table("pattern")
