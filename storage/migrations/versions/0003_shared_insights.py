"""insights: everybody else reads a copy, in the words that both of the pair agreed to

Revision: 0003
After: 0002
On: 2026-11-21 14:15:00

What others could read before counts as agreed to. On the way back, what others read in older words than the pair does
becomes the pair's alone: the older schema has room for the newest words only, and nobody agreed to show these.

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ENTRY = "version, workspace_id, pair_id, member_id, subject_id, access, title, body, tokens, created_at, tags, language"
WORDS = "workspace_id, pair_id, cohort_id, member_id, visibility, situation, behaviour, outcome, created_at, tags, grade"
AHEAD = "visibility <> 'pair' AND edition <> agreed"

MOVE = (
    "UPDATE insight SET agreed = 1 WHERE visibility <> 'pair'",
    "UPDATE insight SET wished_edition = 1 WHERE wished IS NOT NULL",
    f"INSERT INTO shared_insight (version, insight_id, edition, {WORDS})"
    f" SELECT 1, id, 1, {WORDS} FROM insight WHERE visibility <> 'pair'",
    f"INSERT INTO entry (kind, {ENTRY}) SELECT 'shared', {ENTRY} FROM entry"
    " WHERE kind = 'insight' AND access NOT LIKE 'p%'",
    "UPDATE entry SET access = 'p' || pair_id WHERE kind = 'insight'",
)
MOVE_BACK = (
    f"DELETE FROM entry WHERE kind = 'shared' AND subject_id IN (SELECT id FROM insight WHERE {AHEAD})",
    f"UPDATE insight SET visibility = 'pair', wished = NULL, wished_by = NULL WHERE {AHEAD}",
    "UPDATE entry SET access = (SELECT other.access FROM entry AS other"
    " WHERE other.kind = 'shared' AND other.workspace_id = entry.workspace_id"
    " AND other.subject_id = entry.subject_id)"
    " WHERE kind = 'insight' AND EXISTS (SELECT 1 FROM entry AS other"
    " WHERE other.kind = 'shared' AND other.workspace_id = entry.workspace_id"
    " AND other.subject_id = entry.subject_id)",
    "DELETE FROM entry WHERE kind = 'shared'",
)


def upgrade() -> None:
    op.create_table(
        "shared_insight",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("behaviour", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("tags", storage.types.Words(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_shared_insight_cohort_id")),
        sa.ForeignKeyConstraint(["insight_id"], ["insight.id"], name=op.f("fk_shared_insight_insight_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_shared_insight_member_id")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_shared_insight_pair_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_shared_insight_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_insight")),
        sa.UniqueConstraint("insight_id", name=op.f("uq_shared_insight_insight_id")),
    )
    with op.batch_alter_table("shared_insight", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_insight_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_insight_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_insight_workspace_id"), ["workspace_id"], unique=False)
    op.add_column("insight", sa.Column("wished_edition", sa.Integer(), nullable=True))
    op.add_column("insight", sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
    op.add_column("insight", sa.Column("agreed", sa.Integer(), server_default="0", nullable=False))
    for statement in MOVE:
        op.execute(sa.text(statement))


def downgrade() -> None:
    for statement in MOVE_BACK:
        op.execute(sa.text(statement))
    with op.batch_alter_table("shared_insight", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_insight_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_shared_insight_pair_id"))
        batch_op.drop_index(batch_op.f("ix_shared_insight_cohort_id"))
    op.drop_table("shared_insight")
    with op.batch_alter_table("insight", schema=None) as batch_op:
        batch_op.drop_column("agreed")
        batch_op.drop_column("edition")
        batch_op.drop_column("wished_edition")
