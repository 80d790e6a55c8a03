"""What is written to be posted: once for each reason, and again only where something was posted."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM
from bot.usecases.outgoing import refresh, tell
from tests.usecases.conftest import Stage


async def rows(stage: Stage, **where: Any) -> list[Outgoing]:
    return await stage.read(lambda r: r.outgoing.find(**where))


async def say(stage: Stage, kind: str = "goal.card", subject: int = 5, key: str = "") -> None:
    for member in (stage.mentee.id, stage.mentor.id):
        await stage.write(
            lambda r, to=member: tell(  # type: ignore[misc]  # bound at once
                r, to, kind, subject, now=stage.clock.now(), key=key and f"{key}:{to}"
            )
        )


async def change(stage: Stage, version: int, kind: str = "goal.card", subject: int = 5) -> None:
    await stage.write(lambda r: refresh(r, kind, subject, now=stage.clock.now(), version=version))


async def put(stage: Stage, state: OutgoingState) -> None:
    for row in await rows(stage, updates=""):
        await stage.write(lambda r, one=row: r.outgoing.update(replace(one, state=state)))  # type: ignore[misc]  # bound at once


async def test_each_reader_is_told_once_for_each_thing_and_reason(stage: Stage) -> None:
    for _ in range(2):
        await say(stage)
        await say(stage, subject=6)
        await say(stage, kind="goal.reached")
        await say(stage, key="again")

    found = await rows(stage)
    assert len(found) == 8
    assert {(row.member_id, row.kind, row.subject_id) for row in found} == {
        (member.id, kind, subject)
        for member in (stage.mentee, stage.mentor)
        for kind, subject in (("goal.card", 5), ("goal.card", 6), ("goal.reached", 5))
    }
    assert len({row.nonce for row in found}) == 8
    assert {row.workspace_id for row in found} == {stage.workspace.id}
    assert {row.state for row in found} == {OutgoingState.PLANNED}


async def test_what_nobody_has_read_yet_is_not_written_twice(stage: Stage) -> None:
    await say(stage)
    await change(stage, 2)

    assert len(await rows(stage)) == 2


@pytest.mark.parametrize("state", [OutgoingState.SENT, OutgoingState.SENDING, OutgoingState.UNKNOWN])
async def test_what_may_have_been_read_is_brought_up_to_date_once_for_each_version(
    stage: Stage, state: OutgoingState
) -> None:
    await say(stage)
    await put(stage, state)
    for version in (2, 2, 3):
        await change(stage, version)
    for other in ({"subject": 6}, {"kind": "goal.reached"}):
        await change(stage, 4, **other)

    posts = {row.dedupe_key: row.member_id for row in await rows(stage, updates="")}
    updates = [row for row in await rows(stage) if row.updates]
    assert len(updates) == 4
    assert {(row.member_id, row.kind, row.subject_id) for row in updates} == {
        (stage.mentee.id, "goal.card", 5),
        (stage.mentor.id, "goal.card", 5),
    }
    assert all(posts[row.updates] == row.member_id for row in updates)


async def test_what_nobody_needed_is_not_brought_up_to_date(stage: Stage) -> None:
    await say(stage)
    await put(stage, OutgoingState.DROPPED)
    await change(stage, 2)

    assert len(await rows(stage)) == 2


async def test_the_clock_tells_people_in_their_own_workspace(stage: Stage) -> None:
    await stage.deps.db.write(SYSTEM, lambda r: tell(r, stage.mentee.id, "said", 5, now=stage.clock.now()))

    (row,) = await rows(stage)
    assert (row.workspace_id, row.created_at) == (stage.workspace.id, stage.clock.now())
