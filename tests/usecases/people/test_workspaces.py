"""The code that makes the first admin, and admins after that."""

import asyncio
import re
from dataclasses import replace

import pytest

from bot.domain.claims import PAUSE
from bot.domain.errors import (
    ClaimClosed,
    ClaimPaused,
    CodeRefused,
    LastAdmin,
    NotAllowed,
    NotFound,
    PersonUnfit,
)
from bot.domain.members import Member
from bot.ports import Deps, Policy
from bot.usecases.people.admins import ADDED, load_added, remove_admin, see_admins
from storage.database import SqlDatabase
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.running import add_admin_as, claim_as, open_as, read_as, under, write_as
from tests.usecases.conftest import MONDAY, Setup
from tests.usecases.programme.test_pairs_import import profile


@pytest.fixture
async def orphaned(setup: Setup) -> Setup:
    """The same before anybody is an admin."""
    await setup.write(lambda r: r.members.update(replace(setup.admin, is_admin=False)))
    return setup


async def try_claim(setup: Setup, code: str, key: str = "claim") -> None:
    await claim_as(setup.deps, setup.viewer(setup.mentor), code, key=key)


async def is_admin(setup: Setup) -> bool:
    return (await setup.read(lambda r: r.members.get(setup.mentor.id))).is_admin


async def test_the_code_works_once_however_it_is_typed(orphaned: Setup) -> None:
    _, code = await open_as(orphaned.deps)
    with pytest.raises(CodeRefused):
        await try_claim(orphaned, "wrong", key="wrong")
    await try_claim(orphaned, f"  {code.upper().replace('-', ' ').replace('0', 'O').replace('1', 'l')} ")

    assert await is_admin(orphaned)
    with pytest.raises(ClaimClosed):
        await try_claim(orphaned, code, key="again")


async def test_the_database_keeps_no_code_that_somebody_could_read(orphaned: Setup) -> None:
    workspace, code = await open_as(orphaned.deps)

    assert code not in workspace.claim_code


async def test_a_code_is_too_long_to_guess_and_shown_in_groups(orphaned: Setup) -> None:
    (_, first), (_, second) = await open_as(orphaned.deps), await open_as(orphaned.deps)

    assert first != second
    assert re.fullmatch(r"(?:[0-9a-z]{4}-){6}[0-9a-z]{4}", first)


async def test_after_five_wrong_codes_there_is_a_pause_in_which_the_right_one_waits_too(
    orphaned: Setup,
) -> None:
    _, code = await open_as(orphaned.deps)
    for number in range(5):
        with pytest.raises(CodeRefused):
            await try_claim(orphaned, "wrong", key=f"wrong-{number}")
        orphaned.clock.move(minutes=1)

    with pytest.raises(ClaimPaused) as paused:
        await try_claim(orphaned, code, key="right")
    assert paused.value.until == MONDAY + PAUSE
    assert not await is_admin(orphaned)

    orphaned.clock.moment = paused.value.until
    await try_claim(orphaned, code, key="right")
    assert await is_admin(orphaned)


async def test_a_wrong_code_that_slack_delivers_twice_is_one_try(orphaned: Setup) -> None:
    await open_as(orphaned.deps)
    for _ in range(6):
        with pytest.raises(CodeRefused):
            await try_claim(orphaned, "wrong", key="the same")


async def test_whoever_guesses_keeps_nobody_else_waiting(orphaned: Setup) -> None:
    _, code = await open_as(orphaned.deps)
    for number in range(5):
        with pytest.raises(CodeRefused):
            await claim_as(orphaned.deps, orphaned.viewer(orphaned.mentee), "no", key=str(number))

    await try_claim(orphaned, code)

    assert await is_admin(orphaned)


async def test_while_there_is_an_admin_no_code_is_made_and_an_old_one_is_closed(orphaned: Setup) -> None:
    _, code = await open_as(orphaned.deps)
    named = under(orphaned.deps, Policy(admins=frozenset({"UADA"})))
    assert (await open_as(named))[1] == ""

    assert (await orphaned.read(lambda r: r.members.get(orphaned.admin.id))).is_admin
    with pytest.raises(ClaimClosed):
        await try_claim(orphaned, code)


async def test_when_the_only_admin_has_gone_there_is_a_code_again(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.admin, is_deleted=True)))

    assert (await open_as(setup.deps))[1] != ""


async def test_a_workspace_is_opened_once(database: SqlDatabase, clock: FakeClock) -> None:
    deps = Deps(database, clock, FakeDirectory(), FakeMessenger())

    first, second = (await open_as(deps))[0], (await open_as(deps))[0]

    assert first.id == second.id


async def test_admins_add_each_other_and_each_is_told_once(setup: Setup) -> None:
    setup.directory.profiles = {"UMIRA": profile("UMIRA", "Mira")}
    for key in ("one", "two"):
        await add_admin_as(setup.deps, setup.viewer(setup.admin), "UMIRA", key=key)

    assert await is_admin(setup)
    assert await setup.told(setup.mentor) == [ADDED]
    with pytest.raises(NotAllowed):
        await add_admin_as(setup.deps, setup.viewer(setup.mentee), "UMIRA", key="mine")


async def test_two_admins_who_remove_each_other_at_once_leave_one(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentor, is_admin=True)))
    removals = (
        write_as(setup.deps, setup.viewer(one), remove_admin, other.id, key=one.name)
        for one, other in ((setup.admin, setup.mentor), (setup.mentor, setup.admin))
    )
    results = await asyncio.gather(*removals, return_exceptions=True)

    assert await setup.read(lambda r: r.members.count(is_admin=True)) == 1
    assert sum(isinstance(result, LastAdmin | NotAllowed) for result in results) == 1


async def remove(setup: Setup, by: Member, whom: Member, key: str = "remove") -> None:
    await write_as(setup.deps, setup.viewer(by), remove_admin, whom.id, key=key)


async def test_nobody_but_an_admin_takes_the_rights_of_another_or_sees_who_has_them(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentor, is_admin=True)))

    with pytest.raises(NotAllowed):
        await remove(setup, setup.mentee, setup.mentor)
    with pytest.raises(NotAllowed):
        await read_as(setup.deps, setup.viewer(setup.mentee), see_admins)
    assert await is_admin(setup)


@pytest.mark.parametrize("gone", [False, True])
async def test_the_last_admin_stays_also_beside_one_whose_account_was_closed(
    setup: Setup, *, gone: bool
) -> None:
    if gone:
        await setup.write(lambda r: r.members.update(replace(setup.mentor, is_admin=True, is_deleted=True)))

    with pytest.raises(LastAdmin):
        await remove(setup, setup.admin, setup.admin)

    assert (await setup.read(lambda r: r.members.get(setup.admin.id))).is_admin
    listed = await read_as(setup.deps, setup.viewer(setup.admin), see_admins)
    assert [row.member.id for row in listed.rows] == [setup.admin.id]
    assert not listed.may_remove


async def test_an_admin_takes_the_rights_of_another_and_it_leaves_a_trail(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentor, is_admin=True)))

    await remove(setup, setup.admin, setup.mentor)
    await remove(setup, setup.admin, setup.mentee, key="no admin at all")

    assert not await is_admin(setup)
    trail = await setup.read(lambda r: r.audit.find())
    assert [(e.action, e.subject_id, e.member_id) for e in trail] == [
        ("admin.removed", setup.mentor.id, setup.admin.id)
    ]


async def test_admins_are_listed_with_those_whom_the_settings_bring_back(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentor, is_admin=True)))
    deps = under(setup.deps, Policy(admins=frozenset({"UMIRA"})))

    listed = await read_as(deps, setup.viewer(setup.admin), see_admins)

    assert {(row.member.id, row.fixed) for row in listed.rows} == {
        (setup.admin.id, False),
        (setup.mentor.id, True),
    }
    assert listed.may_remove


async def test_a_guest_and_nobody_at_all_become_no_admin(setup: Setup) -> None:
    setup.directory.profiles = {"UNOOR": profile("UNOOR", "Noor", is_guest=True)}

    for user_id in ("UNOOR", "UNKNOWN", ""):
        with pytest.raises(PersonUnfit) as refused:
            await add_admin_as(setup.deps, setup.viewer(setup.admin), user_id, key=user_id)
        assert refused.value.field == "person"
    assert await setup.read(lambda r: r.members.count(is_admin=True)) == 1


async def test_who_is_no_admin_any_more_is_not_told_that_they_became_one(setup: Setup) -> None:
    with pytest.raises(NotFound):
        await setup.read(lambda r: load_added(r, setup.admin.id), setup.mentor)


async def test_a_claim_opens_the_door_for_one_and_leaves_a_trail(orphaned: Setup) -> None:
    _, code = await open_as(orphaned.deps)
    await try_claim(orphaned, code)

    assert not (await orphaned.read(lambda r: r.members.get(orphaned.mentee.id))).is_admin
    trail = await orphaned.read(lambda r: r.audit.find())
    assert [(e.action, e.subject_id, e.member_id) for e in trail] == [
        ("admin.claimed", orphaned.mentor.id, orphaned.mentor.id)
    ]


async def test_only_the_newest_code_opens_the_door(orphaned: Setup) -> None:
    _, old = await open_as(orphaned.deps)
    _, new = await open_as(orphaned.deps)

    assert old != new
    with pytest.raises(CodeRefused):
        await try_claim(orphaned, old)
    await try_claim(orphaned, new, key="new")
    assert await is_admin(orphaned)
