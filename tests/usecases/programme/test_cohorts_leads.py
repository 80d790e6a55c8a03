"""Who may look at and change which cohort, and what a change leaves as it was."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.cohorts import Cohort, CohortState
from bot.domain.errors import AlreadySettled, NotAllowed, NotFound, PersonUnfit
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState, Occurrence, OccurrenceState, Ritual
from bot.domain.pairs import PairState
from bot.ports import Tx
from bot.usecases.programme.cohorts import (
    SetUpCohort,
    change_state,
    open_cohort_form,
    see_cohort,
    see_cohorts,
    set_up_cohort,
)
from tests.running import preview_as, read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_consent import met
from tests.usecases.rhythm.test_sessions import a_member, a_pair

AUTUMN = SetUpCohort("Autumn", "UMIRA", 2, 3, time(9, 30), "classic", open=True)


@pytest.fixture
async def autumn(setup: Setup) -> Cohort:
    """A cohort that Mira leads, beside Spring, which Ada leads."""
    made = await write_as(setup.deps, setup.viewer(setup.admin), set_up_cohort, AUTUMN, key="autumn")
    return await setup.read(lambda r: r.cohorts.get(made))


async def kept(setup: Setup, cohort: Cohort) -> Cohort:
    return await setup.read(lambda r: r.cohorts.get(cohort.id))


async def change(setup: Setup, by: Member, command: SetUpCohort, key: str = "change") -> CohortId:
    return await write_as(setup.deps, setup.viewer(by), set_up_cohort, command, key=key)


async def put(setup: Setup, by: Member, cohort: Cohort, state: CohortState, key: str = "") -> None:
    key = key or f"{by.id}:{cohort.id}:{state}"
    await write_as(setup.deps, setup.viewer(by), change_state, cohort.id, state, key=key)


async def test_everything_that_was_chosen_is_kept(setup: Setup, autumn: Cohort) -> None:
    assert (autumn.name, autumn.lead_id, autumn.pack, autumn.open) == (
        "Autumn",
        setup.mentor.id,
        "classic",
        True,
    )
    assert (autumn.every_weeks, autumn.weekday, autumn.at) == (2, 3, time(9, 30))
    assert (autumn.state, autumn.created_at) == (CohortState.ACTIVE, setup.clock.now())


async def test_a_change_keeps_the_weeks_the_state_and_the_beginning(setup: Setup, autumn: Cohort) -> None:
    await put(setup, setup.mentor, autumn, CohortState.PAUSED)
    setup.clock.move(days=9)
    command = replace(AUTUMN, name=" Late   autumn ", weekday=4, open=False, cohort_id=autumn.id)

    assert await change(setup, setup.mentor, command) == autumn.id

    changed = await kept(setup, autumn)
    assert (changed.name, changed.weekday, changed.open) == ("Late autumn", 4, False)
    assert (changed.anchor, changed.state, changed.created_at) == (
        autumn.anchor,
        CohortState.PAUSED,
        autumn.created_at,
    )
    trail = [(e.action, e.subject_id, e.member_id) for e in await setup.read(lambda r: r.audit.find())]
    assert trail[1:] == [
        ("cohort.paused", autumn.id, setup.mentor.id),
        ("cohort.changed", autumn.id, setup.mentor.id),
    ]


async def test_a_lead_has_their_own_cohort_and_no_other(setup: Setup, autumn: Cohort) -> None:
    mira, viewer, deps = setup.mentor, setup.viewer(setup.mentor), setup.deps
    spring = setup.cohort

    assert (await read_as(deps, viewer, see_cohort, autumn.id)).cohort == autumn
    assert (await read_as(deps, viewer, open_cohort_form, autumn.id)).lead == "UMIRA"
    for which in (spring.id, "Spring"):
        with pytest.raises(NotAllowed):
            await read_as(deps, viewer, see_cohort, which)
    with pytest.raises(NotAllowed):
        await read_as(deps, viewer, open_cohort_form, spring.id)
    with pytest.raises(NotAllowed):
        await read_as(deps, viewer, open_cohort_form, None)
    with pytest.raises(NotAllowed):
        await preview_as(deps, viewer, replace(AUTUMN, name="Winter", lead=""))
    with pytest.raises(NotAllowed):
        await change(setup, mira, replace(AUTUMN, name="Mine now", cohort_id=spring.id))
    for state in (CohortState.PAUSED, CohortState.ENDED):
        with pytest.raises(NotAllowed):
            await put(setup, mira, spring, state)
    assert await kept(setup, spring) == spring


async def test_whoever_gave_a_cohort_away_leads_it_no_more(setup: Setup, autumn: Cohort) -> None:
    await change(setup, setup.mentor, replace(AUTUMN, lead="UTOM", cohort_id=autumn.id))

    with pytest.raises(NotAllowed):
        await put(setup, setup.mentor, autumn, CohortState.PAUSED)
    await put(setup, setup.mentee, autumn, CohortState.PAUSED)
    assert (await kept(setup, autumn)).state is CohortState.PAUSED


async def test_a_guest_leads_no_cohort(setup: Setup) -> None:
    await met(setup, "UNOOR", "Noor", is_guest=True)

    with pytest.raises(PersonUnfit) as refused:
        await change(setup, setup.admin, replace(AUTUMN, lead="UNOOR"))

    assert refused.value.field == "lead"


async def test_a_cohort_that_is_not_there_is_not_found(setup: Setup) -> None:
    viewer, ada = setup.viewer(setup.admin), setup.admin
    with pytest.raises(NotFound):
        await read_as(setup.deps, viewer, see_cohort, 99)
    with pytest.raises(NotFound):
        await change(setup, ada, replace(AUTUMN, cohort_id=CohortId(99)))


async def test_the_form_of_a_new_cohort_begins_with_oneself_as_lead(setup: Setup) -> None:
    form = await read_as(setup.deps, setup.viewer(setup.admin), open_cohort_form, None)

    assert (form.cohort, form.lead) == (None, "UADA")


async def test_an_end_is_an_end_and_ends_only_its_own_pairs(setup: Setup, autumn: Cohort) -> None:
    other = await a_pair(setup, await a_member(setup, "Yuki"), await a_member(setup, "Zoe"))
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(other), cohort_id=autumn.id)))

    await put(setup, setup.mentor, autumn, CohortState.ENDED)

    assert (await setup.read(lambda r: r.pairs.get(other))).state is PairState.ENDED
    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.ACTIVE
    for state in (CohortState.ACTIVE, CohortState.PAUSED):
        with pytest.raises(AlreadySettled):
            await put(setup, setup.admin, autumn, state)


def _ask_how_to_go_on(tx: Tx, setup: Setup, number: int, *, weeks: int) -> None:
    """The mentee was asked so many weeks ago, and did not answer."""
    due = setup.clock.now() - timedelta(weeks=weeks)
    place = (setup.workspace.id, setup.pair.id)
    missed = Occurrence(
        *place, Ritual.CHECK_IN, 0, f"{due.date()}", due.date(), OccurrenceState.MISSED, closed_at=due
    )
    asked = Nudge(*place, tx.occurrences.insert(missed).id, setup.mentee.id, 0, due_at=due, expires_at=due)
    tx.nudges.insert(replace(asked, state=NudgeState.EXPIRED, sent_at=due, repair=number))


async def test_the_list_tells_running_ones_first_with_lead_pairs_and_trouble(
    setup: Setup, autumn: Cohort
) -> None:
    await setup.write(lambda r: _ask_how_to_go_on(r, setup, 1, weeks=6))
    await setup.write(lambda r: _ask_how_to_go_on(r, setup, 2, weeks=1))
    await put(setup, setup.admin, autumn, CohortState.PAUSED)

    shown = await read_as(setup.deps, setup.viewer(setup.admin), see_cohorts)

    assert [(v.cohort.name, v.lead, dict(v.pairs), v.troubled) for v in shown] == [
        ("Spring", "Ada", {"active": 1}, 1),
        ("Autumn", "Mira", {}, 0),
    ]


async def test_a_preview_begins_with_the_next_such_day_and_names_the_lead(setup: Setup) -> None:
    setup.directory.profiles = {}
    shown = await preview_as(setup.deps, setup.viewer(setup.admin), AUTUMN)

    assert (shown.lead, shown.command.lead) == ("Mira", "UMIRA")
    assert [one.day for one in shown.dates][:2] == [date(2026, 11, 26), date(2026, 12, 10)]
    assert shown.people[0].tz == setup.admin.tz
    assert shown.people[1].tz != setup.admin.tz
