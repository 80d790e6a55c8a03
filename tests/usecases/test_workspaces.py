"""The code that makes the first admin, and admins after that."""

import asyncio
import re
from dataclasses import replace

import pytest

from bot.domain.claims import PAUSE
from bot.domain.errors import ClaimClosed, ClaimPaused, CodeRefused, LastAdmin, NotAllowed
from bot.ports import Deps
from bot.usecases.admins import ADDED, add_admin, remove_admin
from bot.usecases.workspaces import claim, open_workspace
from storage.database import SqlDatabase
from tests.fakes import FakeClock, FakeDirectory, FakeMessenger
from tests.usecases.conftest import MONDAY, Stage
from tests.usecases.test_pairs_import import profile


@pytest.fixture
async def orphaned(stage: Stage) -> Stage:
    """The stage before anybody is an admin."""
    await stage.write(lambda r: r.members.update(replace(stage.admin, is_admin=False)))
    return stage


async def try_claim(stage: Stage, code: str, key: str = "claim") -> None:
    await claim(stage.deps, stage.viewer(stage.mentor), stage.mentor.id, code, key=key)


async def is_admin(stage: Stage) -> bool:
    return (await stage.read(lambda r: r.members.get(stage.mentor.id))).is_admin


async def test_the_code_works_once_however_it_is_typed(orphaned: Stage) -> None:
    _, code = await open_workspace(orphaned.deps)
    with pytest.raises(CodeRefused):
        await try_claim(orphaned, "wrong", key="wrong")
    await try_claim(orphaned, f"  {code.upper().replace('-', ' ').replace('0', 'O').replace('1', 'l')} ")

    assert await is_admin(orphaned)
    with pytest.raises(ClaimClosed):
        await try_claim(orphaned, code, key="again")


async def test_the_database_keeps_no_code_that_somebody_could_read(orphaned: Stage) -> None:
    workspace, code = await open_workspace(orphaned.deps)

    assert code not in workspace.claim_code


async def test_a_code_is_too_long_to_guess_and_shown_in_groups(orphaned: Stage) -> None:
    (_, first), (_, second) = await open_workspace(orphaned.deps), await open_workspace(orphaned.deps)

    assert first != second
    assert re.fullmatch(r"(?:[0-9a-z]{4}-){6}[0-9a-z]{4}", first)


async def test_after_five_wrong_codes_there_is_a_pause_in_which_the_right_one_waits_too(
    orphaned: Stage,
) -> None:
    _, code = await open_workspace(orphaned.deps)
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


async def test_a_wrong_code_that_slack_delivers_twice_is_one_try(orphaned: Stage) -> None:
    await open_workspace(orphaned.deps)
    for _ in range(6):
        with pytest.raises(CodeRefused):
            await try_claim(orphaned, "wrong", key="the same")


async def test_whoever_guesses_keeps_nobody_else_waiting(orphaned: Stage) -> None:
    _, code = await open_workspace(orphaned.deps)
    for number in range(5):
        with pytest.raises(CodeRefused):
            await claim(
                orphaned.deps, orphaned.viewer(orphaned.mentee), orphaned.mentee.id, "no", key=str(number)
            )

    await try_claim(orphaned, code)

    assert await is_admin(orphaned)


async def test_while_there_is_an_admin_no_code_is_made_and_an_old_one_is_closed(orphaned: Stage) -> None:
    _, code = await open_workspace(orphaned.deps)
    named = replace(orphaned.deps, admins=frozenset({"UADA"}))
    assert (await open_workspace(named))[1] == ""

    assert (await orphaned.read(lambda r: r.members.get(orphaned.admin.id))).is_admin
    with pytest.raises(ClaimClosed):
        await try_claim(orphaned, code)


async def test_when_the_only_admin_has_gone_there_is_a_code_again(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(stage.admin, is_deleted=True)))

    assert (await open_workspace(stage.deps))[1] != ""


async def test_a_workspace_is_opened_once(database: SqlDatabase, clock: FakeClock) -> None:
    deps = Deps(database, clock, FakeDirectory(), FakeMessenger())

    first, second = (await open_workspace(deps))[0], (await open_workspace(deps))[0]

    assert first.id == second.id


async def test_admins_add_each_other_and_each_is_told_once(stage: Stage) -> None:
    stage.directory.profiles = {"UMIRA": profile("UMIRA", "Mira")}
    for key in ("one", "two"):
        await add_admin(stage.deps, stage.viewer(stage.admin), stage.admin.id, "UMIRA", key=key)

    assert await is_admin(stage)
    assert await stage.told(stage.mentor) == [ADDED]
    with pytest.raises(NotAllowed):
        await add_admin(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, "UMIRA", key="mine")


async def test_two_admins_who_remove_each_other_at_once_leave_one(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(stage.mentor, is_admin=True)))
    removals = (
        remove_admin(stage.deps, stage.viewer(one), one.id, other.id, key=one.name)
        for one, other in ((stage.admin, stage.mentor), (stage.mentor, stage.admin))
    )
    results = await asyncio.gather(*removals, return_exceptions=True)

    assert await stage.read(lambda r: r.members.count(is_admin=True)) == 1
    assert sum(isinstance(result, LastAdmin | NotAllowed) for result in results) == 1
