<%!
    def bare(steps):
        """Without what Alembic remarks about itself."""
        return "\n".join(line for line in steps.splitlines() if not line.strip().startswith("# ###")).strip()
%>\
"""${message}

Revision: ${up_revision}
After: ${down_revision | comma,n}
On: ${create_date.replace(microsecond=0)}

Revisions run on a live database: add first, move data, take away in a later release.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${bare(upgrades) if upgrades else "pass"}


def downgrade() -> None:
    ${bare(downgrades) if downgrades else "pass"}
