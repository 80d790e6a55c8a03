"""Names, rights and the weeks of a cohort."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import A_QUARTER, CadenceKind, MonthEnd, Nth, Weeks, dates, next_date
from bot.domain.cohorts import (
    Cohort,
    CohortState,
    anchor_for,
    named,
    require_admin,
    require_free_name,
    require_lead,
    require_running,
)
from bot.domain.errors import CohortNotRunning, CohortUnknown, NameTaken, NotAllowed
from bot.domain.ids import CohortId, MemberId, WorkspaceId
from bot.domain.members import Member

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SPRING = Cohort(WorkspaceId(1), "New managers", 2, 1, time(10), date(2026, 11, 24), NOW, id=CohortId(1))
ENDED = replace(SPRING, id=CohortId(2), state=CohortState.ENDED)
ADA = Member(WorkspaceId(1), "UADA", "Ada", "Europe/London", "en-GB", NOW, id=MemberId(7))


def test_a_cohort_is_found_by_its_name_however_it_is_typed() -> None:
    assert named("  new   MANAGERS ", [ENDED, SPRING]) == SPRING
    with pytest.raises(CohortUnknown):
        named("old managers", [SPRING])


def test_a_name_is_free_again_when_its_cohort_has_ended() -> None:
    require_free_name("New managers", [ENDED], None)
    require_free_name("new managers", [SPRING], SPRING.id)
    with pytest.raises(NameTaken):
        require_free_name("new managers", [SPRING], None)


def test_the_lead_sets_a_cohort_up_and_nobody_else_but_admins() -> None:
    require_lead(ADA, replace(SPRING, lead_id=ADA.id))
    require_lead(replace(ADA, is_admin=True), SPRING)
    for somebody_elses in (SPRING, replace(SPRING, lead_id=MemberId(8))):
        with pytest.raises(NotAllowed) as caught:
            require_lead(ADA, somebody_elses)
        assert caught.value.needed == "lead"


def test_a_lead_is_no_admin() -> None:
    with pytest.raises(NotAllowed) as caught:
        require_admin(ADA)
    assert caught.value.needed == "admin"


@pytest.mark.parametrize("state", [CohortState.PAUSED, CohortState.ENDED])
def test_no_pair_starts_in_a_cohort_that_does_not_run(state: CohortState) -> None:
    with pytest.raises(CohortNotRunning):
        require_running(replace(SPRING, state=state))


@given(st.integers(1, 12), st.integers(0, 6), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_new_rhythm_begins_with_the_first_such_day_after_today(
    every: int, weekday: int, today: date
) -> None:
    anchor = anchor_for(Weeks(every, weekday), today)
    cohort = replace(SPRING, every_weeks=every, weekday=weekday, anchor=anchor)

    assert 1 <= (anchor - today).days <= 7
    assert next_date(cohort.cadence, today) == anchor


def test_another_day_or_time_leaves_a_fortnight_on_its_weeks() -> None:
    later = date(2026, 12, 1)  # a Tuesday of the week between

    anchor = anchor_for(Weeks(2, 3), later, SPRING.cadence)

    moved = replace(SPRING, weekday=3, anchor=anchor).cadence
    assert next_date(moved, date(2026, 12, 9)) == date(2026, 12, 10)
    assert anchor_for(Weeks(1, 3), later, SPRING.cadence) == date(2026, 12, 3)


def test_a_quarter_ends_with_the_calendars_and_begins_to_count_today() -> None:
    quarterly = replace(SPRING, cadence_kind=CadenceKind.QUARTER_END)
    anchor = anchor_for(quarterly.rule, date(2026, 11, 23), SPRING.cadence)

    coming = islice(dates(replace(quarterly, anchor=anchor).cadence, date(2026, 11, 23)), 2)
    assert [day.isoformat() for day in coming] == ["2026-12-31", "2027-03-31"]


def test_another_day_leaves_a_quarter_on_its_months() -> None:
    february = replace(
        SPRING, cadence_kind=CadenceKind.QUARTER_WEEKDAY, nth=Nth.LAST, anchor=date(2026, 2, 3)
    )

    assert anchor_for(MonthEnd(A_QUARTER), date(2026, 11, 23), february.cadence) == february.anchor
    assert anchor_for(MonthEnd(), date(2026, 11, 23), february.cadence) == date(2026, 11, 30)
