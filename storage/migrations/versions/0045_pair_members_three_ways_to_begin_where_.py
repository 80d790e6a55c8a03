"""pair members: three ways to begin where a pair began before

Revision: 0045
After: 0044
On: 2026-11-22 06:31:26

Whoever learns in a running pair that began before there were three ways to begin, and has no goal, is shown them ten days
after the upgrade, so that nothing comes on the first tick.

Revisions run on a live database: add first, move data, take away in a later release.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
BEGIN_AFTER = timedelta(days=10)

# Who was shown them already, or has them to come, is left alone.
WITHOUT_A_GOAL = """
SELECT pair_member.id, member.tz, cohort.at FROM pair_member
JOIN pair ON pair.id = pair_member.pair_id AND pair.state IN ('active', 'paused')
JOIN cohort ON cohort.id = pair.cohort_id
JOIN member ON member.id = pair_member.member_id AND NOT member.is_deleted
WHERE pair_member.role IN ('mentee', 'both') AND pair_member.left_at IS NULL AND pair_member.begin_at IS NULL
AND NOT EXISTS (SELECT 1 FROM goal WHERE goal.pair_id = pair.id AND goal.member_id = member.id)
AND NOT EXISTS (SELECT 1 FROM outgoing WHERE outgoing.kind = 'goal.ways' AND outgoing.subject_id = pair_member.id)
AND NOT EXISTS (SELECT 1 FROM ledger_line WHERE ledger_line.kind = 'beginning' AND ledger_line.pair_id = pair.id
 AND ledger_line.member_id = member.id)
"""


def _begins(now: datetime, at: time, tz: str) -> datetime:
    """Ten days later at this time of day, in UTC."""
    zone = _zone(tz)
    day: date = now.astimezone(zone).date() + BEGIN_AFTER
    return datetime.combine(day, at, zone).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    """What Slack says may be nothing that is known here; the day is then that of UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _now(connection: sa.Connection) -> datetime:
    """The calendar of whoever uses this database, which a demo's clock may have moved ahead of the machine's."""
    newest = connection.execute(sa.text("SELECT MAX(created_at) FROM outgoing")).scalar() or 0
    return max(datetime.now(UTC), EPOCH + newest * MICROSECOND)


def upgrade() -> None:
    connection = op.get_bind()
    now = _now(connection)
    for row in connection.execute(sa.text(WITHOUT_A_GOAL)).mappings().all():
        at = row["at"] if isinstance(row["at"], time) else time.fromisoformat(str(row["at"]))
        begins = (_begins(now, at, row["tz"]) - EPOCH) // MICROSECOND
        changed = sa.text("UPDATE pair_member SET begin_at = :begins WHERE id = :id")
        connection.execute(changed, {"begins": begins, "id": row["id"]})


def downgrade() -> None:
    """What was planned may come all the same."""
