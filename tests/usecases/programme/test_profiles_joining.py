"""Joining a cohort: what is asked, who may, who reads it; with whom somebody would not be stays theirs."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.cohorts import CohortState, Joining
from bot.domain.errors import ChoiceMissing, CohortNotRunning, InvalidInput, NotAllowed, NotFound, PersonUnfit
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.profiles import (
    MOST_CHOSEN,
    CannotJoin,
    CohortProfile,
    LanguageUnknown,
    ListClosed,
    NothingToShare,
    NotOnList,
    ProfileState,
    TooManyChosen,
)
from bot.ports import Tx
from bot.usecases.programme.competencies import (
    KeepCompetency,
    begin_competencies,
    keep_competency,
    take_template,
)
from bot.usecases.programme.profiles_joining import (
    INVITED,
    Join,
    invite,
    join,
    leave_list,
    open_join_form,
    see_listed,
    see_lists,
)
from bot.usecases.repository.export import export
from tests.running import read_as
from tests.usecases.conftest import Setup


async def competencies(setup: Setup) -> list[str]:
    """The ids of what may be chosen in Spring."""
    await setup.write(lambda tx: begin_competencies(tx, setup.cohort.id), setup.admin)
    return [
        str(one.id) for one in await setup.read(lambda tx: tx.competencies.find(cohort_id=setup.cohort.id))
    ]


async def open_list(setup: Setup, joining: Joining = Joining.OPEN) -> None:
    def work(tx: Tx) -> None:
        tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), joining=joining))

    await setup.write(work)


async def joined(setup: Setup, member: Member, **said: Any) -> CohortProfile:
    """On the list, with what they said; what is not said is left empty."""
    shown = said.pop("shown", {})
    preset = Join(setup.cohort.id, (), (), 1, ("en",), "", (), shown)
    await setup.write(lambda tx: join(tx, replace(preset, **said)), member)
    [found] = await setup.read(lambda tx: tx.profiles.find(cohort_id=setup.cohort.id, member_id=member.id))
    return found


async def test_somebody_joins_changes_what_they_said_and_leaves(setup: Setup) -> None:
    await open_list(setup)
    first, second, *_ = await competencies(setup)
    await joined(setup, setup.mentee, wants=(first,), shown={"place": " Berlin "})
    changed = await joined(setup, setup.mentee, wants=(second,), cans=(first,), capacity=0)
    await setup.write(lambda tx: leave_list(tx, setup.cohort.id), setup.mentee)

    listed = await setup.read(lambda tx: see_listed(tx, setup.cohort.id), setup.mentee)

    assert (changed.wants, changed.cans, changed.capacity, changed.place) == (
        (second,),
        (first,),
        0,
        "Berlin",
    )
    assert listed.state is ProfileState.LEFT
    form = await setup.read(lambda tx: open_join_form(tx, setup.cohort.id), setup.mentee)
    assert form.profile is not None
    assert form.profile.wants == (second,)


@pytest.mark.parametrize(
    ("said", "error", "field"),
    [
        ({}, NothingToShare, "wants"),
        ({"wants": ("99",)}, ChoiceMissing, "wants"),
        ({"cans": ("99",)}, ChoiceMissing, "cans"),
        ({"capacity": 6}, ChoiceMissing, "capacity"),
        ({"capacity": -1}, ChoiceMissing, "capacity"),
        ({"languages": ("en", "klingon")}, LanguageUnknown, "languages"),
        ({"shown": {"values": ("calm", "care", "honesty", "humour")}}, TooManyChosen, "values"),
        ({"not_with": tuple(f"U{number}" for number in range(11))}, TooManyChosen, "not_with"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    setup: Setup, said: dict[str, Any], error: type[InvalidInput], field: str
) -> None:
    await open_list(setup)
    known, *_ = await competencies(setup)
    with pytest.raises(error) as raised:
        await joined(setup, setup.mentee, **({"wants": (known,)} if said else {}) | said)
    assert raised.value.field == field


async def test_more_than_five_of_the_list_are_refused(setup: Setup) -> None:
    await open_list(setup)
    await competencies(setup)
    await setup.write(lambda tx: take_template(tx, setup.cohort.id, "sales", "en"), setup.admin)
    found = [str(one.id) for one in await setup.read(lambda tx: tx.competencies.find())]
    assert len(found) > MOST_CHOSEN
    with pytest.raises(TooManyChosen):
        await joined(setup, setup.mentee, wants=tuple(found))


async def test_a_name_that_changes_leaves_what_was_chosen(setup: Setup) -> None:
    await open_list(setup)
    first, *_ = await competencies(setup)
    await joined(setup, setup.mentee, wants=(first,))
    renamed = KeepCompetency(setup.cohort.id, int(first), {"name": "Thinking ahead", "state": "closed"})
    await setup.write(lambda tx: keep_competency(tx, renamed), setup.admin)

    form = await setup.read(lambda tx: open_join_form(tx, setup.cohort.id), setup.mentee)

    assert form.profile is not None
    assert form.profile.wants == (first,)
    assert "Thinking ahead" in [one.name for one in form.competencies]


async def test_a_list_that_is_not_open_takes_only_whom_its_lead_invites(setup: Setup) -> None:
    first, *_ = await competencies(setup)
    assert await setup.read(see_lists, setup.mentee) == ()
    with pytest.raises(ListClosed):
        await joined(setup, setup.mentee, wants=(first,))

    await setup.write(lambda tx: invite(tx, setup.cohort.id, [setup.mentee.id]), setup.admin)
    await setup.write(lambda tx: invite(tx, setup.cohort.id, [setup.mentee.id]), setup.admin)

    assert (await setup.told(setup.mentee)).count(INVITED) == 1
    assert [one.listed for one in await setup.read(see_lists, setup.mentee)] == [False]
    assert (await joined(setup, setup.mentee, wants=(first,))).state is ProfileState.LISTED


async def test_nobody_but_the_lead_invites_and_a_cohort_that_rests_takes_nobody(setup: Setup) -> None:
    with pytest.raises(NotAllowed):
        await setup.write(lambda tx: invite(tx, setup.cohort.id, [setup.mentor.id]), setup.mentee)
    await open_list(setup)
    paused = replace(await setup.read(lambda tx: tx.cohorts.get(setup.cohort.id)), state=CohortState.PAUSED)
    await setup.write(lambda tx: tx.cohorts.update(paused))
    with pytest.raises(CohortNotRunning):
        await setup.read(lambda tx: open_join_form(tx, setup.cohort.id), setup.mentee)


async def test_nobody_leaves_a_list_that_they_are_not_on(setup: Setup) -> None:
    with pytest.raises(NotOnList):
        await setup.write(lambda tx: leave_list(tx, setup.cohort.id), setup.mentee)


async def test_with_whom_somebody_would_rather_not_be_is_read_by_nobody_else(setup: Setup) -> None:
    await open_list(setup)
    first, *_ = await competencies(setup)
    await joined(setup, setup.mentee, wants=(first,), not_with=("UMIRA",))

    form = await setup.read(lambda tx: open_join_form(tx, setup.cohort.id), setup.mentee)
    assert form.not_with == ("UMIRA",)
    for person in (setup.mentor, setup.admin):
        assert await setup.read(lambda tx: tx.not_with.find(), person) == []
        records = (await read_as(setup.deps, setup.viewer(person), export, person)).records
        assert records["not_with"] == records["cohort_profile"] == []
    assert len(await setup.read(lambda tx: tx.profiles.find(), setup.admin)) == 1
    assert await setup.read(lambda tx: tx.profiles.find(), setup.mentor) == []

    await joined(setup, setup.mentee, wants=(first,))
    assert await setup.read(lambda tx: tx.not_with.find()) == []


async def test_a_profile_of_another_cohort_is_not_read_by_a_lead_of_this_one(setup: Setup) -> None:
    await open_list(setup)
    first, *_ = await competencies(setup)
    await joined(setup, setup.mentee, wants=(first,))
    autumn = replace(setup.cohort, id=CohortId(0), name="Autumn", lead_id=setup.mentor.id)
    await setup.write(lambda tx: tx.cohorts.insert(autumn))

    assert await setup.read(lambda tx: tx.profiles.find(), setup.mentor) == []
    with pytest.raises(NotFound):
        await setup.read(lambda tx: open_join_form(tx, 99), setup.mentee)


async def test_whoever_can_be_in_no_pair_joins_no_list_and_is_not_invited(setup: Setup) -> None:
    await open_list(setup)
    first, *_ = await competencies(setup)
    await setup.write(lambda tx: tx.members.update(replace(setup.mentee, is_guest=True)))

    with pytest.raises(CannotJoin):
        await joined(setup, setup.mentee, wants=(first,))
    with pytest.raises(PersonUnfit):
        await setup.write(lambda tx: invite(tx, setup.cohort.id, [setup.mentee.id]), setup.admin)
    assert await setup.read(lambda tx: tx.profiles.count()) == 0
