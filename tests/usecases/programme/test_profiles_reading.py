"""A lead reads what people said when they joined: as much as the form said, while they are on the list."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import CohortId
from bot.domain.members import Member
from bot.domain.profiles import ProfileState
from bot.ports import Tx
from bot.slack.programme.profiles_reading import joined_view, profile_view
from bot.usecases.programme.profiles_joining import invite, leave_list
from bot.usecases.programme.profiles_reading import JoinedPage, read_profile, see_joined
from bot.words import Words
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_profiles_joining import competencies, joined, open_list
from tests.usecases.rhythm.test_sessions import a_member


@pytest.fixture
async def profile(setup: Setup) -> int:
    """What Tom said; he reports to Mira and would rather not be with Ada."""
    await open_list(setup)
    known = await competencies(setup)
    shown = {"place": "Graz", "group": "parents", "likes": None, "values": ("calm",)}
    more = {"manager": setup.mentor.user_id, "not_with": (setup.admin.user_id,)}
    said = await joined(setup, setup.mentee, wants=(known[0],), capacity=2, shown=shown, **more)
    return said.id


async def page(setup: Setup, reader: Member) -> JoinedPage:
    return await setup.read(lambda tx: see_joined(tx, setup.cohort.id), reader)


async def a_lead(setup: Setup) -> Member:
    lena = await a_member(setup, "Lena")

    def work(tx: Tx) -> None:
        tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), lead_id=lena.id))

    await setup.write(work)
    return lena


async def test_the_lead_and_the_admins_read_it_and_nobody_else(setup: Setup, profile: int) -> None:
    lead = await a_lead(setup)

    for reader in (lead, setup.admin):
        read = await setup.read(lambda tx: read_profile(tx, profile), reader)
        assert (read.name, read.manager, len(read.profile.wants)) == ("Tom", "Mira", 1)
        assert (await page(setup, reader)).people == ((profile, "Tom"),)
    for other in (setup.mentor, setup.mentee, await a_member(setup, "Zoe")):
        with pytest.raises((NotAllowed, NotFound)):
            await setup.read(lambda tx: read_profile(tx, profile), other)
        with pytest.raises(NotAllowed):
            await page(setup, other)


async def test_what_is_for_counts_or_for_nobody_is_not_read(setup: Setup, profile: int) -> None:
    read = await setup.read(lambda tx: read_profile(tx, profile), setup.admin)

    shown = str(profile_view(read, Words()).to_dict())
    for word in ("Mira", "Strategic thinking", "English", "Calm"):
        assert word in shown
    for secret in ("Graz", "parents", "Ada"):
        assert secret not in shown.replace("the admins", "")
        assert secret not in repr(read.profile)


async def test_who_left_or_was_only_invited_is_not_read(setup: Setup, profile: int) -> None:
    zoe = await a_member(setup, "Zoe")
    await setup.write(lambda tx: invite(tx, setup.cohort.id, [zoe.id]), setup.admin)
    await setup.write(lambda tx: leave_list(tx, setup.cohort.id), setup.mentee)

    assert (await page(setup, setup.admin)).people == ()
    profiles = await setup.read(lambda tx: tx.profiles.find())
    assert {one.state for one in profiles} == {ProfileState.LEFT, ProfileState.INVITED}
    for one in profiles:
        with pytest.raises(NotFound):
            await setup.read(lambda tx, one=one: read_profile(tx, one.id), setup.admin)  # type: ignore[misc]  # bound at once


async def test_a_lead_of_another_cohort_reads_nothing(setup: Setup, profile: int) -> None:
    lena = await a_member(setup, "Lena")
    own = replace(setup.cohort, id=CohortId(0), version=1, name="Autumn", lead_id=lena.id)
    await setup.write(lambda tx: tx.cohorts.insert(own))

    with pytest.raises((NotAllowed, NotFound)):
        await setup.read(lambda tx: read_profile(tx, profile), lena)


async def test_three_hundred_people_are_a_few_pages_of_a_window(setup: Setup) -> None:
    many = JoinedPage(setup.cohort, tuple((number, f"Person {number}") for number in range(300)))

    pages = [joined_view(many, Words(), number).to_dict()["blocks"] for number in range(4)]

    assert all(len(blocks) <= 100 for blocks in pages)
    text = "".join(map(str, pages))
    assert all(f"Person {number}'" in text for number in range(300))
