"""Who may look at and change which cohort, and what a change leaves as it was."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.cohorts import Cohort, CohortState
from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, PersonUnfit
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.nudges import Occurrence, OccurrenceState, Ritual
from bot.domain.pairs import PairState
from bot.usecases.cohorts import (
    SetUpCohort,
    change_state,
    open_cohort_form,
    preview_cohort,
    see_cohort,
    see_cohorts,
    set_up_cohort,
)
from tests.usecases.conftest import Stage
from tests.usecases.test_pairs_consent import met
from tests.usecases.test_sessions import a_member, a_pair

AUTUMN = SetUpCohort("Autumn", "UMIRA", 2, 3, time(9, 30), "classic", open=True)


@pytest.fixture
async def autumn(stage: Stage) -> Cohort:
    """A cohort that Mira leads, beside Spring, which Ada leads."""
    made = await set_up_cohort(stage.deps, stage.viewer(stage.admin), stage.admin.id, AUTUMN, key="autumn")
    return await stage.read(lambda r: r.cohorts.get(made))


async def kept(stage: Stage, cohort: Cohort) -> Cohort:
    return await stage.read(lambda r: r.cohorts.get(cohort.id))


async def change(stage: Stage, by: Member, command: SetUpCohort, key: str = "change") -> CohortId:
    return await set_up_cohort(stage.deps, stage.viewer(by), by.id, command, key=key)


async def put(stage: Stage, by: Member, cohort: Cohort, state: CohortState, key: str = "") -> None:
    key = key or f"{by.id}:{cohort.id}:{state}"
    await change_state(stage.deps, stage.viewer(by), by.id, cohort.id, state, key=key)


async def test_everything_that_was_chosen_is_kept(stage: Stage, autumn: Cohort) -> None:
    assert (autumn.name, autumn.lead_id, autumn.pack, autumn.open) == (
        "Autumn",
        stage.mentor.id,
        "classic",
        True,
    )
    assert (autumn.every_weeks, autumn.weekday, autumn.at) == (2, 3, time(9, 30))
    assert (autumn.state, autumn.created_at) == (CohortState.ACTIVE, stage.clock.now())


async def test_a_change_keeps_the_weeks_the_state_and_the_beginning(stage: Stage, autumn: Cohort) -> None:
    await put(stage, stage.mentor, autumn, CohortState.PAUSED)
    stage.clock.move(days=9)
    command = replace(AUTUMN, name=" Late   autumn ", weekday=4, open=False, cohort_id=autumn.id)

    assert await change(stage, stage.mentor, command) == autumn.id

    changed = await kept(stage, autumn)
    assert (changed.name, changed.weekday, changed.open) == ("Late autumn", 4, False)
    assert (changed.anchor, changed.state, changed.created_at) == (
        autumn.anchor,
        CohortState.PAUSED,
        autumn.created_at,
    )
    trail = [(e.action, e.subject_id, e.member_id) for e in await stage.read(lambda r: r.audit.find())]
    assert trail[1:] == [
        ("cohort.paused", autumn.id, stage.mentor.id),
        ("cohort.changed", autumn.id, stage.mentor.id),
    ]


async def test_a_lead_has_their_own_cohort_and_no_other(stage: Stage, autumn: Cohort) -> None:
    mira, viewer, deps = stage.mentor, stage.viewer(stage.mentor), stage.deps
    spring = stage.cohort

    assert (await see_cohort(deps, viewer, mira.id, autumn.id)).cohort == autumn
    assert (await open_cohort_form(deps, viewer, mira, autumn.id)).lead == "UMIRA"
    for which in (spring.id, "Spring"):
        with pytest.raises(NotAllowed):
            await see_cohort(deps, viewer, mira.id, which)
    with pytest.raises(NotAllowed):
        await open_cohort_form(deps, viewer, mira, spring.id)
    with pytest.raises(NotAllowed):
        await open_cohort_form(deps, viewer, mira, None)
    with pytest.raises(NotAllowed):
        await preview_cohort(deps, viewer, mira, replace(AUTUMN, name="Winter", lead=""))
    with pytest.raises(NotAllowed):
        await change(stage, mira, replace(AUTUMN, name="Mine now", cohort_id=spring.id))
    for state in (CohortState.PAUSED, CohortState.ENDED):
        with pytest.raises(NotAllowed):
            await put(stage, mira, spring, state)
    assert await kept(stage, spring) == spring


async def test_whoever_gave_a_cohort_away_leads_it_no_more(stage: Stage, autumn: Cohort) -> None:
    await change(stage, stage.mentor, replace(AUTUMN, lead="UTOM", cohort_id=autumn.id))

    with pytest.raises(NotAllowed):
        await put(stage, stage.mentor, autumn, CohortState.PAUSED)
    await put(stage, stage.mentee, autumn, CohortState.PAUSED)
    assert (await kept(stage, autumn)).state is CohortState.PAUSED


async def test_a_guest_leads_no_cohort(stage: Stage) -> None:
    await met(stage, "UNOOR", "Noor", is_guest=True)

    with pytest.raises(PersonUnfit) as refused:
        await change(stage, stage.admin, replace(AUTUMN, lead="UNOOR"))

    assert refused.value.field == "lead"


async def test_a_cohort_that_is_not_there_is_not_found(stage: Stage) -> None:
    viewer, ada = stage.viewer(stage.admin), stage.admin
    with pytest.raises(NotFound):
        await see_cohort(stage.deps, viewer, ada.id, 99)
    with pytest.raises(NotFound):
        await change(stage, ada, replace(AUTUMN, cohort_id=CohortId(99)))


async def test_the_form_of_a_new_cohort_begins_with_oneself_as_lead(stage: Stage) -> None:
    form = await open_cohort_form(stage.deps, stage.viewer(stage.admin), stage.admin, None)

    assert (form.cohort, form.lead) == (None, "UADA")


async def test_an_end_is_an_end_and_ends_only_its_own_pairs(stage: Stage, autumn: Cohort) -> None:
    other = await a_pair(stage, await a_member(stage, "Yuki"), await a_member(stage, "Zoe"))
    await stage.write(lambda r: r.pairs.update(replace(r.pairs.get(other), cohort_id=autumn.id)))

    await put(stage, stage.mentor, autumn, CohortState.ENDED)

    assert (await stage.read(lambda r: r.pairs.get(other))).state is PairState.ENDED
    assert (await stage.read(lambda r: r.pairs.get(stage.pair.id))).state is PairState.ACTIVE
    for state in (CohortState.ACTIVE, CohortState.PAUSED):
        with pytest.raises(AlreadySettled):
            await put(stage, stage.admin, autumn, state)


async def test_the_list_tells_running_ones_first_with_lead_pairs_and_trouble(
    stage: Stage, autumn: Cohort
) -> None:
    today = stage.clock.now().date()

    for weeks in (1, 2):
        day = today - timedelta(weeks=weeks)
        missed = Occurrence(
            stage.workspace.id, stage.pair.id, Ritual.CHECK_IN, 0, f"{day}", day, OccurrenceState.MISSED
        )
        await stage.write(lambda r, one=missed: r.occurrences.insert(one))  # type: ignore[misc]  # bound at once
    await put(stage, stage.admin, autumn, CohortState.PAUSED)

    shown = await see_cohorts(stage.deps, stage.viewer(stage.admin), stage.admin.id)

    assert [(v.cohort.name, v.lead, dict(v.pairs), v.troubled) for v in shown] == [
        ("Spring", "Ada", {"active": 1}, 1),
        ("Autumn", "Mira", {}, 0),
    ]


async def test_a_preview_begins_with_the_next_such_day_and_names_the_lead(stage: Stage) -> None:
    stage.directory.profiles = {}
    shown = await preview_cohort(stage.deps, stage.viewer(stage.admin), stage.admin, AUTUMN)

    assert (shown.lead, shown.command.lead) == ("Mira", "UMIRA")
    assert [one.day for one in shown.dates][:2] == [date(2026, 11, 26), date(2026, 12, 10)]
    assert shown.people[0].tz == stage.admin.tz
    assert shown.people[1].tz != stage.admin.tz
