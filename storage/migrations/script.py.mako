"""${message}

Revision: ${up_revision}
After: ${down_revision | comma,n}
On: ${create_date}

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.types
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
