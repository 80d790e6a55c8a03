"""replies: short threads; results: whether it stuck

Revision: 0019
After: 0018
On: 2026-11-21 20:59:00

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_reply_answer_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reply_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_reply_pair_id")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_reply_response_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_reply_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_answer_id"), ["answer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_response_id"), ["response_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_workspace_id"), ["workspace_id"], unique=False)

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stick_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("stuck", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_column("stuck")
        batch_op.drop_column("stick_on")

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_reply_response_id"))
        batch_op.drop_index(batch_op.f("ix_reply_pair_id"))
        batch_op.drop_index(batch_op.f("ix_reply_answer_id"))

    op.drop_table("reply")
