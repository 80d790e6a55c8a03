"""A message that may have arrived is looked for twice, with half a minute between, before it is sent again."""

from datetime import datetime, timedelta

import pytest

from bot.domain.outgoing import OutgoingState
from bot.ports import Address, Delivery, Outcome
from bot.usecases.dispatch import dispatch
from bot.usecases.goals import SetGoal, set_goal
from bot.usecases.reap import reap
from tests.usecases.conftest import Stage

LOST = Delivery(Outcome.UNKNOWN, "DUTOM", error="TimeoutError()")
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
async def lost(stage: Stage) -> datetime:
    """A goal's card to Tom that Slack never answered for; returns when it was tried."""
    me = stage.mentee
    stage.messenger.answers = [LOST]
    await set_goal(stage.deps, stage.viewer(me), me.id, SetGoal("lead by asking"), key="goal")
    await dispatch(stage.deps)
    return stage.clock.real_now()


async def look_ups(stage: Stage, how_long: timedelta) -> list[datetime]:
    """When it was looked for, while the jobs run every second."""
    times: list[datetime] = []
    end = stage.clock.real_now() + how_long
    while stage.clock.real_now() < end:
        before = len(stage.messenger.looked_for)
        await reap(stage.deps)
        await dispatch(stage.deps)
        times += [stage.clock.real_now()] * (len(stage.messenger.looked_for) - before)
        stage.clock.move(seconds=1)
    return times


async def test_there_is_half_a_minute_before_each_look(stage: Stage, lost: datetime) -> None:
    first, second = await look_ups(stage, timedelta(minutes=3))

    assert first - lost >= HALF_A_MINUTE
    assert second - first >= HALF_A_MINUTE
    assert [post.to for post in stage.messenger.posts].count("UTOM") == 1


async def test_what_is_found_is_not_looked_for_again(stage: Stage, lost: datetime) -> None:
    (row,) = await stage.read(lambda r: r.outgoing.find(state=OutgoingState.UNKNOWN))
    await stage.messenger.post(Address("UTOM", "DUTOM", "en-US", "UTC"), "the card", row.nonce)

    assert len(await look_ups(stage, timedelta(minutes=3))) == 1
    assert (await stage.read(lambda r: r.outgoing.get(row.id))).state is OutgoingState.SENT
    assert [post.to for post in stage.messenger.posts].count("UTOM") == 1


async def test_an_update_without_an_answer_is_made_again_after_some_seconds(stage: Stage) -> None:
    me = stage.mentee
    goal = await set_goal(stage.deps, stage.viewer(me), me.id, SetGoal("lead by asking"), key="goal")
    await dispatch(stage.deps)
    await set_goal(stage.deps, stage.viewer(me), me.id, SetGoal("ask first", goal_id=goal), key="change")
    stage.messenger.answers = [LOST, LOST]

    await dispatch(stage.deps)
    assert await stage.read(lambda r: r.outgoing.count(state=OutgoingState.PLANNED)) == 2
    await dispatch(stage.deps)
    assert await stage.read(lambda r: r.outgoing.count(state=OutgoingState.PLANNED)) == 2

    stage.clock.move(seconds=10)
    await dispatch(stage.deps)
    assert await stage.read(lambda r: r.outgoing.count(state=OutgoingState.PLANNED)) == 0
