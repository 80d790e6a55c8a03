"""What is written to be posted: once for each reason, and again only where something was posted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.goals import Goal
from bot.domain.ids import GoalId, MemberId, PairId, WorkspaceId
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.privacy import SYSTEM
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.delivery.restoring import note_restored
from bot.usecases.loop.goals import CARD as GOAL_CARD
from bot.usecases.messages import MESSAGES
from bot.usecases.outgoing import enqueue_card, enqueue_post, enqueue_update
from bot.usecases.tick import tick
from tests.usecases import sayings
from tests.usecases.conftest import Setup
from tests.usecases.sayings import said

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
GOAL = Goal(WorkspaceId(1), PairId(1), MemberId(1), "Talk less", MONDAY, MONDAY, id=GoalId(5))


async def rows(setup: Setup, **where: Any) -> list[Outgoing]:
    return await setup.read(lambda r: r.outgoing.find(**where))


@pytest.fixture(autouse=True)
def _sayings(monkeypatch: pytest.MonkeyPatch) -> None:
    sayings.learn_to_say(monkeypatch)


async def hold(setup: Setup, subject: int, how_long: timedelta) -> None:
    due = setup.clock.now() + how_long
    await setup.write(lambda tx: enqueue_post(tx, setup.mentee.id, MESSAGES["said"], subject, due=due))


async def on_time(setup: Setup) -> None:
    await tick(setup.deps)
    await dispatch(setup.deps)


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
    for other in ({"subject": 6}, {"kind": "result.card"}):
        await change(setup, 4, **other)

    posts = {row.dedupe_key: row.member_id for row in await rows(setup, updates="")}
    updates = [row for row in await rows(setup) if row.updates]
    assert len(updates) == 4
    assert {(row.member_id, row.kind, row.subject_id) for row in updates} == {
        (setup.mentee.id, "goal.card", 5),
        (setup.mentor.id, "goal.card", 5),
    }
    assert all(posts[row.updates] == row.member_id for row in updates)


@pytest.mark.parametrize(("version", "updates"), [(1, 0), (2, 2)])
async def test_a_card_is_brought_up_to_date_only_on_what_was_there_before(
    setup: Setup, version: int, updates: int
) -> None:
    await say(setup)
    await put(setup, OutgoingState.SENT)
    goal = replace(GOAL, version=version)
    readers = [setup.mentee.id, setup.mentor.id]
    await setup.write(lambda tx: enqueue_card(tx, MESSAGES["goal.card"], goal, readers))

    assert len(await rows(setup, updates="")) == 2
    assert len([row for row in await rows(setup) if row.updates]) == updates


async def test_what_nobody_needed_is_not_brought_up_to_date(setup: Setup) -> None:
    await say(setup)
    await put(setup, OutgoingState.DROPPED)
    await change(setup, 2)

    assert len(await rows(setup)) == 2


async def test_the_clock_tells_people_in_their_own_workspace(setup: Setup) -> None:
    await setup.deps.db.write(SYSTEM, lambda r: enqueue_post(r, setup.mentee.id, GOAL_CARD, 5))

    (row,) = await rows(setup)
    assert (row.workspace_id, row.created_at) == (setup.workspace.id, setup.clock.now())


async def test_what_is_held_back_is_posted_when_the_calendar_says_so_and_not_before(setup: Setup) -> None:
    await hold(setup, 1, HOUR)
    setup.clock.move(minutes=59)
    await on_time(setup)
    assert said(setup) == []

    setup.clock.move(minutes=1)
    await on_time(setup)
    assert said(setup) == [1]


async def test_a_calendar_that_is_moved_is_told_of_what_is_held_back_until_it_is_released(
    setup: Setup,
) -> None:
    await hold(setup, 2, 2 * HOUR)
    await hold(setup, 1, HOUR)
    first = setup.clock.now() + HOUR
    assert await setup.read(lambda r: r.counts.next_due()) == first

    setup.clock.move(hours=1)
    await on_time(setup)
    assert await setup.read(lambda r: r.counts.next_due()) == first + HOUR


async def test_what_is_held_back_holds_back_nothing_else_and_then_takes_its_turn(setup: Setup) -> None:
    await hold(setup, 1, HOUR)
    await sayings.say(setup, 2)
    await on_time(setup)
    assert said(setup) == [2]

    setup.clock.move(hours=1)
    await tick(setup.deps)
    await sayings.say(setup, 3)
    await dispatch(setup.deps)
    assert said(setup) == [2, 1, 3]


async def test_what_is_held_back_is_written_once_and_says_what_is_current_by_itself(setup: Setup) -> None:
    for _ in range(2):
        await hold(setup, 1, HOUR)
    await sayings.update(setup, 1, 2)

    assert [(row.state, row.due_at) for row in await rows(setup)] == [("held", setup.clock.now() + HOUR)]


async def test_a_moment_that_has_passed_holds_back_nothing(setup: Setup) -> None:
    await hold(setup, 1, -HOUR)
    await dispatch(setup.deps)

    assert said(setup) == [1]


async def test_in_a_copy_that_is_put_back_only_what_was_released_meanwhile_is_looked_for(
    setup: Setup,
) -> None:
    await hold(setup, 1, HOUR)
    await hold(setup, 2, 3 * HOUR)
    setup.clock.move(hours=2)

    assert await setup.deps.db.write(SYSTEM, note_restored) == 1
    assert [row.state for row in await rows(setup)] == ["unknown", "held"]
