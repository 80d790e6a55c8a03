"""the search index over entries

Revision: 0002
After: 0001
On: 2026-11-21 04:05:00

Words (`tokens`) and the access token stand apart, so that no typed word can pass for an access token: in two columns
of the index on SQLite, behind an "@" on PostgreSQL. `bot.domain.tokens` has cut and folded the words already; both
indexes only split them at white space ("ascii" does just that: beyond ASCII every character is part of a word).

SQLite's index follows the table by triggers. A later revision that rebuilds the table `entry` (Alembic's batch mode
does) drops them: it has to make them anew.

Revisions run on a live database: add first, move data, take away in a later release.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    """
    CREATE VIRTUAL TABLE entry_fts USING fts5(
        tokens, access, content = 'entry', content_rowid = 'id', tokenize = 'ascii'
    )
    """,
    """
    CREATE TRIGGER entry_fts_insert AFTER INSERT ON entry BEGIN
        INSERT INTO entry_fts(rowid, tokens, access) VALUES (new.id, new.tokens, new.access);
    END
    """,
    """
    CREATE TRIGGER entry_fts_delete AFTER DELETE ON entry BEGIN
        INSERT INTO entry_fts(entry_fts, rowid, tokens, access)
        VALUES ('delete', old.id, old.tokens, old.access);
    END
    """,
    """
    CREATE TRIGGER entry_fts_update AFTER UPDATE OF id, tokens, access ON entry BEGIN
        INSERT INTO entry_fts(entry_fts, rowid, tokens, access)
        VALUES ('delete', old.id, old.tokens, old.access);
        INSERT INTO entry_fts(rowid, tokens, access) VALUES (new.id, new.tokens, new.access);
    END
    """,
    "INSERT INTO entry_fts(entry_fts) VALUES ('rebuild')",
)
# The array form needs no text search parser, whose idea of a word depends on the server's locale.
POSTGRESQL = (
    """
    ALTER TABLE entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        array_to_tsvector(
            array_append(
                array_remove(string_to_array(translate(tokens, chr(10), ' '), ' '), ''),
                '@' || CAST(access AS text)
            )
        )
    ) STORED
    """,
    "CREATE INDEX ix_entry_lexemes ON entry USING gin (lexemes)",
)


def upgrade() -> None:
    for statement in POSTGRESQL if _on_postgresql() else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    if _on_postgresql():
        op.execute("ALTER TABLE entry DROP COLUMN lexemes")
        return
    for event in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER entry_fts_{event}")
    op.execute("DROP TABLE entry_fts")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
