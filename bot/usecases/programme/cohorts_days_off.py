"""Days on which nobody of a cohort is asked anything, such as those on which the whole company is off."""

from dataclasses import dataclass

from bot.domain.audit import AuditEntry
from bot.domain.cadence import local_date
from bot.domain.cohorts import Cohort, require_lead
from bot.domain.ids import CohortId
from bot.domain.shown import Shown
from bot.domain.working_life import CohortDayOff, days_off_in
from bot.ports import Tx
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.rhythm.nudges_planning import replan_cohort


@dataclass(frozen=True)
class CohortDaysOff:
    """A cohort with its days off that are not over, the first to come first."""

    cohort: Cohort
    days: tuple[CohortDayOff, ...]


def see_cohort_days_off(tx: Tx, cohort_id: int) -> CohortDaysOff:
    """Raises NotFound, and NotAllowed for who does not lead the cohort."""
    me, cohort = tx.members.get(tx.me), tx.cohorts.get(cohort_id)
    require_lead(me, cohort)
    today = local_date(tx.now, me.tz)
    days = tx.cohort_days_off.find(cohort_id=cohort.id, ends_on__since=today, order="begins_on")
    return CohortDaysOff(cohort, tuple(days))


def add_cohort_days_off(tx: Tx, cohort_id: int, shown: Shown) -> CohortId:
    """Keep these days free for everybody in the cohort; what is planned on them moves as it wishes.

    Raises InvalidInput for the field at fault, NotFound, NotAllowed.
    """
    me, cohort = tx.members.get(tx.me), tx.cohorts.get(cohort_id, lock=True)
    require_lead(me, cohort)
    days = days_off_in(shown, local_date(tx.now, me.tz))
    if tx.cohort_days_off.count(cohort_id=cohort.id, begins_on=days.begins_on, ends_on=days.last):
        return cohort.id  # a form that was sent keeps what stood in it, and is easily sent again
    tx.cohort_days_off.insert(
        CohortDayOff(cohort.workspace_id, cohort.id, days.begins_on, days.last, tx.now, days.note)
    )
    return _replanned(tx, cohort, "cohort.day_off")


def remove_cohort_days_off(tx: Tx, day_off: int) -> CohortId:
    """These days are working days again. Raises NotFound, NotAllowed."""
    found = tx.cohort_days_off.get(day_off)
    cohort = led_by_me(tx, found.cohort_id, lock=True)
    tx.cohort_days_off.delete(found)
    return _replanned(tx, cohort, "cohort.day_on")


def _replanned(tx: Tx, cohort: Cohort, action: str) -> CohortId:
    tx.audit.insert(AuditEntry(cohort.workspace_id, action, cohort.id, tx.now, tx.me))
    replan_cohort(tx.as_system(), cohort)  # nudges belong to pairs, and their lead does not read them
    return cohort.id
