"""suggestions: a mentor proposes a try, and the mentee makes it theirs

Revision: 0020
After: 0019
On: 2026-11-21 20:32:27

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("expires_at", storage.types.Moment(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("quick", sa.Boolean(), nullable=False),
        sa.Column("source_kind", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("shelf_id", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("experiment_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["experiment_id"], ["experiment.id"], name=op.f("fk_suggestion_experiment_id")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["suggestion.id"], name=op.f("fk_suggestion_first_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_suggestion_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_suggestion_pair_id")),
        sa.ForeignKeyConstraint(["to_id"], ["member.id"], name=op.f("fk_suggestion_to_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_suggestion_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index("ix_suggestion_due", ["state", "expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_experiment_id"), ["experiment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_to_id"), ["to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_to_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_pair_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_first_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_experiment_id"))
        batch_op.drop_index("ix_suggestion_due")

    op.drop_table("suggestion")
