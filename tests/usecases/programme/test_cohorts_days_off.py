"""Days on which nobody of a cohort is asked anything: entered and removed by its lead."""

from datetime import date, timedelta
from functools import partial

import pytest

from bot.domain.errors import DateInPast, NotAllowed, NotFound
from bot.domain.nudges import NudgeState
from bot.usecases.programme.cohorts_days_off import (
    add_cohort_days_off,
    remove_cohort_days_off,
    see_cohort_days_off,
)
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.usecases.conftest import Setup

TUESDAY = date(2026, 11, 24)
DAY = timedelta(days=1)
OFFSITE: dict[str, object] = {"begins_on": TUESDAY, "ends_on": TUESDAY + DAY, "note": "Offsite"}


async def asked_on(setup: Setup) -> list[date]:
    nudges = await setup.read(lambda tx: tx.nudges.find(state=NudgeState.PLANNED))
    return [nudge.due_at.date() for nudge in nudges]


async def test_days_off_of_a_cohort_move_what_is_planned_and_it_comes_back_without_them(setup: Setup) -> None:
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    cohort = setup.cohort.id

    for _ in range(2):  # a form that is sent twice
        await setup.write(partial(add_cohort_days_off, cohort_id=cohort, shown=OFFSITE), setup.admin)
    assert await asked_on(setup) == [TUESDAY + 2 * DAY]

    listed = (await setup.read(partial(see_cohort_days_off, cohort_id=cohort), setup.admin)).days
    assert [(day.begins_on, day.ends_on, day.note) for day in listed] == [(TUESDAY, TUESDAY + DAY, "Offsite")]
    await setup.write(partial(remove_cohort_days_off, day_off=listed[0].id), setup.admin)
    assert await asked_on(setup) == [TUESDAY]


async def test_only_the_lead_sees_adds_and_removes_them(setup: Setup) -> None:
    cohort = setup.cohort.id
    await setup.write(partial(add_cohort_days_off, cohort_id=cohort, shown=OFFSITE), setup.admin)
    [day] = await setup.read(lambda tx: tx.cohort_days_off.find())

    with pytest.raises(NotAllowed):
        await setup.read(partial(see_cohort_days_off, cohort_id=cohort), setup.mentor)
    for work in (
        partial(add_cohort_days_off, cohort_id=cohort, shown=OFFSITE),
        partial(remove_cohort_days_off, day_off=day.id),
    ):
        with pytest.raises(NotAllowed):
            await setup.write(work, setup.mentor)
    with pytest.raises(NotFound):
        await setup.write(partial(remove_cohort_days_off, day_off=999), setup.admin)


async def test_days_that_are_over_are_refused(setup: Setup) -> None:
    shown = {"begins_on": TUESDAY - 3 * DAY}
    with pytest.raises(DateInPast):
        await setup.write(partial(add_cohort_days_off, cohort_id=setup.cohort.id, shown=shown), setup.admin)
