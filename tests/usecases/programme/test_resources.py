"""Resources of a cohort: the lead keeps them, and whoever writes a try there meets them."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import InvalidInput, NotAllowed, NotFound, TextMissing, TextTooLong
from bot.domain.ids import CohortId, ResourceId
from bot.domain.resources import (
    LINK_LIMIT,
    MOST,
    Resource,
    ResourceKind,
    ResourceLanguage,
    ResourceLinkOpen,
    TooManyResources,
)
from bot.ports import Tx
from bot.usecases.loop.experiments import open_experiment_form
from bot.usecases.programme.objectives import KeepObjective, keep_objective
from bot.usecases.programme.resources import (
    KeepResource,
    drop_resource,
    keep_resource,
    open_resource,
    open_resource_form,
    see_resources,
)
from tests.usecases.conftest import Setup

SHOWN = {"title": "Reviews", "link": "https://example.com/reviews"}


async def a_resource(setup: Setup, **more: Any) -> Resource:
    command = KeepResource(setup.cohort.id, None, {**SHOWN, **more})
    await setup.write(lambda tx: keep_resource(tx, command), setup.admin)
    return (await setup.read(lambda tx: tx.resources.find(order="-id")))[0]


async def another_cohort(setup: Setup) -> CohortId:
    made = await setup.write(
        lambda tx: tx.cohorts.insert(replace(setup.cohort, id=CohortId(0), name="Autumn"))
    )
    return made.id


async def test_the_lead_keeps_one_changes_it_and_drops_it(setup: Setup) -> None:
    more = {"kind": ResourceKind.COURSE, "aim": "Lead", "language": ResourceLanguage.GERMAN, "minutes": 20}
    first, second = await a_resource(setup), await a_resource(setup, **more)
    command = KeepResource(setup.cohort.id, first.id, {"title": "Calm reviews", "minutes": 5})
    await setup.write(lambda tx: keep_resource(tx, command), setup.admin)

    listed = (await setup.read(lambda tx: see_resources(tx, setup.cohort.id), setup.admin)).resources
    cohort = await setup.write(lambda tx: drop_resource(tx, second.id), setup.admin)

    assert [(one.id, one.title, one.minutes) for one in listed] == [
        (second.id, "Reviews", 20),
        (first.id, "Calm reviews", 5),
    ]
    assert (second.kind, second.aim, second.language) == tuple(more.values())[:3]
    assert cohort == setup.cohort.id
    assert [one.id for one in await setup.read(lambda tx: tx.resources.find())] == [first.id]
    with pytest.raises(NotFound):
        await setup.write(lambda tx: drop_resource(tx, second.id), setup.admin)


@pytest.mark.parametrize(
    ("typed", "error", "field"),
    [
        ({"title": " "}, TextMissing, "title"),
        ({"link": ""}, TextMissing, "link"),
        ({"link": "https://a.example/" + "a" * LINK_LIMIT}, TextTooLong, "link"),
        ({"link": "http://a.example"}, ResourceLinkOpen, "link"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    setup: Setup, typed: dict[str, str], error: type[InvalidInput], field: str
) -> None:
    known = await a_resource(setup)

    for id_ in (None, known.id):
        command = KeepResource(setup.cohort.id, id_, {**SHOWN, "title": "New", **typed})
        with pytest.raises(error) as raised:
            await setup.write(lambda tx, command=command: keep_resource(tx, command), setup.admin)  # type: ignore[misc]  # bound at once
        assert raised.value.field == field

    assert await setup.read(lambda tx: tx.resources.find()) == [known]


async def test_a_cohort_has_a_hundred_at_most_and_each_of_them_can_be_changed(setup: Setup) -> None:
    known = await a_resource(setup)
    other = await another_cohort(setup)
    more = [
        replace(known, id=ResourceId(0), cohort_id=cohort)
        for cohort in (setup.cohort.id, other)
        for _ in range(98)
    ]
    await setup.write(lambda tx: tx.resources.insert_all(more))
    await a_resource(setup, title="The last")

    with pytest.raises(TooManyResources):
        await a_resource(setup)
    command = KeepResource(setup.cohort.id, known.id, {"title": "Changed"})
    await setup.write(lambda tx: keep_resource(tx, command), setup.admin)

    assert await setup.read(lambda tx: tx.resources.count(cohort_id=setup.cohort.id)) == MOST


async def test_only_whoever_leads_keeps_them(setup: Setup) -> None:
    known = await a_resource(setup)

    def ways(tx: Tx) -> None:
        for way in (
            lambda: see_resources(tx, setup.cohort.id),
            lambda: open_resource_form(tx, setup.cohort.id),
            lambda: open_resource(tx, known.id),
            lambda: keep_resource(tx, KeepResource(setup.cohort.id, None, SHOWN)),
            lambda: keep_resource(tx, KeepResource(setup.cohort.id, known.id, SHOWN)),
            lambda: drop_resource(tx, known.id),
        ):
            with pytest.raises(NotAllowed):
                way()

    for person in (setup.mentor, setup.mentee):
        await setup.write(ways, person)
    assert await setup.read(lambda tx: tx.resources.find()) == [known]


async def test_one_of_another_cohort_is_not_found(setup: Setup) -> None:
    known, other = await a_resource(setup), await another_cohort(setup)

    with pytest.raises(NotFound):
        await setup.write(lambda tx: keep_resource(tx, KeepResource(other, known.id, SHOWN)), setup.admin)


async def test_the_form_of_a_try_has_those_of_its_cohort_and_no_others(setup: Setup) -> None:
    known, other = await a_resource(setup), await another_cohort(setup)
    await setup.write(lambda tx: tx.resources.insert(replace(known, id=ResourceId(0), cohort_id=other)))

    assert (await setup.read(open_experiment_form, setup.mentee)).resources == (known,)


async def test_one_for_an_aim_follows_its_new_name(setup: Setup) -> None:
    aim = KeepObjective(setup.cohort.id, None, {"name": "Decide faster"})
    await setup.write(lambda tx: keep_objective(tx, aim), setup.admin)
    [kept] = await setup.read(lambda tx: tx.objectives.find())
    meant, own = await a_resource(setup, aim="decide faster"), await a_resource(setup, aim="Decide")

    renamed = KeepObjective(setup.cohort.id, kept.id, {"name": "Decide closer"})
    await setup.write(lambda tx: keep_objective(tx, renamed), setup.admin)

    found = {one.id: one.aim for one in await setup.read(lambda tx: tx.resources.find())}
    assert found == {meant.id: "Decide closer", own.id: "Decide"}
