"""entries: which story they belong to, and how far it carries

Revision: 0046
After: 0045
On: 2026-11-22 10:33:53

Entries that are there get both from `bot.usecases.repository.search_index`, a few at a time, while the bot runs. No batch
mode: it would build the table anew, and drop the triggers of revision 0002.

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("story", "grade"):
        op.add_column("entry", sa.Column(name, sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    for name in ("grade", "story"):
        op.drop_column("entry", name)
