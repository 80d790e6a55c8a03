"""saved searches: what somebody looks for again, and since when entries can be found

Revision: 0060
After: 0059
On: 2026-11-22 17:04:06

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("looked_upto", storage.types.Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_saved_search_member_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_saved_search_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_search_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "search_news",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("saved_search_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(), nullable=False),
        sa.Column("things", storage.types.Words(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_search_news_digest_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_search_news_member_id")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_search_news_occurrence_id")
        ),
        sa.ForeignKeyConstraint(
            ["saved_search_id"], ["saved_search.id"], name=op.f("fk_search_news_saved_search_id")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_search_news_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_news")),
    )
    with op.batch_alter_table("search_news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_news_digest_id"), ["digest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_news_occurrence_id"), ["occurrence_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_news_saved_search_id"), ["saved_search_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_news_workspace_id"), ["workspace_id"], unique=False)

    op.add_column("entry", sa.Column("entered_at", storage.types.Moment(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("entry", "entered_at")  # in place: a table that is made anew loses what keeps its index

    with op.batch_alter_table("search_news", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_news_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_search_news_saved_search_id"))
        batch_op.drop_index(batch_op.f("ix_search_news_occurrence_id"))
        batch_op.drop_index(batch_op.f("ix_search_news_digest_id"))

    op.drop_table("search_news")
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_saved_search_member_id"))

    op.drop_table("saved_search")
