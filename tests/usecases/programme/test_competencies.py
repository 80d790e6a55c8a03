"""A cohort's list of competencies: its lead keeps it, renaming keeps what people chose, others cannot touch it."""

from dataclasses import replace

import pytest

from bot.domain.competencies import Competency, CompetencyNamed, CompetencyState, LevelsWrong
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import CohortId
from bot.domain.shown import Shown
from bot.packs.competencies import DEFAULT, templates
from bot.ports import Tx
from bot.usecases.programme.competencies import (
    KeepCompetency,
    begin_competencies,
    competencies_open,
    keep_competency,
    open_competency,
    open_competency_form,
    see_competencies,
    take_template,
)
from tests.usecases.conftest import Setup

LEVELS = ("says it", "does it", "teaches it")


async def keep(setup: Setup, shown: Shown) -> None:
    command = KeepCompetency(setup.cohort.id, None, shown)
    await setup.write(lambda tx: keep_competency(tx, command), setup.admin)


async def a_competency(setup: Setup, name: str = "Listening") -> Competency:
    await keep(setup, {"name": name, "levels": LEVELS})
    return (await setup.read(lambda tx: tx.competencies.find(order="-id")))[0]


async def test_the_lead_adds_one_and_renames_it_without_it_becoming_another(setup: Setup) -> None:
    known = await a_competency(setup)
    command = KeepCompetency(setup.cohort.id, known.id, {"name": "Hearing", "state": CompetencyState.CLOSED})
    await setup.write(lambda tx: keep_competency(tx, command), setup.admin)

    data = await setup.read(lambda tx: see_competencies(tx, setup.cohort.id, "en"), setup.admin)

    [kept] = data.competencies
    assert (kept.id, kept.name, kept.levels) == (known.id, "Hearing", LEVELS)
    assert await setup.read(lambda tx: competencies_open(tx, setup.cohort.id)) == []


async def test_one_without_levels_or_with_a_name_that_is_taken_is_refused(setup: Setup) -> None:
    await a_competency(setup)
    with pytest.raises(LevelsWrong):
        await keep(setup, {"name": "Other", "levels": ("a",)})
    with pytest.raises(CompetencyNamed):
        await keep(setup, {"name": "listening", "levels": LEVELS})


async def test_a_ready_made_list_is_taken_over_once_and_in_the_leads_language(setup: Setup) -> None:
    for _ in range(2):
        await setup.write(lambda tx: take_template(tx, setup.cohort.id, "sales", "de"), setup.admin)

    data = await setup.read(lambda tx: see_competencies(tx, setup.cohort.id, "de"), setup.admin)

    sales = templates()["sales"].competencies
    assert [one.name for one in data.competencies] == [one.names["de"] for one in sales]
    assert "sales" not in [one.id for one in data.templates]


async def test_a_cohort_without_a_list_begins_with_the_default_and_one_with_a_list_keeps_it(
    setup: Setup,
) -> None:
    def begin(tx: Tx) -> None:
        begin_competencies(tx, setup.cohort.id)

    await setup.write(begin, setup.mentee)
    await setup.write(begin, setup.mentee)

    found = await setup.read(lambda tx: competencies_open(tx, setup.cohort.id), setup.mentee)
    assert [one.template for one in found] == [one.id for one in templates()[DEFAULT].competencies]


async def test_nobody_but_whoever_leads_keeps_the_list(setup: Setup) -> None:
    known = await a_competency(setup)

    def ways(tx: Tx) -> None:
        for way in (
            lambda: see_competencies(tx, setup.cohort.id, "en"),
            lambda: open_competency_form(tx, setup.cohort.id),
            lambda: open_competency(tx, known.id),
            lambda: keep_competency(tx, KeepCompetency(setup.cohort.id, known.id, {"name": "x"})),
            lambda: take_template(tx, setup.cohort.id, DEFAULT, "en"),
        ):
            with pytest.raises(NotAllowed):
                way()

    for person in (setup.mentor, setup.mentee):
        await setup.write(ways, person)


async def test_one_of_another_cohort_and_a_list_that_is_none_are_not_found(setup: Setup) -> None:
    known = await a_competency(setup)
    other = await setup.write(
        lambda tx: tx.cohorts.insert(replace(setup.cohort, id=CohortId(0), name="Autumn"))
    )
    for wrong in (
        lambda tx: keep_competency(tx, KeepCompetency(other.id, known.id, {"name": "x"})),
        lambda tx: take_template(tx, other.id, "forged", "en"),
    ):
        with pytest.raises(NotFound):
            await setup.write(wrong, setup.admin)
