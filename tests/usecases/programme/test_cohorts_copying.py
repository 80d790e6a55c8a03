"""Another cohort like one that is there: what comes along, what does not, and who may."""

from dataclasses import fields, replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.domain.cadence import CadenceKind, Nth
from bot.domain.cohorts import Cohort, CohortState, Joining
from bot.domain.competencies import CompetencyState
from bot.domain.errors import NameTaken, NotAllowed, PersonUnfit
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.objectives import Objective, ObjectiveState
from bot.domain.questions import CohortQuestion, QuestionState
from bot.domain.resources import Resource, ResourceKind, ResourceLanguage
from bot.domain.working_life import CohortDayOff, HolidayPolicy
from bot.packs import all_packs
from bot.ports import Tx
from bot.usecases.programme.cohorts_copying import (
    ANEW,
    LEFT_BEHIND,
    CopyCohort,
    copy_cohort,
    open_copy_form,
)
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_profiles_joining import competencies
from tests.usecases.rhythm.test_sessions import a_member


async def unusual(setup: Setup) -> Cohort:
    """Spring with nothing left as a cohort begins."""
    zoe = await a_member(setup, "Zoe")
    changed = replace(
        setup.cohort,
        every_weeks=2,
        weekday=3,
        at=time(14, 30),
        cadence_kind=CadenceKind.MONTH_WEEKDAY,
        nth=Nth.SECOND,
        pack=list(all_packs())[-1],
        holidays=HolidayPolicy.SKIP,
        open=True,
        joining=Joining.OPEN,
        contact_id=zoe.id,
        state=CohortState.ENDED,
        cycle_days=(date(2026, 12, 1),),
        anchor=date(2026, 1, 6),
    )
    return await setup.write(lambda tx: tx.cohorts.update(changed))


async def copied(setup: Setup, name: str = "Autumn", lead: Member | None = None) -> Cohort:
    command = CopyCohort(setup.cohort.id, name, (lead or setup.mentor).user_id)
    made = await setup.write(lambda tx: copy_cohort(tx, command), setup.admin)
    return await setup.read(lambda tx: tx.cohorts.get(made))


async def test_every_column_of_a_cohort_comes_along_or_is_named_as_begun_anew(setup: Setup) -> None:
    original = await unusual(setup)

    copy = await copied(setup)

    usual = {one.name: one.default for one in fields(Cohort)}
    assert set(ANEW) <= usual.keys()
    for name in usual.keys() - set(ANEW):
        assert getattr(original, name) != usual[name], f"give {name} another value in unusual()"
        assert getattr(copy, name) == getattr(original, name), f"{name} is forgotten by a copy"
    assert (copy.name, copy.lead_id, copy.state) == ("Autumn", setup.mentor.id, CohortState.ACTIVE)
    assert copy.anchor > setup.clock.now().date()
    assert copy.cycle_days == ()


async def test_lists_come_along_without_what_is_closed_or_over(setup: Setup) -> None:
    await competencies(setup)
    today = setup.clock.now().date()

    def begin(tx: Tx) -> None:
        closed = tx.competencies.find()[0]
        tx.competencies.update(replace(closed, state=CompetencyState.CLOSED))
        own = (setup.workspace.id, setup.cohort.id, setup.admin.id, tx.now)
        for name, until, state in (
            ("Faster", None, ObjectiveState.OPEN),
            ("Today", today, ObjectiveState.OPEN),
            ("Past", today - timedelta(days=1), ObjectiveState.OPEN),
            ("Closed", None, ObjectiveState.CLOSED),
        ):
            tx.objectives.insert(Objective(*own, name, until=until, state=state))
        for days in (-3, 3):
            day = today + timedelta(days=days)
            tx.cohort_days_off.insert(CohortDayOff(*own[:2], day, day, tx.now, "Off"))

    await setup.write(begin)
    form = await setup.read(lambda tx: open_copy_form(tx, setup.cohort.id), setup.admin)

    copy = await copied(setup)

    def of(store: str) -> Any:
        return lambda tx: getattr(tx, store).find(cohort_id=copy.id)

    assert [one.name for one in await setup.read(of("objectives"))] == ["Faster", "Today"]
    assert [one.begins_on for one in await setup.read(of("cohort_days_off"))] == [today + timedelta(days=3)]
    kept = await setup.read(of("competencies"))
    assert all(one.levels and one.template for one in kept)
    assert (form.competencies, form.aims, form.days_off) == (len(kept), 2, 1) == (3, 2, 1)
    assert await setup.read(lambda tx: tx.competencies.count(cohort_id=setup.cohort.id)) == 4


async def test_questions_of_its_own_and_those_that_are_off_come_along_in_their_order(setup: Setup) -> None:
    def begin(tx: Tx) -> None:
        own = (setup.workspace.id, setup.cohort.id, setup.admin.id, tx.now)
        off = CohortQuestion(*own, "", state=QuestionState.OFF, of_pack="classic.proud")
        second, gone, first = (CohortQuestion(*own, text) for text in ("Second?", "Gone?", "First?"))
        tx.cohort_questions.insert(off)
        tx.cohort_questions.insert(replace(second, place=9))
        tx.cohort_questions.insert(replace(gone, state=QuestionState.DROPPED, place=3))
        tx.cohort_questions.insert(replace(first, place=3))

    await setup.write(begin)

    copy = await copied(setup)

    kept = await setup.read(lambda tx: tx.cohort_questions.find(cohort_id=copy.id, order="place"))
    assert [(one.text, one.of_pack, one.state) for one in kept] == [
        ("", "classic.proud", QuestionState.OFF),
        ("First?", "", QuestionState.ON),
        ("Second?", "", QuestionState.ON),
    ]
    assert [one.place for one in kept] == [0, kept[1].id, kept[2].id]
    assert (await setup.read(lambda tx: open_copy_form(tx, setup.cohort.id), setup.admin)).questions == 3


async def test_resources_come_along_as_they_are(setup: Setup) -> None:
    own = (setup.workspace.id, setup.cohort.id, setup.mentor.id, setup.clock.now())
    whole = (ResourceKind.TOOL, "Faster", ResourceLanguage.GERMAN, 20)
    await setup.write(lambda tx: tx.resources.insert(Resource(*own, "Reviews", "https://a.example", *whole)))

    copy = await copied(setup)

    [one] = await setup.read(lambda tx: tx.resources.find(cohort_id=copy.id))
    assert (one.title, one.link) == ("Reviews", "https://a.example")
    assert (one.kind, one.aim, one.language, one.minutes) == whole
    assert one.member_id == setup.admin.id
    assert (await setup.read(lambda tx: open_copy_form(tx, setup.cohort.id), setup.admin)).resources == 1


async def test_nobody_comes_along_and_nobody_is_told(setup: Setup) -> None:
    copy = await copied(setup)

    for store in LEFT_BEHIND:
        assert await setup.read(lambda tx, store=store: getattr(tx, store).count(cohort_id=copy.id)) == 0  # type: ignore[misc]  # bound at once
    for person in (setup.mentor, setup.mentee, setup.admin):
        assert await setup.told(person) == []
    assert copy.contact_id is None


async def test_whoever_helped_and_has_gone_does_not_come_along(setup: Setup) -> None:
    original = await unusual(setup)
    await setup.write(
        lambda tx: tx.members.update(replace(tx.members.get(original.contact_id or 0), is_deleted=True))
    )

    assert (await copied(setup)).contact_id is None


async def test_only_admins_copy_and_only_under_a_free_name_for_somebody_who_can_lead(setup: Setup) -> None:
    await setup.write(
        lambda tx: tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), lead_id=setup.mentor.id))
    )
    command = CopyCohort(setup.cohort.id, "Autumn", setup.mentor.user_id)

    for work in (copy_cohort, lambda tx, one: open_copy_form(tx, one.cohort_id)):
        with pytest.raises(NotAllowed):
            await setup.write(lambda tx, work=work: work(tx, command), setup.mentor)  # type: ignore[misc]  # bound at once
    with pytest.raises(NameTaken):
        await copied(setup, " spring ")
    with pytest.raises(PersonUnfit):
        await setup.write(lambda tx: copy_cohort(tx, replace(command, lead="UNOBODY")), setup.admin)
    assert await setup.read(lambda tx: tx.cohorts.count()) == 1


async def test_the_form_names_whoever_leads_now_and_who_opens_it_where_they_have_gone(setup: Setup) -> None:
    form = await setup.read(lambda tx: open_copy_form(tx, setup.cohort.id), setup.admin)
    assert form.lead == "UADA"
    gone = replace(setup.mentor, is_deleted=True)

    def leave(tx: Tx) -> None:
        tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), lead_id=tx.members.update(gone).id))

    await setup.write(leave)
    form = await setup.read(lambda tx: open_copy_form(tx, CohortId(setup.cohort.id)), setup.admin)
    assert form.lead == "UADA"
