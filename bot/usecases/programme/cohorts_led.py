"""The cohorts that I look after: as their lead, or as an admin."""

from bot.domain.cohorts import Cohort, require_lead
from bot.ports import Tx


def led_by_me(tx: Tx, cohort_id: int, *, lock: bool = False) -> Cohort:
    """Raises NotFound, and NotAllowed for who does not lead it."""
    cohort = tx.cohorts.get(cohort_id, lock=lock)
    require_lead(tx.members.get(tx.me), cohort)
    return cohort
