"""What is written to be posted: once for each reason, and again only where something was posted."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.loop.goals import CARD as GOAL_CARD
from bot.usecases.messages import MESSAGES
from tests.usecases.conftest import Setup


async def rows(setup: Setup, **where: Any) -> list[Outgoing]:
    return await setup.read(lambda r: r.outgoing.find(**where))


async def say(setup: Setup, kind: str = "goal.card", subject: int = 5, key: str = "") -> None:
    for member in (setup.mentee.id, setup.mentor.id):
        await setup.write(
            lambda r, to=member: enqueue_post(  # type: ignore[misc]  # bound at once
                r, to, MESSAGES[kind], subject, key=key and f"{key}:{to}"
            )
        )


async def change(setup: Setup, version: int, kind: str = "goal.card", subject: int = 5) -> None:
    await setup.write(lambda r: enqueue_update(r, MESSAGES[kind], subject, version=version))


async def put(setup: Setup, state: OutgoingState) -> None:
    for row in await rows(setup, updates=""):
        await setup.write(lambda r, one=row: r.outgoing.update(replace(one, state=state)))  # type: ignore[misc]  # bound at once


async def test_each_reader_is_told_once_for_each_thing_and_reason(setup: Setup) -> None:
    for _ in range(2):
        await say(setup)
        await say(setup, subject=6)
        await say(setup, kind="goal.reached")
        await say(setup, key="again")

    found = await rows(setup)
    assert len(found) == 8
    assert {(row.member_id, row.kind, row.subject_id) for row in found} == {
        (member.id, kind, subject)
        for member in (setup.mentee, setup.mentor)
        for kind, subject in (("goal.card", 5), ("goal.card", 6), ("goal.reached", 5))
    }
    assert len({row.nonce for row in found}) == 8
    assert {row.workspace_id for row in found} == {setup.workspace.id}
    assert {row.state for row in found} == {OutgoingState.PLANNED}


async def test_what_nobody_has_read_yet_is_not_written_twice(setup: Setup) -> None:
    await say(setup)
    await change(setup, 2)

    assert len(await rows(setup)) == 2


@pytest.mark.parametrize("state", [OutgoingState.SENT, OutgoingState.SENDING, OutgoingState.UNKNOWN])
async def test_what_may_have_been_read_is_brought_up_to_date_once_for_each_version(
    setup: Setup, state: OutgoingState
) -> None:
    await say(setup)
    await put(setup, state)
    for version in (2, 2, 3):
        await change(setup, version)
    for other in ({"subject": 6}, {"kind": "goal.reached"}):
        await change(setup, 4, **other)

    posts = {row.dedupe_key: row.member_id for row in await rows(setup, updates="")}
    updates = [row for row in await rows(setup) if row.updates]
    assert len(updates) == 4
    assert {(row.member_id, row.kind, row.subject_id) for row in updates} == {
        (setup.mentee.id, "goal.card", 5),
        (setup.mentor.id, "goal.card", 5),
    }
    assert all(posts[row.updates] == row.member_id for row in updates)


async def test_what_nobody_needed_is_not_brought_up_to_date(setup: Setup) -> None:
    await say(setup)
    await put(setup, OutgoingState.DROPPED)
    await change(setup, 2)

    assert len(await rows(setup)) == 2


async def test_the_clock_tells_people_in_their_own_workspace(setup: Setup) -> None:
    await setup.deps.db.write(SYSTEM, lambda r: enqueue_post(r, setup.mentee.id, GOAL_CARD, 5))

    (row,) = await rows(setup)
    assert (row.workspace_id, row.created_at) == (setup.workspace.id, setup.clock.now())
